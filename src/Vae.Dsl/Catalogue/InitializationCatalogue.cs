namespace Vae.Dsl.Catalogue;

/// <summary>
/// What the weights of linear, convolutional and recurrent layers are drawn from. A new one is a row here. Fans are PyTorch's: those of an array
/// [out, in, …] are in · the rest and out · the rest.
/// </summary>
public static class InitializationCatalogue
{
    private static readonly Argument Bias = new("bias", ArgumentType.Text, "Whether biases begin at zero, or as PyTorch's do.") { Default = "zero", Choices = ["zero", "pytorch"] };

    private static readonly InitializationKind AsInPyTorch = new(
        "pytorch", "PyTorch's default: weights and biases uniform on ±1/√fan-in, those of gru and lstm on ±1/√hidden.", [], null);

    /// <summary>The rows.</summary>
    public static ComponentCatalogue Rows { get; } = new(
        "initialization",
        AsInPyTorch,
        new InitializationKind(
            "xavier-uniform", "Uniform on ±gain · √(6 / (fan-in + fan-out)): Glorot and Bengio 2010; what Keras begins with.", [Gain(1), Bias],
            (arguments, fanIn, fanOut) => new Initializer.Uniform(arguments.Float("gain") * Math.Sqrt(6 / (fanIn + fanOut)))),
        new InitializationKind(
            "xavier-normal", "Normal with the standard deviation gain · √(2 / (fan-in + fan-out)): Glorot and Bengio 2010.", [Gain(1), Bias],
            (arguments, fanIn, fanOut) => new Initializer.Normal(arguments.Float("gain") * Math.Sqrt(2 / (fanIn + fanOut)))),
        new InitializationKind(
            "kaiming-uniform", "Uniform on ±gain · √(3 / fan-in): He et al. 2015, arXiv:1502.01852.", [Gain(Math.Sqrt(2)), Bias],
            (arguments, fanIn, _) => new Initializer.Uniform(arguments.Float("gain") * Math.Sqrt(3 / fanIn))),
        new InitializationKind(
            "kaiming-normal", "Normal with the standard deviation gain / √fan-in: He et al. 2015, arXiv:1502.01852.", [Gain(Math.Sqrt(2)), Bias],
            (arguments, fanIn, _) => new Initializer.Normal(arguments.Float("gain") / Math.Sqrt(fanIn))),
        new InitializationKind(
            "normal", "Normal with one standard deviation for all: Radford et al. 2016, arXiv:1511.06434.",
            [new Argument("std", ArgumentType.Float, "The standard deviation.") { Default = 0.02, Min = 0, MinExclusive = true }, Bias],
            (arguments, _, _) => new Initializer.Normal(arguments.Float("std")), main: "std"));

    /// <summary>PyTorch's.</summary>
    public static Component Default { get; } = new(AsInPyTorch.Name, Arguments.None);

    /// <summary>What an array holds before training: what the row says where its layer leaves it to <c>init</c>, else what the layer says.</summary>
    public static Initializer Of(Component initialization, WeightDefinition definition) =>
        ((InitializationKind)Rows.Get(initialization.Kind)).Of(initialization.Arguments, definition);

    private static Argument Gain(double value) =>
        new("gain", ArgumentType.Float, "The factor that makes up for the activation: 1 for none, √2 for relu.") { Default = value, Min = 0, MinExclusive = true };
}
