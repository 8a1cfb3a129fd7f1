namespace Vae.Artifacts.Inspection;

/// <summary>An array of a model's file, and what its numbers are like.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in the file's own words: <c>F32</c> in safetensors, <c>float32</c> in ONNX.</param>
/// <param name="Shape">All axes.</param>
public sealed record ArraySummary(string Name, string Type, IReadOnlyList<long> Shape)
{
    /// <summary>How many numbers it has.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>What its numbers are like; <c>null</c> where it has none, or where they lie in another file.</summary>
    public NumberSummary? Numbers { get; init; }
}
