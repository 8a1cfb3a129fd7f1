using System.Diagnostics.CodeAnalysis;
using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Layers;

internal sealed class ResidualModule : LayerModule
{
    private readonly LayerStack body;
    private readonly LayerModule? projection;

    [SuppressMessage("Usage", "MA0056:Do not call overridable members in constructor", Justification = "Registration is the framework's, and the class is sealed.")]
    public ResidualModule(LayerContext context)
        : base(context, [])
    {
        var parts = Residual.Of(context.Layer);
        body = new LayerStack(parts.Body, context.Weights, context.Noise);
        projection = parts.Projection is null ? null : LayerModules.Create(context with { Layer = parts.Projection });
        register_module("layers", body);
        if (projection is not null)
            register_module("project", projection);
    }

    public override IEnumerable<(string Name, Tensor Values)> Arrays =>
    [
        .. body.Arrays.Select(array => ("layers." + array.Name, array.Values)),
        .. projection is null ? [] : projection.Arrays.Select(array => ("project." + array.Name, array.Values)),
    ];

    public override Tensor Forward(Tensor input, Tensor? label) =>
        body.Forward(input, body.Layers.Count, label) + (projection is null ? input : projection.call(input));

    public override Tensor forward(Tensor input) => Forward(input, null);
}
