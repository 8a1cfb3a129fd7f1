namespace Vae.Dsl.Results;

/// <summary>A training after a whole epoch, as plain arrays: all that it needs to go on as if it had never stopped.</summary>
public sealed record Checkpoint
{
    /// <summary>How many epochs are done.</summary>
    public required int Epoch { get; init; }

    /// <summary>What the training depends on, by name: the resolved spec, the data's digests, device, threads, versions. It goes on with the same only.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>Weights, buffers and what optimizer, running mean and early stopping keep beside them, as far as these are 32-bit floats.</summary>
    public required IReadOnlyList<NamedArray> Arrays { get; init; }

    /// <summary>Numbers in double precision: the curve's rows one after another, seconds, counters; and the arrays of a training in float64.</summary>
    public required IReadOnlyDictionary<string, double[]> Numbers { get; init; }

    /// <summary>The states of the random generators, and whatever else is in a form of its library's own.</summary>
    public required IReadOnlyDictionary<string, byte[]> Bytes { get; init; }
}
