namespace Vae.Dsl.Catalogue.Layers;

internal sealed class SiluKind() : ActivationKind(
    "silu",
    "x · sigmoid(x), also called swish.",
    []);
