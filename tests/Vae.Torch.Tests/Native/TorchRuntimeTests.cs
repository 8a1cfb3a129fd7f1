using System.Security.Cryptography;
using TorchSharp;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Native;

public class TorchRuntimeTests
{
    [Fact]
    public void Loading_tells_what_was_loaded_and_is_idempotent()
    {
        TorchRuntimeInfo first = TorchRuntime.EnsureLoaded();
        TorchRuntimeInfo second = TorchRuntime.EnsureLoaded();

        Assert.Equal(first.Files, second.Files);
        Assert.All(first.Files, file => Assert.True(File.Exists(file), file));
        Assert.Equal("2.10.0", first.LibTorchVersion);
        Assert.Equal("0.107.0", first.TorchSharpVersion);
        Assert.True(first.Threads >= 1);
        Assert.False(first.CudaAvailable && first.CudaDevices.Count == 0);
    }

    [Fact]
    public void A_convolution_its_backward_pass_and_a_fused_Adam_step_run()
    {
        TorchRuntime.EnsureLoaded(new() { Threads = 1 });
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var convolution = nn.Conv2d(1, 4, 3, stride: 2, padding: 1);
        Tensor[] parameters = [.. convolution.parameters()];
        Tensor[] before = [.. parameters.Select(parameter => parameter.detach().clone())];
        Tensor loss = convolution.call(rand(2, 1, 8, 8)).square().mean();
        loss.backward();
        Tensor[] gradients = [.. parameters.Select(parameter => parameter.grad!)];
        Tensor[] first = [.. parameters.Select(parameter => zeros_like(parameter))];
        Tensor[] second = [.. parameters.Select(parameter => zeros_like(parameter))];
        Tensor[] steps = [.. parameters.Select(_ => zeros([]))];
        const string Script = """
            def step(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor], lr: float):
                none: List[Tensor] = []
                torch._foreach_add_(t, 1)
                torch._fused_adam_(p, g, m, v, none, t, lr=lr, beta1=0.9, beta2=0.999, weight_decay=0.0, eps=1e-8, amsgrad=False, maximize=False)
                return p[0]

            """;
        using (no_grad())
        {
            using var compiled = jit.compile(Script);
            _ = compiled.invoke("step", parameters, gradients, first, second, steps, 0.01);
        }

        // Adam's first step moves each parameter by the learning rate, against the sign of its gradient.
        for (int i = 0; i < parameters.Length; i++)
        {
            Tensor moved = (parameters[i].detach() - before[i]) / -0.01 * gradients[i].sign();
            Assert.InRange(moved.min().item<float>(), 0.99f, 1.01f);
        }
    }

    [Fact]
    public void The_thread_count_is_applied()
    {
        Assert.Equal(1, TorchRuntime.EnsureLoaded(new() { Threads = 1 }).Threads);
        Assert.Equal(2, TorchRuntime.EnsureLoaded(new() { Threads = 2 }).Threads);
        Assert.Equal(1, TorchRuntime.EnsureLoaded(new() { Threads = 0 }).Threads);
    }

    [Fact]
    public void Flushing_denormals_is_switched_on_and_off_on_the_calling_thread()
    {
        TorchRuntime.EnsureLoaded(new() { Threads = 1 });
        if (!TorchRuntime.SetFlushDenormal(true))
            return;

        Assert.Equal(0f, HalfOfTheSmallestNormal());
        TorchRuntime.SetFlushDenormal(false);
        Assert.True(HalfOfTheSmallestNormal() > 0f);
    }

    [Fact]
    public void The_package_cache_is_left_as_it_was()
    {
        TorchRuntimeInfo info = TorchRuntime.EnsureLoaded();
        string original = Path.Combine(
            NativeSearchPlaces.Current(new(), NativePlatform.Current.Rid).PackageCaches.First(Directory.Exists),
            "torchsharp",
            info.TorchSharpVersion,
            "runtimes",
            NativePlatform.Current.Rid,
            "native",
            NativePlatform.Current.TorchSharp);
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(original)));

        if (info.Patched)
            Assert.Equal(hash, Path.GetFileName(Path.GetDirectoryName(info.Files[^1])));
        else
            Assert.Equal(original, info.Files[^1]);
    }

    private static float HalfOfTheSmallestNormal()
    {
        using Tensor smallest = full([64], 1.17549435e-38f);
        using Tensor half = smallest.mul(0.5f);
        return half[0].item<float>();
    }
}
