using TorchSharp;
using Vae.Dsl;

namespace Vae.Torch.Layers;

/// <summary>What a module is made from.</summary>
/// <param name="Layer">The checked layer with its shapes.</param>
/// <param name="Random">The stream that weights are drawn from. It is the CPU's on every device, so that a seed means the same weights everywhere.</param>
/// <param name="Noise">The stream that a layer draws from while training, on the device.</param>
/// <param name="Type">What the tensors are computed in.</param>
/// <param name="Device">Where the tensors live.</param>
internal sealed record LayerContext(Layer Layer, torch.Generator Random, torch.Generator Noise, torch.ScalarType Type, torch.Device Device);
