namespace Vae.Torch.Layers;

/// <summary>Every layer's module by its row's name. A new one is a file here and a line in the table.</summary>
internal static class LayerModules
{
    private static readonly Dictionary<string, Func<LayerContext, LayerModule>> Rows = new(StringComparer.Ordinal)
    {
        ["avgpool2d"] = context => new AvgPool2dModule(context),
        ["batchnorm"] = context => new BatchNormModule(context),
        ["concat"] = context => new ConcatModule(context),
        ["conv-transpose1d"] = context => new ConvTranspose1dModule(context),
        ["conv-transpose2d"] = context => new ConvTranspose2dModule(context),
        ["conv1d"] = context => new Conv1dModule(context),
        ["conv2d"] = context => new Conv2dModule(context),
        ["dropout"] = context => new DropoutModule(context),
        ["elu"] = context => new EluModule(context),
        ["embedding"] = context => new EmbeddingModule(context),
        ["flatten"] = context => new FlattenModule(context),
        ["gelu"] = context => new GeluModule(context),
        ["groupnorm"] = context => new GroupNormModule(context),
        ["gru"] = context => new GruModule(context),
        ["layernorm"] = context => new LayerNormModule(context),
        ["leaky-relu"] = context => new LeakyReluModule(context),
        ["linear"] = context => new LinearModule(context),
        ["lstm"] = context => new LstmModule(context),
        ["maxpool2d"] = context => new MaxPool2dModule(context),
        ["relu"] = context => new ReluModule(context),
        ["repeat"] = context => new RepeatModule(context),
        ["reshape"] = context => new ReshapeModule(context),
        ["residual"] = context => new ResidualModule(context),
        ["selu"] = context => new SeluModule(context),
        ["sigmoid"] = context => new SigmoidModule(context),
        ["silu"] = context => new SiluModule(context),
        ["softmax"] = context => new SoftmaxModule(context),
        ["softplus"] = context => new SoftplusModule(context),
        ["tanh"] = context => new TanhModule(context),
        ["upsample"] = context => new UpsampleModule(context),
    };

    /// <summary>The names there are.</summary>
    public static IEnumerable<string> Names => Rows.Keys;

    /// <summary>The module of a layer, its weights drawn.</summary>
    public static LayerModule Create(LayerContext context) => Rows[context.Layer.Kind](context);
}
