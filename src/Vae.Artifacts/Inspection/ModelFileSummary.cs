namespace Vae.Artifacts.Inspection;

/// <summary>What is in a file of a model.</summary>
/// <param name="Format"><c>safetensors</c> or <c>ONNX</c>.</param>
/// <param name="Bytes">Its length.</param>
public sealed record ModelFileSummary(string Format, long Bytes)
{
    /// <summary>What the format itself says, in its order: of ONNX <c>ir</c>, <c>opset</c>, <c>producer</c>, <c>graph</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; } = [];

    /// <summary>What whoever wrote it says of it, ordered by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>Its arrays, in the file's order.</summary>
    public IReadOnlyList<ArraySummary> Arrays { get; init; } = [];

    /// <summary>The inputs of its graph, of which arrays of the file are none.</summary>
    public IReadOnlyList<ValueSummary> Inputs { get; init; } = [];

    /// <summary>The outputs of its graph.</summary>
    public IReadOnlyList<ValueSummary> Outputs { get; init; } = [];

    /// <summary>The nodes of its graph, in the file's order.</summary>
    public IReadOnlyList<NodeSummary> Nodes { get; init; } = [];
}
