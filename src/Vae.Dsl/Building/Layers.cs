using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Building;

/// <summary>
/// The layers of the language as methods, for <c>using static</c> in C# and <c>open type</c> in F#. What is <c>null</c> takes
/// the catalogue's default. Each gives one written layer, which is more than one layer where it has an activation. Kernels, strides and
/// the like are one number, or a <see cref="Pair"/> where height and width differ.
/// </summary>
public static class Layers
{
    /// <summary>Layers as a block with loops, for F#: <c>layers { Flatten(); for w in widths do Linear(w) }</c>. Named as F# names its builders.</summary>
    public static LayerBlock layers { get; } = new();

    /// <summary>An affine map to <paramref name="features"/> features.</summary>
    public static ValueList<Layer> Linear(int features, string? act = null, bool? bias = null, string? name = null) =>
        Written("Linear", "linear", ("out", features), ("bias", bias), ("act", act), ("name", name));

    /// <summary>An affine map to as many features as <paramref name="shape"/> holds, in that shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static ValueList<Layer> LinearTo(IEnumerable<int> shape, string? act = null, bool? bias = null, string? name = null) =>
        Written("LinearTo", "linear", ("out", new Shape([.. shape])), ("bias", bias), ("act", act), ("name", name));

    /// <summary>An affine map to what the data needs.</summary>
    public static ValueList<Layer> LinearAuto(string? act = null, bool? bias = null, string? name = null) =>
        Written("LinearAuto", "linear", ("out", Auto.Value), ("bias", bias), ("act", act), ("name", name));

    /// <summary>A convolution over the steps of a series.</summary>
    /// <param name="channels">How many channels come out.</param>
    /// <param name="kernel">How many steps the window spans.</param>
    /// <param name="channelsLast">Whether the series is [T,F], and not [C,T].</param>
    public static ValueList<Layer> Conv1d(int channels, int kernel, int? stride = null, int? padding = null, int? dilation = null, int? groups = null, bool? bias = null, bool? channelsLast = null, string? act = null, string? name = null) =>
        Written("Conv1d", "conv1d", ("out", channels), ("kernel", kernel), ("stride", stride), ("padding", padding), ("dilation", dilation), ("groups", groups), ("bias", bias), ("channels-last", channelsLast), ("act", act), ("name", name));

    /// <summary>A convolution over the steps of a series, to as many channels as are needed.</summary>
    public static ValueList<Layer> Conv1dAuto(int kernel, int? stride = null, int? padding = null, int? dilation = null, int? groups = null, bool? bias = null, bool? channelsLast = null, string? act = null, string? name = null) =>
        Written("Conv1dAuto", "conv1d", ("out", Auto.Value), ("kernel", kernel), ("stride", stride), ("padding", padding), ("dilation", dilation), ("groups", groups), ("bias", bias), ("channels-last", channelsLast), ("act", act), ("name", name));

    /// <summary>A transposed convolution over the steps of a series.</summary>
    public static ValueList<Layer> ConvTranspose1d(int channels, int kernel, int? stride = null, int? padding = null, int? outputPadding = null, int? dilation = null, int? groups = null, bool? bias = null, bool? channelsLast = null, string? act = null, string? name = null) =>
        Written("ConvTranspose1d", "conv-transpose1d", ("out", channels), ("kernel", kernel), ("stride", stride), ("padding", padding), ("output-padding", outputPadding), ("dilation", dilation), ("groups", groups), ("bias", bias), ("channels-last", channelsLast), ("act", act), ("name", name));

    /// <summary>A transposed convolution over the steps of a series, to as many channels as are needed.</summary>
    public static ValueList<Layer> ConvTranspose1dAuto(int kernel, int? stride = null, int? padding = null, int? outputPadding = null, int? dilation = null, int? groups = null, bool? bias = null, bool? channelsLast = null, string? act = null, string? name = null) =>
        Written("ConvTranspose1dAuto", "conv-transpose1d", ("out", Auto.Value), ("kernel", kernel), ("stride", stride), ("padding", padding), ("output-padding", outputPadding), ("dilation", dilation), ("groups", groups), ("bias", bias), ("channels-last", channelsLast), ("act", act), ("name", name));

    /// <summary>A convolution.</summary>
    public static ValueList<Layer> Conv2d(int channels, Pair kernel, Pair? stride = null, Pair? padding = null, Pair? dilation = null, int? groups = null, bool? bias = null, string? act = null, string? name = null) =>
        Written("Conv2d", "conv2d", ("out", channels), ("kernel", kernel), ("stride", stride), ("padding", padding), ("dilation", dilation), ("groups", groups), ("bias", bias), ("act", act), ("name", name));

    /// <summary>A convolution to as many channels as the data has.</summary>
    public static ValueList<Layer> Conv2dAuto(Pair kernel, Pair? stride = null, Pair? padding = null, Pair? dilation = null, int? groups = null, bool? bias = null, string? act = null, string? name = null) =>
        Written("Conv2dAuto", "conv2d", ("out", Auto.Value), ("kernel", kernel), ("stride", stride), ("padding", padding), ("dilation", dilation), ("groups", groups), ("bias", bias), ("act", act), ("name", name));

