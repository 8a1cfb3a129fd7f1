using Vae.Dsl;

namespace Vae.Artifacts.Formats;

/// <summary>An array as a safetensors file stores it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in the format's words: <c>F64</c>, <c>F32</c>, <c>U8</c> …</param>
/// <param name="Shape">All axes.</param>
/// <param name="Bytes">The numbers, little-endian, in C order.</param>
internal sealed record SafetensorsArray(string Name, string Type, Shape Shape, ReadOnlyMemory<byte> Bytes);
