using Vae.Dsl.Diagnostics;
using Vae.Torch.Native;

namespace Vae.Torch.Tests.Native;

/// <summary>
/// The entry point of this assembly, for tests that need a process in which nothing is loaded yet. Prints one line a fact.
/// </summary>
internal static class Probe
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["load"]:
                return Tell(TorchRuntime.Inspect());
            case ["retry", var wrongFolder]:
                Tell(TorchRuntime.Inspect(new() { LibTorchFolder = wrongFolder }));
                return Tell(TorchRuntime.Inspect());
            case ["threads", var count]:
                return LoadFromThreads(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
            case ["environment", var name, var value]:
                TorchRuntime.EnsureLoaded(new() { TuneAllocator = true, NativeEnvironment = new Dictionary<string, string> { [name] = value } });
                Console.WriteLine($"mapped={File.ReadAllText("/proc/self/maps").Contains("libtorch_cpu", StringComparison.Ordinal)}");
                Console.WriteLine($"sum={Sum()}");
                return 0;
            default:
                return 64;
        }
    }

    private static int LoadFromThreads(int count)
    {
        TorchInspection[] answers = new TorchInspection[count];
        using Barrier start = new(count);
        Thread[] threads =
        [
            .. Enumerable.Range(0, count).Select(index => new Thread(() =>
            {
                start.SignalAndWait();
                answers[index] = TorchRuntime.Inspect();
            })),
        ];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Console.WriteLine($"loaded={answers.Count(answer => answer.Info is not null)}");
        return 0;
    }

    private static int Tell(TorchInspection answer)
    {
        foreach (Diagnostic diagnostic in answer.Diagnostics)
            Console.WriteLine(diagnostic);
        if (answer.Info is not { } info)
            return 1;
        Console.WriteLine($"origin={info.Origin}");
        Console.WriteLine($"folder={info.LibTorchFolder}");
        Console.WriteLine($"patched={info.Patched}");
        Console.WriteLine($"torchsharp={info.Files[^1]}");
        Console.WriteLine($"sum={Sum()}");
        return 0;
    }

    private static double Sum()
    {
        using var ones = TorchSharp.torch.ones(3, 4);
        using var sum = ones.sum();
        return sum.item<float>();
    }
}
