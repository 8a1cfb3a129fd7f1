using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using static TorchSharp.torch;

namespace Vae.Torch.Layers;

/// <summary>
/// A layer at work. Its arrays are those of the catalogue's row, under PyTorch's names and initialised as the row says: no module of
/// the framework initialises anything here (TorchSharp leaves GroupNorm's arrays as it finds the memory).
/// </summary>
internal abstract class LayerModule : nn.Module<Tensor, Tensor>
{
    private readonly Dictionary<string, Tensor> weights = new(StringComparer.Ordinal);

    protected LayerModule(LayerContext context)
        : this(context, context.Layer.Weights)
    {
    }

    /// <param name="context">The layer.</param>
    /// <param name="own">The arrays that it keeps itself: not those of layers inside it.</param>
    [SuppressMessage("Usage", "MA0056:Do not call overridable members in constructor", Justification = "Registration is the framework's, and no module here overrides it.")]
    protected LayerModule(LayerContext context, IEnumerable<WeightDefinition> own)
        : base(context.Layer.Kind)
    {
        Layer = context.Layer;
        foreach (WeightDefinition definition in own)
        {
            Tensor values = context.Weights.Create(definition);
            if (definition.Trainable)
            {
                // A parameter belongs to the scope that it is made in until it is taken out, unlike PyTorch's.
                var parameter = new Parameter(values);
                parameter.DetachFromDisposeScope();
                register_parameter(definition.Name, parameter);
                weights.Add(definition.Name, parameter);
            }
            else
            {
                values.DetachFromDisposeScope();
                register_buffer(definition.Name, values);
                weights.Add(definition.Name, values);
            }
        }
    }

    /// <summary>What it was made from.</summary>
    public Layer Layer { get; }

    /// <summary>The arrays by name, in PyTorch's order.</summary>
    public virtual IEnumerable<(string Name, Tensor Values)> Arrays => Layer.Weights.Select(definition => (definition.Name, weights[definition.Name]));

    /// <summary>What comes out. A layer that joins the label, or holds layers that may, overrides this.</summary>
    /// <param name="input">The batch, <c>[n, …the layer's input shape]</c>.</param>
    /// <param name="label">The numbers that the labels are, <c>[n, size]</c>; <c>null</c> where no layer of the network joins them.</param>
    public virtual Tensor Forward(Tensor input, Tensor? label) => call(input);

    protected Arguments Arguments => Layer.Arguments;

    /// <summary>The array of that name.</summary>
    protected Tensor Weight(string name) => weights[name];

    /// <summary>The array of that name, or <c>null</c> where the layer goes without.</summary>
    protected Tensor? WeightOrNull(string name) => weights.GetValueOrDefault(name);

    /// <summary>Height and width as the tensor library wants them.</summary>
    protected long[] Sizes(string name) => [.. Arguments.Shape(name).Select(size => (long)size)];
}
