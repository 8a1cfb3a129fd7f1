namespace Vae.Artifacts.Inspection;

/// <summary>An input or an output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements: <c>float32</c>.</param>
/// <param name="Shape">Its axes: numbers, names of those that are free (<c>batch</c>), or <c>?</c>; <c>null</c> where the file does not say.</param>
public sealed record ValueSummary(string Name, string Type, IReadOnlyList<string>? Shape);
