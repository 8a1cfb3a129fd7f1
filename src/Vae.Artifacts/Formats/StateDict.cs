using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Formats;

/// <summary>The names and shapes that a spec's arrays have, which are PyTorch's for the same modules.</summary>
public static class StateDict
{
    /// <summary>Every array that a trained spec has, in PyTorch's order: encoder, <c>latent.mu</c>, <c>latent.logvar</c>, decoder, <c>condition</c>, <c>loss</c>.</summary>
    public static IEnumerable<NamedShape> Of(Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Shape features = spec.Encoder.Output;
        return
        [
            .. Of(spec.Encoder, "encoder"),
            new("latent.mu.weight", [spec.Latent.Dim, features[^1]]),
            new("latent.mu.bias", [spec.Latent.Dim]),
            new("latent.logvar.weight", [spec.Latent.Dim, features[^1]]),
            new("latent.logvar.bias", [spec.Latent.Dim]),
            .. Of(spec.Decoder, "decoder"),
            .. spec.Condition?.Weights.Select(weight => new NamedShape("condition." + weight.Name, weight.Shape)) ?? [],
            .. spec.Loss.Weights.Select(weight => new NamedShape("loss." + weight.Name, weight.Shape)),
        ];
    }

    /// <summary>The weights by name, once they are known to be the spec's.</summary>
    /// <exception cref="VaeException">VAE5102: an array is missing, has another shape, or belongs to no layer.</exception>
    public static IReadOnlyDictionary<string, NamedArray> Check(Spec spec, IReadOnlyList<NamedArray> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var given = new Dictionary<string, NamedArray>(StringComparer.Ordinal);
        foreach (NamedArray array in weights)
        {
            if (!given.TryAdd(array.Name, array))
                throw Mismatch(spec, $"there are two arrays named '{array.Name}'");
        }

        int expected = 0;
        foreach ((string name, Shape shape) in Of(spec))
        {
            expected++;
            if (!given.TryGetValue(name, out NamedArray? array))
                throw Mismatch(spec, $"'{name}' {shape} is missing");
            if (array.Shape != shape || array.Values.Length != shape.Size)
                throw Mismatch(spec, $"'{name}' is {array.Shape} with {array.Values.Length} numbers, and the spec needs {shape}");
        }

        if (given.Count > expected)
            throw Mismatch(spec, $"'{given.Keys.Except(Of(spec).Select(pair => pair.Name)).First()}' belongs to no layer");
        return given;
    }

    private static IEnumerable<NamedShape> Of(Network network, string part)
    {
        for (int i = 0; i < network.Layers.Count; i++)
        {
            foreach (WeightDefinition weight in network.Layers[i].Weights)
                yield return new($"{part}.{network.Key(i)}.{weight.Name}", weight.Shape);
        }
    }

    private static VaeException Mismatch(Spec spec, string why) =>
        new(DiagnosticTable.Snapshots.WeightsMismatch.At(null, $"the weights do not belong to the spec '{spec.Name}': {why}"));
}
