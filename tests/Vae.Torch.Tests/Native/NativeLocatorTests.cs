using System.Runtime.InteropServices;
using Vae.Dsl.Diagnostics;
using Vae.Torch.Native;

namespace Vae.Torch.Tests.Native;

public sealed class NativeLocatorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vae-find-").FullName;
    private readonly NativePlatform linux = NativePlatform.Of(OSPlatform.Linux, Architecture.X64);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_application_comes_before_the_package_cache()
    {
        string application = Make("app", [.. linux.Core, linux.TorchSharp]);
        MakePackages("cache");

        NativeFiles files = new NativeLocator(linux, Places(applications: [application])).Find()!;

        Assert.Equal((application, "application folder", false), (files.LibTorchFolder, files.Origin, files.HasCuda));
        Assert.Equal(["libc10.so", "libtorch_cpu.so", "libtorch.so"], files.LibTorch.Select(Path.GetFileName));
    }

    [Fact]
    public void The_package_cache_gives_libtorch_and_LibTorchSharp_from_two_packages()
    {
        MakePackages("cache");

        NativeFiles files = new NativeLocator(linux, Places(applications: [Path.Combine(folder, "app")])).Find()!;

        Assert.Equal("package cache", files.Origin);
        Assert.Equal(Path.Combine(folder, "cache", "torchsharp", "0.107.0", "runtimes", "linux-x64", "native", "libLibTorchSharp.so"), files.TorchSharp);
    }

    [Fact]
    public void A_wheel_with_CUDA_is_loaded_in_the_order_of_its_dependencies()
    {
        MakePackages("cache");
        Make("site/torch/lib", [.. linux.Core, .. linux.Cuda]);

        NativeFiles files = new NativeLocator(linux, Places(named: Path.Combine(folder, "site"))).Find()!;

        Assert.Equal(
            ["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"],
            files.LibTorch.Select(Path.GetFileName));
        Assert.True(files.HasCuda);
    }

    [Fact]
    public void A_half_filled_folder_is_passed_over_and_named()
    {
        string application = Make("app", ["libc10.so"]);
        NativeLocator locator = new(linux, Places(applications: [application]));

        Assert.Null(locator.Find());
        Assert.Contains($"{application} (no libtorch_cpu.so)", locator.Tried);
    }

    [Fact]
    public void A_platform_without_packages_says_so()
    {
        NativePlatform arm = NativePlatform.Of(OSPlatform.Linux, Architecture.Arm64);
        NativeLocator locator = new(arm, Places());
        Assert.Null(locator.Find());

        VaeException failure = NativeFailure.NotFound(arm, Places(), locator.Tried);
        Assert.DoesNotContain("\\n", failure.Diagnostics[0].Message, StringComparison.Ordinal);

        Assert.Equal("VAE0001", Assert.Single(failure.Diagnostics).Code.Id);
        Assert.Contains("There is no libtorch package for linux-arm64.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Set VAE_LIBTORCH", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cache_around_TorchSharp_is_found_for_scripts_only()
    {
        string cache = Path.Combine(folder, "packages");

        Assert.Equal(cache, NativeSearchPlaces.CacheAround(Path.Combine(cache, "torchsharp", "0.107.0", "lib", "net8.0", "TorchSharp.dll")));
        Assert.Null(NativeSearchPlaces.CacheAround(Path.Combine(folder, "bin", "TorchSharp.dll")));
        Assert.Null(NativeSearchPlaces.CacheAround("TorchSharp.dll"));
    }

    [Theory]
    [InlineData("win", Architecture.X64, "win-x64", "torch_cpu.dll", true)]
    [InlineData("osx", Architecture.Arm64, "osx-arm64", "libtorch_cpu.dylib", true)]
    [InlineData("osx", Architecture.X64, "osx-x64", "libtorch_cpu.dylib", false)]
    [InlineData("linux", Architecture.X64, "linux-x64", "libtorch_cpu.so", true)]
    public void Each_platform_has_its_own_names(string system, Architecture architecture, string rid, string library, bool packages)
    {
        OSPlatform platform = system switch { "win" => OSPlatform.Windows, "osx" => OSPlatform.OSX, _ => OSPlatform.Linux };

        NativePlatform names = NativePlatform.Of(platform, architecture);

        Assert.Equal((rid, library, packages), (names.Rid, names.Core[1], names.HasPackages));
    }

    private NativeSearchPlaces Places(string? named = null, string[]? applications = null) =>
        new(named, "VAE_LIBTORCH", applications ?? [], [Path.Combine(folder, "cache")], "2.10.0", "0.107.0");

    private void MakePackages(string cache)
    {
        Make($"{cache}/libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native", linux.Core);
        Make($"{cache}/torchsharp/0.107.0/runtimes/linux-x64/native", [linux.TorchSharp]);
    }

    private string Make(string name, IEnumerable<string> files)
    {
        string made = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        foreach (string file in files)
            File.WriteAllText(Path.Combine(made, file), "");
        return made;
    }
}
