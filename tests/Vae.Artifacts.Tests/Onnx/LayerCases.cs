using Vae.Dsl;

namespace Vae.Artifacts.Tests.Onnx;

/// <summary>Every layer of the catalogue in the forms that its arguments give it, for the exports to be compared with <see cref="ReferenceForward"/>.</summary>
internal static class LayerCases
{
    public static readonly (string Kind, Shape Input, (string, object)[] Arguments)[] All =
    [
        ("linear", [5], [("out", 3)]),
        ("linear", [5], [("out", 3), ("bias", false)]),
        ("linear", [4, 5], [("out", 3)]),
        ("linear", [4, 5], [("out", 3), ("bias", false)]),
        ("concat", [5], [("with", "label"), ("size", 4)]),
        ("concat", [3, 5], [("with", "label"), ("size", 4), ("channels-last", true)]),
        ("concat", [3, 5], [("with", "label"), ("size", 4), ("channels-last", false)]),
        ("concat", [2, 3, 5], [("with", "label"), ("size", 4)]),
        ("conv2d", [2, 6, 5], [("out", 3), ("kernel", new Shape(3, 3))]),
        ("conv2d", [4, 7, 6], [("out", 6), ("kernel", new Shape(3, 2)), ("stride", new Shape(2, 1)), ("padding", new Shape(1, 2)), ("groups", 2), ("bias", false)]),
        ("conv2d", [2, 8, 9], [("out", 2), ("kernel", new Shape(3, 2)), ("dilation", new Shape(2, 3))]),
        ("conv-transpose2d", [3, 4, 4], [("out", 2), ("kernel", new Shape(4, 4)), ("stride", new Shape(2, 2)), ("padding", new Shape(1, 1))]),
        ("conv-transpose2d", [4, 3, 4], [("out", 6), ("kernel", new Shape(3, 2)), ("stride", new Shape(2, 3)), ("output-padding", new Shape(1, 2)), ("groups", 2), ("bias", false)]),
        ("conv-transpose2d", [2, 3, 4], [("out", 3), ("kernel", new Shape(2, 3)), ("dilation", new Shape(2, 1)), ("padding", new Shape(0, 1))]),
        ("conv1d", [2, 9], [("out", 3), ("kernel", 3)]),
        ("conv1d", [4, 9], [("out", 6), ("kernel", 3), ("stride", 2), ("padding", 2), ("dilation", 2), ("groups", 2), ("bias", false)]),
        ("conv1d", [9, 4], [("out", 6), ("kernel", 2), ("groups", 2), ("channels-last", true)]),
        ("conv-transpose1d", [3, 5], [("out", 2), ("kernel", 4), ("stride", 2), ("padding", 1)]),
        ("conv-transpose1d", [4, 5], [("out", 6), ("kernel", 3), ("stride", 3), ("output-padding", 2), ("dilation", 2), ("groups", 2), ("bias", false)]),
        ("conv-transpose1d", [5, 4], [("out", 6), ("kernel", 3), ("stride", 2), ("channels-last", true)]),
        ("gru", [6, 3], [("hidden", 5)]),
        ("gru", [6, 3], [("hidden", 5), ("return", "last")]),
        ("gru", [6, 3], [("hidden", 2), ("layers", 3), ("bidirectional", true)]),
        ("gru", [6, 3], [("hidden", 4), ("layers", 2), ("bidirectional", true), ("bias", false), ("dropout", 0.5), ("return", "last")]),
        ("lstm", [6, 3], [("hidden", 5)]),
        ("lstm", [6, 3], [("hidden", 5), ("return", "last")]),
        ("lstm", [6, 3], [("hidden", 2), ("layers", 3), ("bidirectional", true)]),
        ("lstm", [6, 3], [("hidden", 4), ("layers", 2), ("bidirectional", true), ("bias", false), ("dropout", 0.5), ("return", "last")]),
        ("repeat", [5], [("steps", 4)]),
        ("residual", [5], [("layers", Inside([5], s => Tests.Specs.Layer("linear", s, ("out", 5)), s => Tests.Specs.Layer("tanh", s) with { Name = "end" }))]),
        ("residual", [5], [("project", true), ("layers", Inside([5], s => Tests.Specs.Layer("linear", s, ("out", 3))))]),
        ("residual", [6, 3], [("project", true), ("layers", Inside([6, 3], s => Tests.Specs.Layer("gru", s, ("hidden", 4))))]),
        ("residual", [3, 9], [("project", true), ("layers", Inside([3, 9], s => Tests.Specs.Layer("conv1d", s, ("out", 4), ("kernel", 3), ("stride", 2), ("padding", 1))))]),
        ("residual", [9, 3], [("project", true), ("layers", Inside([9, 3], s => Tests.Specs.Layer("conv1d", s, ("out", 4), ("kernel", 3), ("stride", 2), ("padding", 1), ("channels-last", true))))]),
        ("residual", [2, 7, 6],
        [
            ("project", true),
            ("layers", Inside(
                [2, 7, 6],
                s => Tests.Specs.Layer("conv2d", s, ("out", 3), ("kernel", new Shape(3, 3)), ("stride", new Shape(2, 3)), ("padding", new Shape(1, 1))),
                s => Tests.Specs.Layer("residual", s, ("layers", Inside(s, inner => Tests.Specs.Layer("batchnorm", inner)))))),
        ]),
        ("embedding", [5], [("num", 4), ("dim", 3)]),
        ("batchnorm", [3, 5], []),
        ("batchnorm", [5, 3], [("channels-last", true)]),
        ("groupnorm", [4, 5], [("groups", 2)]),
        ("groupnorm", [5, 4], [("groups", 2), ("channels-last", true)]),
        ("batchnorm", [5], []),
        ("batchnorm", [3, 4, 2], [("eps", 0.1)]),
        ("batchnorm", [3, 4, 2], [("affine", false)]),
        ("layernorm", [6], []),
        ("layernorm", [3, 4, 2], [("eps", 0.1)]),
        ("layernorm", [4, 5], [("affine", false)]),
        ("groupnorm", [6], [("groups", 2)]),
        ("groupnorm", [6, 3, 2], [("groups", 3), ("eps", 0.1)]),
        ("groupnorm", [4, 3, 2], [("groups", 4), ("affine", false)]),
        ("dropout", [6], [("p", 0.9)]),
        ("flatten", [3, 4, 2], []),
        ("flatten", [6], []),
        ("reshape", [24], [("shape", new Shape(2, 3, 4))]),
        ("reshape", [2, 3, 4], [("shape", new Shape(4, 6))]),
        ("upsample", [2, 3, 4], [("scale", 2)]),
        ("upsample", [1, 2, 3], [("scale", 3)]),
        ("avgpool2d", [2, 6, 6], [("kernel", new Shape(2, 2))]),
        ("avgpool2d", [2, 7, 6], [("kernel", new Shape(3, 2)), ("stride", new Shape(2, 1)), ("padding", new Shape(1, 1))]),
        ("maxpool2d", [2, 6, 6], [("kernel", new Shape(2, 2))]),
        ("maxpool2d", [2, 7, 6], [("kernel", new Shape(3, 2)), ("stride", new Shape(2, 1)), ("padding", new Shape(1, 1))]),
        ("relu", [7], []),
        ("leaky-relu", [7], [("slope", 0.2)]),
        ("elu", [7], [("alpha", 0.7)]),
        ("selu", [7], []),
        ("gelu", [7], []),
        ("gelu", [7], [("approximate", "tanh")]),
        ("silu", [7], []),
        ("tanh", [7], []),
        ("sigmoid", [2, 3, 2], []),
        ("softplus", [7], []),
        ("softmax", [5], []),
        ("softmax", [3, 5], []),
        ("softmax", [3, 2, 4], []),
    ];

