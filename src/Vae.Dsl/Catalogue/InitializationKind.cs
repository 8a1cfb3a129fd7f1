namespace Vae.Dsl.Catalogue;

/// <summary>A row of <see cref="InitializationCatalogue"/>.</summary>
/// <param name="name">The kebab-case name.</param>
/// <param name="summary">One sentence for the docs page.</param>
/// <param name="arguments">The arguments in the order of the docs page.</param>
/// <param name="weights">What weights are drawn from, by arguments, fan-in and fan-out; <c>null</c> leaves weights and biases as the layer has them.</param>
/// <param name="main">The argument that the scalar form gives, if there is one.</param>
internal sealed class InitializationKind(string name, string summary, ValueList<Argument> arguments, Func<Arguments, double, double, Initializer>? weights, string? main = null)
    : ComponentKind(name, summary, arguments, main)
{
    /// <summary>What an array holds before training.</summary>
    public Initializer Of(Arguments arguments, WeightDefinition definition)
    {
        // Tables of embeddings, scales of normalizations and running statistics have one right beginning, which is their layer's.
        if (weights is null || definition.Initializer is not Initializer.Uniform)
            return definition.Initializer;
        if (definition.Shape.Rank < 2)
            return arguments.Text("bias") == "zero" ? new Initializer.Constant(0) : definition.Initializer;
        double receptive = definition.Shape.Skip(2).Aggregate(1.0, (product, size) => product * size);
        return weights(arguments, definition.Shape[1] * receptive, definition.Shape[0] * receptive);
    }
}
