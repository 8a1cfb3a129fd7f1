namespace Vae.Artifacts.Inspection;

/// <summary>A node of a graph.</summary>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Operator">What it does, with its domain where that is not ONNX's own.</param>
/// <param name="Inputs">What it reads, in order; empty names are left out inputs.</param>
/// <param name="Outputs">What it makes, in order.</param>
public sealed record NodeSummary(string Name, string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs);
