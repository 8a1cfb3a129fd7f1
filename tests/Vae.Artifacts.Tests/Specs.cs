using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests;

/// <summary>Specs, weights and results that tests share, built from records alone.</summary>
internal static class Specs
{
    /// <summary>A layer with its defaults filled in and its shapes inferred.</summary>
    public static Layer Layer(string kind, Shape input, params (string Name, object Value)[] given)
    {
        LayerKind row = LayerCatalogue.Get(kind);
        var values = new Dictionary<string, object>();
        foreach (Argument argument in row.Arguments)
        {
            if (argument.Default is object value)
                values[argument.Name] = value;
        }

        foreach ((string name, object value) in given)
            values[name] = value;
        Arguments arguments = row.ResolveAuto(new Arguments(values), input, input);
        return new Layer(kind, arguments) { Input = input, Output = row.Infer(arguments, input).Shape! };
    }

    /// <summary>Layers one after another; each is made from the shape that reaches it.</summary>
    public static Network Network(Shape input, params Func<Shape, Layer>[] layers)
    {
        var made = new List<Layer>();
        Shape shape = input;
        foreach (Func<Shape, Layer> layer in layers)
        {
            made.Add(layer(shape));
            shape = made[^1].Output;
        }

        return new Network(ValueList.From(made), input, shape);
    }

    public static Spec Of(Network encoder, int latent, Network decoder, Component? reconstruction = null) => new()
    {
        Name = "tiny",
        Data = new DataSpec { Dataset = "mnist", Shape = encoder.Input },
        Encoder = encoder,
        Latent = new LatentSpec(latent),
        Decoder = decoder,
        Loss = new LossSpec(reconstruction ?? new Component("mse", new Arguments([new("reduce", "sum")])), new WeightSpec.Constant(1)),
        Train = new TrainSpec { Length = 3, LearningRate = 1e-3, Optimizer = new Component("adam", Arguments.None) },
        Artifacts = new ArtifactsSpec(),
        Checks = new ChecksSpec(),
    };

    /// <summary>4 numbers -> 3 -> z 2 -> 3 -> 4.</summary>
    public static Spec Tiny() => Of(
        Network([4], s => Layer("linear", s, ("out", 3)), s => Layer("relu", s)),
        2,
        Network([2], s => Layer("linear", s, ("out", 3)), s => Layer("batchnorm", s), s => Layer("linear", s, ("out", 4)), s => Layer("sigmoid", s)));

    /// <summary>[1,8,8] -> 4×4×4 -> 10 -> z 3 -> 4×4×4 -> [1,8,8], with a named layer, a batchnorm and a groupnorm.</summary>
    public static Spec Convolutional() => Of(
        Network(
            [1, 8, 8],
            s => Layer("conv2d", s, ("out", 4), ("kernel", new Shape(3, 3)), ("stride", new Shape(2, 2)), ("padding", new Shape(1, 1))) with { Name = "down" },
            s => Layer("batchnorm", s),
            s => Layer("leaky-relu", s),
            s => Layer("dropout", s),
            s => Layer("flatten", s),
            s => Layer("linear", s, ("out", 10)),
            s => Layer("silu", s)),
        3,
        Network(
            [3],
            s => Layer("linear", s, ("out", 64)),
            s => Layer("reshape", s, ("shape", new Shape(4, 4, 4))),
            s => Layer("groupnorm", s, ("groups", 2)),
            s => Layer("gelu", s),
            s => Layer("conv-transpose2d", s, ("out", 1), ("kernel", new Shape(4, 4)), ("stride", new Shape(2, 2)), ("padding", new Shape(1, 1)))));

    /// <summary>4 numbers (and a label of 3 numbers, one of 5 or of 3 classes) -> 3 -> z 2 (and the label) -> 4.</summary>
    public static Spec Conditional(ConditionKind kind)
    {
        Layer Join(Shape s) => Layer("concat", s, ("with", "label"), ("size", 3));
        Spec spec = Of(
            Network([4], Join, s => Layer("linear", s, ("out", 3)), s => Layer("relu", s)),
            2,
            Network([2], Join, s => Layer("linear", s, ("out", 4)), s => Layer("sigmoid", s)));
        return spec with { Condition = new ConditionSpec(kind, kind == ConditionKind.OneHot ? 3 : 5, 3) };
    }

    /// <summary>Seeded numbers for every array of the spec: nothing keeps its initial 0 or 1, and variances are positive.</summary>
    public static IReadOnlyList<NamedArray> Weights(Spec spec, int seed = 7)
    {
        var random = new Random(seed);
        return
        [
            .. Vae.Artifacts.Formats.StateDict.Of(spec).Select(array => new NamedArray(
                array.Name,
                array.Shape,
                array.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal) ? [12] : Numbers(random, array.Shape, array.Name.EndsWith("running_var", StringComparison.Ordinal)))),
        ];
    }

    /// <summary>Seeded numbers in −1..1, or in 0.5..1.5.</summary>
    public static float[] Numbers(Random random, Shape shape, bool positive = false) =>
        [.. Enumerable.Range(0, (int)shape.Size).Select(_ => (float)(positive ? 0.5 + random.NextDouble() : (random.NextDouble() * 2) - 1))];
}
