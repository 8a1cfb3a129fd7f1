using TorchSharp;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Native;

public class TorchScriptTests
{
    private const string Script = """
        def line(x: Tensor, a: float, b: float) -> Tensor:
            return x * a + b

        """;

    [Fact]
    public async Task Numbers_reach_the_script_whatever_the_garbage_collector_does()
    {
        TorchRuntime.EnsureLoaded();
        using jit.CompilationUnit unit = jit.compile(Script);
        using var over = new CancellationTokenSource();
        Task collecting = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        try
        {
            for (int i = 0; i < 3000; i++)
            {
                using DisposeScope scope = NewDisposeScope();
                Assert.Equal((2 * (i + 0.5)) + 0.25, unit.Call("line", tensor(2.0), i + 0.5, 0.25).item<double>());
            }
        }
        finally
        {
            await over.CancelAsync();
            await collecting;
        }
    }
}
