namespace Vae.Dsl.Catalogue.Layers;

internal sealed class SeluKind() : ActivationKind(
    "selu",
    "The self-normalizing exponential unit: Klambauer et al. 2017, arXiv:1706.02515.",
    []);
