using Vae.Dsl.Results;

namespace Vae.Artifacts.Formats;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Arrays">The arrays in the order of their bytes, as 32-bit floats whatever they are stored as.</param>
/// <param name="Metadata">The strings under <c>__metadata__</c>; empty where there are none.</param>
public sealed record SafetensorsFile(IReadOnlyList<NamedArray> Arrays, IReadOnlyDictionary<string, string> Metadata);