    /// <summary>A transposed convolution.</summary>
    public static ValueList<Layer> ConvTranspose2d(int channels, Pair kernel, Pair? stride = null, Pair? padding = null, Pair? outputPadding = null, Pair? dilation = null, int? groups = null, bool? bias = null, string? act = null, string? name = null) =>
        Written("ConvTranspose2d", "conv-transpose2d", ("out", channels), ("kernel", kernel), ("stride", stride), ("padding", padding), ("output-padding", outputPadding), ("dilation", dilation), ("groups", groups), ("bias", bias), ("act", act), ("name", name));

    /// <summary>A transposed convolution to as many channels as the data has.</summary>
    public static ValueList<Layer> ConvTranspose2dAuto(Pair kernel, Pair? stride = null, Pair? padding = null, Pair? outputPadding = null, Pair? dilation = null, int? groups = null, bool? bias = null, string? act = null, string? name = null) =>
        Written("ConvTranspose2dAuto", "conv-transpose2d", ("out", Auto.Value), ("kernel", kernel), ("stride", stride), ("padding", padding), ("output-padding", outputPadding), ("dilation", dilation), ("groups", groups), ("bias", bias), ("act", act), ("name", name));

    /// <summary>A gated recurrent unit over the steps of a series.</summary>
    /// <param name="hidden">How many features the state of one direction has.</param>
    /// <param name="returns"><c>sequence</c> for the state at every step, <c>last</c> for the final one.</param>
    public static ValueList<Layer> Gru(int hidden, string? returns = null, int? layers = null, bool? bidirectional = null, bool? bias = null, double? dropout = null, string? act = null, string? name = null) =>
        Written("Gru", "gru", ("hidden", hidden), ("layers", layers), ("bidirectional", bidirectional), ("bias", bias), ("dropout", dropout), ("return", returns), ("act", act), ("name", name));

    /// <summary>A long short-term memory over the steps of a series.</summary>
    /// <param name="hidden">How many features the state of one direction has.</param>
    /// <param name="returns"><c>sequence</c> for the state at every step, <c>last</c> for the final one.</param>
    public static ValueList<Layer> Lstm(int hidden, string? returns = null, int? layers = null, bool? bidirectional = null, bool? bias = null, double? dropout = null, string? act = null, string? name = null) =>
        Written("Lstm", "lstm", ("hidden", hidden), ("layers", layers), ("bidirectional", bidirectional), ("bias", bias), ("dropout", dropout), ("return", returns), ("act", act), ("name", name));

    /// <summary>The same vector at every one of so many steps.</summary>
    public static ValueList<Layer> Repeat(int steps) => Written("Repeat", "repeat", ("steps", steps));

    /// <summary>The same vector at as many steps as the data has.</summary>
    public static ValueList<Layer> RepeatAuto() => Written("RepeatAuto", "repeat", ("steps", Auto.Value));

    /// <summary>What the layers make of x, plus x itself or what trained weights make of it.</summary>
    /// <param name="layers">The layers: <c>[.. Linear(8), .. Relu()]</c> in C#, a list or <c>layers { … }</c> in F#.</param>
    /// <param name="project">Whether x goes through weights of its own, so that the shapes may differ.</param>
    /// <param name="act">An activation of the sum.</param>
    /// <param name="name">The layer's name.</param>
    public static ValueList<Layer> Residual(IEnumerable<Layer> layers, bool? project = null, string? act = null, string? name = null) =>
        Written("Residual", "residual", ("layers", ValueList.From(layers)), ("project", project), ("act", act), ("name", name));

    /// <summary>A trained vector for each of <paramref name="num"/> whole numbers.</summary>
    public static ValueList<Layer> Embedding(int num, int dim, string? act = null, string? name = null) =>
        Written("Embedding", "embedding", ("num", num), ("dim", dim), ("act", act), ("name", name));

    /// <summary>Normalization over the batch.</summary>
    /// <param name="channelsLast">Whether a series is [T,F], and not [C,T].</param>
    public static ValueList<Layer> BatchNorm(double? eps = null, double? momentum = null, bool? affine = null, bool? channelsLast = null, string? act = null, string? name = null) =>
        Written("BatchNorm", "batchnorm", ("eps", eps), ("momentum", momentum), ("affine", affine), ("channels-last", channelsLast), ("act", act), ("name", name));

    /// <summary>Normalization over each example.</summary>
    public static ValueList<Layer> LayerNorm(double? eps = null, bool? affine = null, string? act = null, string? name = null) =>
        Written("LayerNorm", "layernorm", ("eps", eps), ("affine", affine), ("act", act), ("name", name));

    /// <summary>Normalization over groups of channels.</summary>
    /// <param name="groups">How many groups.</param>
    /// <param name="channelsLast">Whether a series is [T,F], and not [C,T].</param>
    public static ValueList<Layer> GroupNorm(int groups, double? eps = null, bool? affine = null, bool? channelsLast = null, string? act = null, string? name = null) =>
        Written("GroupNorm", "groupnorm", ("groups", groups), ("eps", eps), ("affine", affine), ("channels-last", channelsLast), ("act", act), ("name", name));

