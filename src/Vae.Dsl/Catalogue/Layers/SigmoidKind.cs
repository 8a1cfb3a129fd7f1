namespace Vae.Dsl.Catalogue.Layers;

internal sealed class SigmoidKind() : ActivationKind(
    "sigmoid",
    "1 / (1 + exp(−x)), in 0..1.",
    []);
