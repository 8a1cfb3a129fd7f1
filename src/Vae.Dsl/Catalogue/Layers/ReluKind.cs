namespace Vae.Dsl.Catalogue.Layers;

internal sealed class ReluKind() : ActivationKind(
    "relu",
    "max(0, x).",
    []);
