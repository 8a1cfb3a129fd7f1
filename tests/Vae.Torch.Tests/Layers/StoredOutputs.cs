using System.Runtime.InteropServices;
using System.Text.Json;

namespace Vae.Torch.Tests.Layers;

/// <summary>
/// What PyTorch computed for every layer: <c>tests/interop/layer_outputs.safetensors</c>, written by the script beside it. Read here in a
/// few lines, so that the comparison shares no code with the readers of Vae.
/// </summary>
internal static class StoredOutputs
{
    private static readonly Lazy<(IReadOnlyList<StoredCase> Cases, IReadOnlyDictionary<string, float[]> Arrays)> File = new(Read);

    /// <summary>The cases in their order.</summary>
    public static IReadOnlyList<StoredCase> Cases => File.Value.Cases;

    /// <summary>The arrays of a case by name, in C order.</summary>
    public static IReadOnlyDictionary<string, float[]> Arrays(string key) => File.Value.Arrays
        .Where(array => array.Key.StartsWith(key + "/", StringComparison.Ordinal))
        .ToDictionary(array => array.Key[(key.Length + 1)..], array => array.Value, StringComparer.Ordinal);

    private static (IReadOnlyList<StoredCase> Cases, IReadOnlyDictionary<string, float[]> Arrays) Read()
    {
        string folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "VaeDsl.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no folder above the tests holds the solution");
        byte[] bytes = System.IO.File.ReadAllBytes(Path.Combine(folder, "tests", "interop", "layer_outputs.safetensors"));
        int length = (int)BitConverter.ToUInt64(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        List<StoredCase> cases = [];
        Dictionary<string, float[]> arrays = [];
        foreach (JsonProperty property in header.RootElement.EnumerateObject())
        {
            if (property.NameEquals("__metadata__"))
            {
                cases.AddRange(property.Value.EnumerateObject().Select(stored => JsonSerializer.Deserialize<StoredCase>(stored.Value.GetString()!, JsonSerializerOptions.Web)! with { Key = stored.Name }));
                continue;
            }

            int[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
            arrays.Add(property.Name, MemoryMarshal.Cast<byte, float>(bytes.AsSpan(8 + length + offsets[0], offsets[1] - offsets[0])).ToArray());
        }

        return (cases, arrays);
    }
}

/// <summary>A layer that PyTorch computed.</summary>
/// <param name="Key">The prefix of its arrays.</param>
/// <param name="Layer">The layer as a spec writes it.</param>
/// <param name="Input">The shape of an example.</param>
/// <param name="Output">The shape that comes out of it.</param>
/// <param name="Seed">What its weights were drawn from.</param>
/// <param name="Training">Whether it ran in training mode.</param>
internal sealed record StoredCase(string Key, string Layer, int[] Input, int[] Output, int Seed, bool Training);