    /// <summary>Random zeros while training.</summary>
    public static ValueList<Layer> Dropout(double? p = null, string? name = null) => Written("Dropout", "dropout", ("p", p), ("name", name));

    /// <summary>One vector of all numbers.</summary>
    public static ValueList<Layer> Flatten() => Written("Flatten", "flatten");

    /// <summary>The same numbers in another shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static ValueList<Layer> Reshape(params int[] sizes) => Written("Reshape", "reshape", ("shape", new Shape(sizes)));

    /// <summary>Each pixel <paramref name="scale"/> times in height and width.</summary>
    public static ValueList<Layer> Upsample(int scale, string? mode = null) => Written("Upsample", "upsample", ("scale", scale), ("mode", mode));

    /// <summary>The label joined to every example, in the form that the spec's condition says.</summary>
    /// <param name="source">What is joined: <c>label</c>.</param>
    /// <param name="size">How many numbers that are; it follows from the condition, so it need not be given.</param>
    /// <param name="channelsLast">For a series, where it must be said: whether it is [T,F] and not [C,T].</param>
    /// <param name="name">The layer's name.</param>
    public static ValueList<Layer> Concat(string source = "label", int? size = null, bool? channelsLast = null, string? name = null) =>
        Written("Concat", "concat", ("with", source), ("size", size), ("channels-last", channelsLast), ("name", name));

    /// <summary>The mean of every window.</summary>
    public static ValueList<Layer> AvgPool2d(Pair kernel, Pair? stride = null, Pair? padding = null) =>
        Written("AvgPool2d", "avgpool2d", ("kernel", kernel), ("stride", stride), ("padding", padding));

    /// <summary>The largest number in every window.</summary>
    public static ValueList<Layer> MaxPool2d(Pair kernel, Pair? stride = null, Pair? padding = null) =>
        Written("MaxPool2d", "maxpool2d", ("kernel", kernel), ("stride", stride), ("padding", padding));

    /// <summary>max(0, x).</summary>
    public static ValueList<Layer> Relu() => Written("Relu", "relu");

    /// <summary>x where x is positive, slope · x elsewhere.</summary>
    public static ValueList<Layer> LeakyRelu(double? slope = null) => Written("LeakyRelu", "leaky-relu", ("slope", slope));

    /// <summary>x where x is positive, alpha · (exp(x) − 1) elsewhere.</summary>
    public static ValueList<Layer> Elu(double? alpha = null) => Written("Elu", "elu", ("alpha", alpha));

    /// <summary>The self-normalizing exponential unit.</summary>
    public static ValueList<Layer> Selu() => Written("Selu", "selu");

    /// <summary>x · Φ(x).</summary>
    public static ValueList<Layer> Gelu(string? approximate = null) => Written("Gelu", "gelu", ("approximate", approximate));

    /// <summary>x · sigmoid(x).</summary>
    public static ValueList<Layer> Silu() => Written("Silu", "silu");

    /// <summary>The hyperbolic tangent.</summary>
    public static ValueList<Layer> Tanh() => Written("Tanh", "tanh");

    /// <summary>1 / (1 + exp(−x)).</summary>
    public static ValueList<Layer> Sigmoid() => Written("Sigmoid", "sigmoid");

    /// <summary>log(1 + exp(x)).</summary>
    public static ValueList<Layer> Softplus() => Written("Softplus", "softplus");

    /// <summary>Exponentials that sum to 1.</summary>
    public static ValueList<Layer> Softmax() => Written("Softmax", "softmax");

    private static ValueList<Layer> Written(string method, string kind, params (string Key, object? Value)[] arguments)
    {
        KeyValuePair<string, object>[] given = [.. arguments.Where(argument => argument.Value is not null).Select(argument => KeyValuePair.Create(argument.Key, argument.Value!))];
        Location origin = CallSite.Whole(method, InCode(kind, given.Where(argument => argument.Value is not (Auto or ValueList<Layer>))));
        var layer = new Layer(kind, new Arguments(given.Where(argument => argument.Key is not ("act" or "name")).Select(argument => KeyValuePair.Create(argument.Key, Held(argument.Value)))))
        {
            Name = given.FirstOrDefault(argument => argument.Key == "name").Value as string,
            Origin = origin,
        };
        return given.FirstOrDefault(argument => argument.Key == "act").Value is string act
            ? [layer, new Layer(act, Arguments.None) { Origin = origin }]
            : [layer];
    }

    /// <summary>As one would write it: what must be given first stands without its name.</summary>
    private static IEnumerable<KeyValuePair<string, object>> InCode(string kind, IEnumerable<KeyValuePair<string, object>> given) =>
        given.Select((argument, index) => index == 0 && LayerCatalogue.Get(kind).Arguments.Any(known => known.Name == argument.Key && known.Required)
            ? KeyValuePair.Create("", argument.Value)
            : argument);

    /// <summary>As <see cref="Arguments"/> hold it.</summary>
    private static object Held(object value) => value is Pair pair ? Shape.Create([pair.Height, pair.Width]) : value;
}
