namespace Vae.Dsl.Catalogue.Layers;

internal sealed class LstmKind() : RecurrentKind(
    "lstm",
    "A long short-term memory over the steps of a series [T,F], in PyTorch's form: Hochreiter and Schmidhuber 1997.",
    gates: 4);
