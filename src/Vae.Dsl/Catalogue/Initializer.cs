namespace Vae.Dsl.Catalogue;

/// <summary>What an array holds before training. Every array of every layer has one: nothing is left to the framework.</summary>
public abstract record Initializer
{
    private Initializer()
    {
    }

    /// <summary>The same number everywhere.</summary>
    public sealed record Constant(double Value) : Initializer;

    /// <summary>
    /// Uniform on [−<paramref name="Bound"/>, <paramref name="Bound"/>). What layers multiply by and add has it where <c>train.init</c> says nothing
    /// else; PyTorch's default for linear and convolutional layers has bound 1/√fan-in.
    /// </summary>
    public sealed record Uniform(double Bound) : Initializer;

    /// <summary>Normal with mean 0.</summary>
    public sealed record Normal(double StandardDeviation) : Initializer;

    /// <summary>PyTorch's default for weights and biases: uniform with bound 1/√<paramref name="fanIn"/>.</summary>
    public static Initializer FanIn(long fanIn) => new Uniform(fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0);
}
