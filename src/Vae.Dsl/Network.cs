using System.Globalization;

namespace Vae.Dsl;

/// <summary>Layers one after another, with the shapes that go in and come out.</summary>
/// <param name="Layers">The layers in order; their indices are those of the state dict.</param>
/// <param name="Input">The shape of one example that goes into the first.</param>
/// <param name="Output">The shape of one example that comes out of the last; the input's where there is no layer.</param>
public sealed record Network(ValueList<Layer> Layers, Shape Input, Shape Output)
{
    /// <summary>All layers, those inside others too.</summary>
    public IEnumerable<Layer> AllLayers => Layers.SelectMany(layer => layer.WithInner());

    /// <summary>Whether a layer joins the label.</summary>
    public bool ReadsLabel => AllLayers.Any(layer => layer.Kind == "concat");

    /// <summary>The layer's part of a state-dict name: its name, or else its index.</summary>
    public string Key(int index) => Layers[index].Name ?? index.ToString(CultureInfo.InvariantCulture);
}
