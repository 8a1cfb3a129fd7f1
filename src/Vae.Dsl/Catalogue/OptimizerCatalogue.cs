namespace Vae.Dsl.Catalogue;

/// <summary>Optimizers, with PyTorch's names and defaults. A new one is a row here and a file of the same name under <c>Optimizers</c> in Vae.Torch.</summary>
public static class OptimizerCatalogue
{
    private static readonly Argument Beta1 = new("beta1", ArgumentType.Float, "Decay of the running mean of the gradient.") { Default = 0.9, Min = 0, Max = 0.999999 };
    private static readonly Argument Beta2 = new("beta2", ArgumentType.Float, "Decay of the running mean of its square.") { Default = 0.999, Min = 0, Max = 0.999999 };
    private static readonly Argument Epsilon = new("eps", ArgumentType.Float, "Added to the denominator.") { Default = 1e-8, Min = 0, MinExclusive = true };

    /// <summary>The rows.</summary>
    public static ComponentCatalogue Rows { get; } = new(
        "optimizer",
        new ComponentKind("sgd", "Stochastic gradient descent.", [
            new Argument("momentum", ArgumentType.Float, "Momentum.") { Default = 0.0, Min = 0, Max = 0.999999 },
            new Argument("nesterov", ArgumentType.Bool, "Nesterov's momentum; needs momentum over 0.") { Default = false },
            WeightDecay(0)]),
        new ComponentKind("adam", "Adam: Kingma and Ba 2015, arXiv:1412.6980.", [Beta1, Beta2, Epsilon, WeightDecay(0)]),
        new ComponentKind("adamw", "Adam with decoupled weight decay: Loshchilov and Hutter 2019, arXiv:1711.05101.", [Beta1, Beta2, Epsilon, WeightDecay(0.01)]),
        new ComponentKind("rmsprop", "RMSprop: Tieleman and Hinton 2012.", [
            new Argument("alpha", ArgumentType.Float, "Decay of the running mean of the squared gradient.") { Default = 0.99, Min = 0, Max = 0.999999 },
            Epsilon,
            new Argument("momentum", ArgumentType.Float, "Momentum.") { Default = 0.0, Min = 0, Max = 0.999999 },
            new Argument("centered", ArgumentType.Bool, "Whether the gradient's variance stands in place of its square.") { Default = false },
            WeightDecay(0)]));

    private static Argument WeightDecay(double value) =>
        new("weight-decay", ArgumentType.Float, "L2 penalty; decoupled in adamw.") { Default = value, Min = 0 };
}
