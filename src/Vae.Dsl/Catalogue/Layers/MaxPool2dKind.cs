namespace Vae.Dsl.Catalogue.Layers;

internal sealed class MaxPool2dKind() : PoolKind(
    "maxpool2d",
    "The largest number in every window of an image.");
