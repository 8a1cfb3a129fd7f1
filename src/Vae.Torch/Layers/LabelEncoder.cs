using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;
using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Layers;

/// <summary>What the labels of a batch are to the layers that join them: ones among zeros, or rows of a trained table.</summary>
internal sealed class LabelEncoder : nn.Module
{
    private readonly int size;
    private readonly ScalarType type;
    private readonly Parameter? table;

    [SuppressMessage("Usage", "MA0056:Do not call overridable members in constructor", Justification = "Registration is the framework's, and the class is sealed.")]
    public LabelEncoder(ConditionSpec condition, WeightFactory weights)
        : base(nameof(LabelEncoder))
    {
        size = condition.Size;
        type = weights.Type;
        if (condition.Weights.SingleOrDefault() is not { } definition)
            return;
        table = new Parameter(weights.Create(definition));
        table.DetachFromDisposeScope();
        register_parameter(definition.Name, table);
    }

    /// <summary>The arrays by name.</summary>
    public IEnumerable<(string Name, Tensor Values)> Arrays => table is null ? [] : [("weight", table.detach())];

    /// <summary>The numbers <c>[n, size]</c> of labels <c>[n]</c>, whole and of 64 bits.</summary>
    public Tensor Forward(Tensor labels) => table is not null
        ? table.index_select(0, labels)
        : zeros([labels.size(0), size], type, labels.device).scatter_(1, labels.unsqueeze(1), ones([labels.size(0), 1], type, labels.device));
}
