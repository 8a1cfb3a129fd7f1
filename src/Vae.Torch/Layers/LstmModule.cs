namespace Vae.Torch.Layers;

internal sealed class LstmModule(LayerContext context) : RecurrentModule(context, "lstm");