    /// <summary>A case in words.</summary>
    public static string Title(int number) => $"{All[number].Kind} {All[number].Input} {string.Join(' ', All[number].Arguments)}".TrimEnd();

    /// <summary>A case as a model: its decoder reshapes the code and is that layer, its encoder flattens what the decoder gives; one-hot and embedded where it joins the label.</summary>
    public static IEnumerable<Spec> Specs(int number)
    {
        (string kind, Shape input, (string, object)[] arguments) = All[number];
        int size = (int)input.Size;
        Network decoder = Tests.Specs.Network([size], s => Tests.Specs.Layer("reshape", s, ("shape", input)), s => Tests.Specs.Layer(kind, s, arguments));
        Spec spec = Tests.Specs.Of(Tests.Specs.Network(decoder.Output, s => Tests.Specs.Layer("flatten", s)), size, decoder);
        ConditionSpec?[] conditions = kind == "concat" ? [new ConditionSpec(ConditionKind.OneHot, 4, 4), new ConditionSpec(ConditionKind.Embedding, 9, 4)] : [null];
        return conditions.Select(condition => spec with { Condition = condition });
    }

    /// <summary>Numbers that reach both branches of every activation; whole ones where they are what is read.</summary>
    public static float[] Numbers(Random random, string kind, Shape shape) =>
        [.. Tests.Specs.Numbers(random, shape).Select(value => kind == "embedding" ? MathF.Floor(MathF.Abs(3 * value)) : 3 * value)];

    /// <summary>The label of an example of a batch; not in order, so that no index is right by chance.</summary>
    public static int Label(int number) => ((3 * number) + 1) % 4;

    private static ValueList<Layer> Inside(Shape input, params Func<Shape, Layer>[] layers) => Tests.Specs.Network(input, layers).Layers;
}
