using System.Diagnostics.CodeAnalysis;
using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Layers;

/// <summary>Layers one after another under the keys of the state dict.</summary>
internal sealed class LayerStack : nn.Module<Tensor, Tensor>
{
    private readonly List<(string Key, LayerModule Module)> layers = [];

    [SuppressMessage("Usage", "MA0056:Do not call overridable members in constructor", Justification = "Registration is the framework's, and the class is sealed.")]
    public LayerStack(Network network, WeightFactory weights, Generator noise)
        : base(nameof(LayerStack))
    {
        for (int index = 0; index < network.Layers.Count; index++)
        {
            LayerModule module = LayerModules.Create(new LayerContext(network.Layers[index], weights, noise));
            register_module(network.Key(index), module);
            layers.Add((network.Key(index), module));
        }
    }

    /// <summary>The layers with their keys.</summary>
    public IReadOnlyList<(string Key, LayerModule Module)> Layers => layers;

    /// <summary>The arrays of all layers under their keys, in PyTorch's order.</summary>
    public IEnumerable<(string Name, Tensor Values)> Arrays =>
        layers.SelectMany(layer => layer.Module.Arrays.Select(array => ($"{layer.Key}.{array.Name}", array.Values)));

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Forward(input, layers.Count, null);

    /// <summary>What comes out of the first <paramref name="count"/> layers, of which those that join the label get <paramref name="label"/>.</summary>
    public Tensor Forward(Tensor input, int count, Tensor? label)
    {
        Tensor features = input;
        for (int index = 0; index < count; index++)
            features = layers[index].Module.Forward(features, label);
        return features;
    }
}
