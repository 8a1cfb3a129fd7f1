namespace Vae.Dsl.Catalogue.Layers;

internal sealed class SoftplusKind() : ActivationKind(
    "softplus",
    "log(1 + exp(x)), a smooth relu.",
    []);
