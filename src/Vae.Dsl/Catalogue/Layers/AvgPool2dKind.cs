namespace Vae.Dsl.Catalogue.Layers;

internal sealed class AvgPool2dKind() : PoolKind(
    "avgpool2d",
    "The mean of every window of an image; padding counts as zeros.");
