using System.Diagnostics;
using System.Security.Cryptography;
using Vae.Torch.Native;

namespace Vae.Torch.Tests.Native;

/// <summary>What only a process without libtorch can show.</summary>
public sealed class FreshProcessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vae-native-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Two_processes_at_once_on_a_cold_cache_both_succeed()
    {
        Answer[] answers = await Task.WhenAll(Run(["load"]), Run(["load"]));

        Assert.All(answers, answer => Assert.Equal((0, ""), (answer.ExitCode, answer.Errors)));
        Assert.All(answers, answer => Assert.Contains("sum=12", answer.Lines));
        if (answers[0].Lines.Contains("patched=True"))
        {
            string copy = Assert.Single(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
            Assert.Contains("torchsharp=" + copy, answers[1].Lines);
        }
    }

    [Fact]
    public async Task A_damaged_copy_in_the_cache_is_written_anew()
    {
        Answer first = await Run(["load"]);
        if (!first.Lines.Contains("patched=True"))
            return;
        string copy = Assert.Single(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        byte[] whole = await File.ReadAllBytesAsync(copy);
        await File.WriteAllBytesAsync(copy, whole[..1000]);

        Answer second = await Run(["load"]);

        Assert.Equal(0, second.ExitCode);
        Assert.Equal(SHA256.HashData(whole), SHA256.HashData(await File.ReadAllBytesAsync(copy)));
    }

    [Fact]
    public async Task Many_threads_at_once_load_it_once()
    {
        Assert.Equal(["loaded=8"], (await Run(["threads", "8"])).Lines);
    }

    [Fact]
    public async Task A_folder_named_by_the_user_comes_first()
    {
        string libTorch = Path.GetDirectoryName(TorchRuntime.EnsureLoaded().Files[0])!;
        string links = Directory.CreateDirectory(Path.Combine(folder, "wheel", "torch", "lib")).FullName;
        foreach (string file in Directory.GetFiles(libTorch))
            File.CreateSymbolicLink(Path.Combine(links, Path.GetFileName(file)), file);

        Answer answer = await Run(["load"], ("VAE_LIBTORCH", Path.Combine(folder, "wheel")));

        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("origin=VAE_LIBTORCH", answer.Lines);
        Assert.Contains("folder=" + links, answer.Lines);
        Assert.Contains("sum=12", answer.Lines);
    }

    [Fact]
    public async Task A_named_folder_without_libtorch_is_VAE0001_and_never_passed_over()
    {
        Answer answer = await Run(["load"], ("VAE_LIBTORCH", Path.Combine(folder, "nothing-here")));

        Assert.Equal(1, answer.ExitCode);
        string text = string.Join('\n', answer.Lines);
        Assert.StartsWith("error VAE0001: VAE_LIBTORCH names", text, StringComparison.Ordinal);
        Assert.Contains($"Tried: {Path.Combine(folder, "nothing-here")} (no such folder); ", text, StringComparison.Ordinal);
        Assert.Contains("Point VAE_LIBTORCH at", text, StringComparison.Ordinal);
        Assert.Equal("", answer.Errors);
    }

    [Fact]
    public async Task A_file_that_is_no_library_is_VAE0001_with_the_loaders_own_text()
    {
        foreach (string file in NativePlatform.Current.Core)
            await File.WriteAllTextAsync(Path.Combine(folder, file), "not a library");

        Answer answer = await Run(["load"], ("VAE_LIBTORCH", folder));

        Assert.Equal(1, answer.ExitCode);
        string text = string.Join('\n', answer.Lines);
        Assert.Contains($"'{Path.Combine(folder, NativePlatform.Current.Core[0])}' could not be loaded. The loader says:", text, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.Contains("file too short", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_package_cache_is_VAE0001_with_every_place_tried()
    {
        Answer answer = await Run(["load"], ("NUGET_PACKAGES", Path.Combine(folder, "packages")), ("HOME", folder), ("USERPROFILE", folder));

        Assert.Equal(1, answer.ExitCode);
        string text = string.Join('\n', answer.Lines);
        Assert.Contains("libtorch 2.10.0 was not found", text, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder, "packages", "libtorch-cpu-"), text, StringComparison.Ordinal);
        Assert.Contains("; " + Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "cpu")), "TorchSharp copied its native files");
    }

    [Fact]
    public async Task After_a_failure_the_same_process_may_try_again()
    {
        Answer answer = await Run(["retry", Path.Combine(folder, "nothing-here")]);

        Assert.Equal(0, answer.ExitCode);
        Assert.StartsWith("error VAE0001", answer.Lines[0], StringComparison.Ordinal);
        Assert.Contains("sum=12", answer.Lines);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_VAE0001_and_says_what_to_set()
    {
        // A file where the folder should be fails for every user, root included.
        string file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");
        Answer answer = await Run(["load"], ("XDG_CACHE_HOME", file));
        if (answer.Lines.Contains("patched=False"))
            return;

        Assert.Equal(1, answer.ExitCode);
        string text = string.Join('\n', answer.Lines);
        Assert.Contains("GLIBCXX_3.4.32", text, StringComparison.Ordinal);
        Assert.Contains("Set XDG_CACHE_HOME to a folder that can be written", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_and_the_allocator_are_set_before_the_libraries_are_loaded()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // libgomp prints its settings when it is loaded, and only where the C library's environment tells it to.
        Answer answer = await Run(["environment", "OMP_DISPLAY_ENV", "TRUE"]);

        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("sum=12", answer.Lines);
        Assert.Contains("OPENMP DISPLAY ENVIRONMENT BEGIN", answer.Errors, StringComparison.Ordinal);
    }

    private async Task<Answer> Run(string[] arguments, params (string Name, string Value)[] variables)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        ProcessStartInfo start = new(host, ["exec", typeof(Probe).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("VAE_LIBTORCH");
        start.Environment["XDG_CACHE_HOME"] = folder;
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), await errors);
    }

    private sealed record Answer(int ExitCode, string[] Lines, string Errors);
}
