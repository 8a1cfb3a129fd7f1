namespace Vae.Dsl.Building;

/// <summary>
/// What F# calls a computation expression: layers one under another, with loops and conditions between them. In C# a list does the same.
/// <code>
/// layers {
///     Flatten()
///     for width in [ 256; 128 ] do
///         Linear(width, act = "relu")
/// }
/// </code>
/// </summary>
#pragma warning disable CA1822 // F# calls these on an instance.
public sealed class LayerBlock
{
    /// <summary>One written layer.</summary>
    public ValueList<Layer> Yield(ValueList<Layer> layers) => layers;

    /// <summary>Layers from elsewhere.</summary>
    public ValueList<Layer> YieldFrom(IEnumerable<Layer> layers) => ValueList.From(layers);

    /// <summary>Layers, then more layers.</summary>
    public ValueList<Layer> Combine(ValueList<Layer> first, ValueList<Layer> second) => [.. first, .. second];

    /// <summary>The rest of a block.</summary>
    public ValueList<Layer> Delay(Func<ValueList<Layer>> rest)
    {
        ArgumentNullException.ThrowIfNull(rest);
        return rest();
    }

    /// <summary>The layers of every turn of a loop.</summary>
    public ValueList<Layer> For<T>(IEnumerable<T> items, Func<T, ValueList<Layer>> body) => [.. items.SelectMany(body)];

    /// <summary>No layer.</summary>
    public ValueList<Layer> Zero() => [];
}
