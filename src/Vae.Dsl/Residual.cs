using Vae.Dsl.Catalogue.Layers;

namespace Vae.Dsl;

/// <summary>
/// The parts of a residual layer whose shapes are known: it gives body(x) + x, or body(x) + projection(x). In the state dict the
/// body's layers are under <c>layers.</c> and the projection under <c>project.</c>, and weights are drawn in that order.
/// </summary>
/// <param name="Body">The layers inside.</param>
/// <param name="Projection">What brings x to the shape of the body's result; <c>null</c> where x is added as it is.</param>
public sealed record Residual(Network Body, Layer? Projection)
{
    /// <summary>The parts of a layer of the kind <c>residual</c>.</summary>
    /// <exception cref="ArgumentException">It is of another kind, or its shapes are not known.</exception>
    public static Residual Of(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return layer.Kind == "residual" && layer.Input.Rank > 0 && ResidualKind.Parts(layer.Arguments, layer.Input) is { } parts
            ? parts
            : throw new ArgumentException($"'{layer.Kind}' {layer.Input} is no residual layer whose shapes are known", nameof(layer));
    }
}
