using TorchSharp;
using Vae.Dsl;

namespace Vae.Torch.Layers;

/// <summary>What a module is made from.</summary>
/// <param name="Layer">The checked layer with its shapes.</param>
/// <param name="Weights">Makes the arrays.</param>
/// <param name="Noise">The stream that a layer draws from while training, on the device.</param>
internal sealed record LayerContext(Layer Layer, WeightFactory Weights, torch.Generator Noise);
