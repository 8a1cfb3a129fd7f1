namespace Vae.Dsl.Catalogue.Layers;

internal sealed class SoftmaxKind() : ActivationKind(
    "softmax",
    "Exponentials that sum to 1: over the channels of an image [C,H,W], over the last axis of [F] and [T,F].",
    []);
