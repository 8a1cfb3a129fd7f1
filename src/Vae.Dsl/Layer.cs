using Vae.Dsl.Catalogue;
using Vae.Dsl.Text;

namespace Vae.Dsl;

/// <summary>
/// One layer of a network after short forms are expanded: an activation written as <c>act:</c> is a layer of its own, as in
/// PyTorch's <c>nn.Sequential</c>, so a layer's index is its index in the state dict.
/// </summary>
public sealed record Layer(string Kind, Arguments Arguments) : Component(Kind, Arguments), IEquatable<Layer>
{
    /// <summary>The name given by <c>name:</c>, which replaces the index in the state dict; or <c>null</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The shape of one example that goes in.</summary>
    public Shape Input { get; init; } = [];

    /// <summary>The shape of one example that comes out.</summary>
    public Shape Output { get; init; } = [];

    /// <summary>The outermost use of a block that it came from; <c>null</c> for a layer that stands in the network itself. No part of equality.</summary>
    public BlockUse? Use { get; init; }

    /// <summary>Its arguments as written, with their places; <c>null</c> for a layer that no text gave. No part of equality.</summary>
    internal MapNode? Written { get; init; }

    /// <summary>The catalogue's row.</summary>
    public LayerKind Definition => LayerCatalogue.Get(Kind);

    /// <summary>The arrays that the layer keeps, in PyTorch's order.</summary>
    public IEnumerable<WeightDefinition> Weights => Definition.Weights(Arguments, Input);

    /// <summary>The layers inside: those of a residual; none for most.</summary>
    public IEnumerable<Layer> Inner => Arguments.Values.OfType<ValueList<Layer>>().SelectMany(layers => layers);

    /// <summary>The layer and all inside it, whatever their depth.</summary>
    public IEnumerable<Layer> WithInner() => [this, .. Inner.SelectMany(layer => layer.WithInner())];

    /// <inheritdoc/>
    public bool Equals(Layer? other) =>
        other is not null && Kind == other.Kind && Arguments.Equals(other.Arguments) && Name == other.Name &&
        Input == other.Input && Output == other.Output;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Arguments, Name, Input, Output);
}
