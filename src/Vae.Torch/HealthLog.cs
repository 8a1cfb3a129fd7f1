using TorchSharp;
using TorchSharp.Modules;
using Vae.Dsl.Results;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The gradient's norm and the range of the log-variance in some steps of an epoch. They are computed on the device and read at the epoch's
/// end, all at once; nothing is drawn, and no number of the training changes.
/// </summary>
internal sealed class HealthLog : IDisposable
{
    // So few steps of an epoch cost nothing that can be measured, and show what an epoch was like.
    private const int MostLooks = 16;

    private const string Script = """
        def look(g: List[Tensor], logvar: Tensor) -> Tensor:
            norm = torch.norm(torch.stack(torch._foreach_norm(g, 2)))
            return torch.stack([norm, torch.min(logvar), torch.max(logvar)])

        """;

    private static readonly Lazy<jit.CompilationUnit> Compiled = new(() => jit.compile(Script));

    private readonly Tensor values;
    private readonly Tensor[] rows;
    private int count;

    /// <summary>Creates a log.</summary>
    /// <param name="type">What the gradients are.</param>
    /// <param name="device">Where they are.</param>
    public HealthLog(ScalarType type, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        values = zeros([MostLooks, 3], type, device).DetachFromDisposeScope();
        rows = [.. Enumerable.Range(0, MostLooks).Select(row => values[row].DetachFromDisposeScope())];
    }

    /// <summary>Whether a step is one of those that are looked at: the last one, and others before it with equal distances.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="steps">The epoch's steps.</param>
    public static bool IsDue(int step, int steps)
    {
        int looks = Math.Min(steps, MostLooks);
        return (long)step * looks / steps != (step + 1L) * looks / steps;
    }

    /// <summary>Looks at a step between its gradient and what is made of it.</summary>
    /// <param name="parameters">All parameters; each has a gradient.</param>
    /// <param name="logVariance">log σ² of the batch's codes, <c>[n, z]</c>.</param>
    public void Look(IReadOnlyList<Parameter> parameters, Tensor logVariance)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor[] gradients = [.. parameters.Select(parameter => parameter.grad!)];
        rows[count++].copy_(Compiled.Value.Call("look", gradients, logVariance.detach()));
    }

    /// <summary>Reads what was seen since the last reading.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="rate">Its last learning rate.</param>
    public EpochHealth Read(int epoch, double rate)
    {
        double[] numbers = TensorArrays.ToDoubles(values);
        double[][] seen = [.. numbers.Chunk(3).Take(count)];
        count = 0;
        return new EpochHealth(
            epoch, seen.Average(row => row[0]), seen.Max(row => row[0]), rate, seen.Min(row => row[1]), seen.Max(row => row[2]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor row in rows)
            row.Dispose();
        values.Dispose();
    }
}
