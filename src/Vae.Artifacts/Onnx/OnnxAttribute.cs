using Vae.Dsl;

namespace Vae.Artifacts.Onnx;

/// <summary>An attribute of a node: a <see cref="float"/>, <see cref="long"/>, <see cref="string"/> or list of <see cref="long"/>.</summary>
internal readonly record struct OnnxAttribute(string Name, object Value)
{
    public static OnnxAttribute Sizes(string name, params long[] sizes) => new(name, sizes);

    public static OnnxAttribute Pair(string name, Pair pair) => new(name, new long[] { pair.Height, pair.Width });

    /// <summary>The same padding at both ends of both axes, in ONNX's order: top, left, bottom, right.</summary>
    public static OnnxAttribute Pads(Pair padding) =>
        new("pads", new long[] { padding.Height, padding.Width, padding.Height, padding.Width });
}
