namespace Vae.Dsl;

/// <summary>A line of the architecture.</summary>
/// <param name="Name">A part (<c>encoder</c>) or a layer by the prefix of its arrays (<c>encoder.0</c>).</param>
/// <param name="Depth">0 for a part, 1 for its layers, more for layers inside of layers.</param>
/// <param name="Kind">The layer's kind; empty for a part that is only a heading.</param>
/// <param name="Output">The shape that comes out, or what else is to be said.</param>
/// <param name="Parameters">How many numbers of it the optimizer changes; <c>null</c> where the question has no sense.</param>
public sealed record ArchitectureRow(string Name, int Depth, string Kind, string Output, long? Parameters);
