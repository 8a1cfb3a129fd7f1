namespace Vae.Dsl.Catalogue.Layers;

internal sealed class GeluKind() : ActivationKind(
    "gelu",
    "x · Φ(x), exact or by its tanh approximation: Hendrycks and Gimpel 2016, arXiv:1606.08415.",
    [
        new Argument("approximate", ArgumentType.Text, "none for the error function, tanh for the approximation.") { Default = "none", Choices = ["none", "tanh"] },
    ]);
