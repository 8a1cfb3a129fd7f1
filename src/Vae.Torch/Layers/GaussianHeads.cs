using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;
using Vae.Dsl.Catalogue;
using Vae.Torch.Losses;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch.Layers;

/// <summary>
/// The heads <c>latent.mu</c> and <c>latent.logvar</c>, two linear layers from the same features. They run as one of twice the width,
/// which saves a third of their cost, and are two in every state dict.
/// </summary>
internal sealed class GaussianHeads : nn.Module
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly int dimensions;
    private readonly (Scalar Min, Scalar Max)? clamp;

    [SuppressMessage("Usage", "MA0056:Do not call overridable members in constructor", Justification = "Registration is the framework's, and the class is sealed.")]
    public GaussianHeads(int features, Vae.Dsl.LatentSpec latent, WeightFactory weights)
        : base(nameof(GaussianHeads))
    {
        dimensions = latent.Dim;
        if (latent.LogVarianceClamp is (double min, double max))
            clamp = (min, max);

        // Drawn head by head, weight before bias, as PyTorch draws two layers.
        var initializer = Initializer.FanIn(features);
        using Tensor muWeight = Draw([dimensions, features]), muBias = Draw([dimensions]);
        using Tensor logvarWeight = Draw([dimensions, features]), logvarBias = Draw([dimensions]);
        weight = new Parameter(cat([muWeight, logvarWeight]));
        bias = new Parameter(cat([muBias, logvarBias]));
        weight.DetachFromDisposeScope();
        bias.DetachFromDisposeScope();
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);

        Tensor Draw(Vae.Dsl.Shape shape) => weights.Create(new WeightDefinition(nameof(weight), shape, initializer));
    }

    /// <summary>Views of the two layers' arrays under PyTorch's names. They belong to the caller's scope.</summary>
    public IEnumerable<(string Name, Tensor Values)> Arrays =>
    [
        ("mu.weight", weight.detach().narrow(0, 0, dimensions)),
        ("mu.bias", bias.detach().narrow(0, 0, dimensions)),
        ("logvar.weight", weight.detach().narrow(0, dimensions, dimensions)),
        ("logvar.bias", bias.detach().narrow(0, dimensions, dimensions)),
    ];

    /// <summary>The posterior from features <c>[n, f]</c>.</summary>
    public DiagonalGaussian Forward(Tensor features)
    {
        Tensor both = F.linear(features, weight, bias);
        Tensor logVariance = both.narrow(1, dimensions, dimensions);
        if (clamp is (Scalar min, Scalar max))
            logVariance = logVariance.clamp(min, max);
        return new DiagonalGaussian(both.narrow(1, 0, dimensions), logVariance);
    }
}
