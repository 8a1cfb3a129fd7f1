namespace Vae.Dsl.Catalogue.Layers;

internal sealed class TanhKind() : ActivationKind(
    "tanh",
    "The hyperbolic tangent, in −1..1.",
    []);
