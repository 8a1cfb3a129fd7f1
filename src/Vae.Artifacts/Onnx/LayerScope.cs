using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Onnx;

/// <summary>What a layer's emitter sees: its place in the spec, its arrays, and the graph, in which all its names start with <paramref name="prefix"/>.</summary>
/// <param name="graph">The graph under construction.</param>
/// <param name="layer">The layer with its shapes.</param>
/// <param name="prefix">Its name in the state dict: <c>encoder.0</c>.</param>
/// <param name="weights">The state dict.</param>
/// <param name="label">The value [batch, size] that labels are; <c>null</c> where no layer of the network joins them.</param>
internal sealed class LayerScope(OnnxGraph graph, Layer layer, string prefix, IReadOnlyDictionary<string, NamedArray> weights, string? label)
{
    private int nodes;
    private int constants;

    /// <summary>The layer with its shapes.</summary>
    public Layer Layer => layer;

    /// <summary>The layer's arguments.</summary>
    public Arguments Arguments => layer.Arguments;

    /// <summary>The scope of a layer inside this one.</summary>
    /// <param name="inner">The layer.</param>
    /// <param name="key">Its name within this layer's: <c>layers.0</c>.</param>
    public LayerScope Inside(Layer inner, string key) => new(graph, inner, $"{prefix}.{key}", weights, label);

    /// <summary>The name of the value [batch, size] that labels are, for a layer that joins them.</summary>
    public string Label => label ?? throw new InvalidOperationException($"'{prefix}' joins the label, and the graph has none");

    /// <summary>Adds a node and returns the name of what comes out.</summary>
    public string Node(string op, IReadOnlyList<string> inputs, params OnnxAttribute[] attributes) => Node(op, inputs, 0, attributes);

    /// <summary>Adds a node of whose outputs only the one at <paramref name="place"/> is used, and returns its name.</summary>
    public string Node(string op, IReadOnlyList<string> inputs, int place, params OnnxAttribute[] attributes)
    {
        string name = $"{prefix}/{op}{(nodes == 0 ? "" : $"_{nodes}")}";
        nodes++;
        return graph.Node(op, inputs, name, place, name + "_out", attributes);
    }

    /// <summary>The same value with its axes in another order; the batch is axis 0.</summary>
    public string Transpose(string input, params long[] order) => Node("Transpose", [input], new OnnxAttribute("perm", order));

    /// <summary>One of the layer's arrays as an initializer of the same name.</summary>
    public string Weight(string name)
    {
        NamedArray array = Array(name);
        return graph.Floats(array.Name, array.Shape, array.Values);
    }

    /// <summary>One of the layer's arrays as an initializer in another shape.</summary>
    public string Weight(string name, Shape shape)
    {
        NamedArray array = Array(name);
        return graph.Floats(array.Name, shape, array.Values);
    }

    /// <summary>One of the layer's arrays, or one number in all places where the layer has no such array.</summary>
    public string WeightOr(string name, float value, Shape shape) =>
        layer.Weights.Any(weight => weight.Name == name) ? Weight(name) : Filled(value, shape);

    /// <summary>One of the layer's arrays as it is in the state dict.</summary>
    public NamedArray Array(string name) => weights[$"{prefix}.{name}"];

    /// <summary>A number as an initializer without axes.</summary>
    public string Scalar(float value) => graph.Floats(ConstantName(), [], [value]);

    /// <summary>Numbers as an initializer.</summary>
    public string Floats(Shape shape, float[] values) => graph.Floats(ConstantName(), shape, values);

    /// <summary>Whole numbers as an initializer: a shape.</summary>
    public string Integers(params long[] values) => graph.Integers(ConstantName(), values);

    /// <summary>The target of a Reshape to one example's <paramref name="shape"/>; the 0 keeps the batch axis.</summary>
    public string BatchOf(IEnumerable<int> shape) => Integers([0, .. shape]);

    /// <summary>One number in all places of an initializer.</summary>
    public string Filled(float value, Shape shape)
    {
        var values = new float[shape.Size];
        System.Array.Fill(values, value);
        return Floats(shape, values);
    }

    private string ConstantName() => $"{prefix}/constant_{constants++}";
}
