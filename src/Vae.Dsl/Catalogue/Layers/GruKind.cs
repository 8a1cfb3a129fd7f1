namespace Vae.Dsl.Catalogue.Layers;

internal sealed class GruKind() : RecurrentKind(
    "gru",
    "A gated recurrent unit over the steps of a series [T,F], in PyTorch's form: Cho et al. 2014, arXiv:1406.1078.",
    gates: 3);
