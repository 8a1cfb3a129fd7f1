namespace Vae.Torch.Layers;

internal sealed class GruModule(LayerContext context) : RecurrentModule(context, "gru");
