using System.Globalization;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Inference;

/// <summary>Tells layers that join the label how many numbers it is, so that shape rules need to know nothing of the condition.</summary>
internal static class LabelJoin
{
    /// <summary>The layers with that size; <c>null</c> where a diagnostic says why there is none.</summary>
    /// <param name="layers">Layers without shapes.</param>
    /// <param name="isConditional">Whether the spec has a condition, be it broken.</param>
    /// <param name="condition">The condition; <c>null</c> where there is none, or a broken one.</param>
    /// <param name="bag">Takes what is wrong.</param>
    public static IReadOnlyList<Layer>? Resolve(IReadOnlyList<Layer> layers, bool isConditional, ConditionSpec? condition, DiagnosticBag bag)
    {
        bool valid = true;
        List<Layer> resolved = [];
        foreach (Layer layer in layers)
        {
            if (layer.Kind != "concat" && WithInner(layer, inner => Resolve(inner, isConditional, condition, bag)) is Layer whole)
                resolved.Add(whole);
            else if (layer.Kind != "concat")
                valid = false;
            else if (condition is null)
                valid = Refuse(layer, isConditional, bag);
            else if (layer.Arguments.TryGetValue("size", out object? written) && written is int size && size != condition.Size)
                valid = Refuse(layer, size, condition, bag);
            else
                resolved.Add(layer with { Arguments = layer.Arguments.With("size", condition.Size) });
        }

        return valid ? resolved : null;
    }

    /// <summary>The spec before <see cref="Resolve"/>: another condition, or data with other classes, may then be put in.</summary>
    public static Spec Unresolved(Spec spec) => spec with { Encoder = Unresolved(spec.Encoder), Decoder = Unresolved(spec.Decoder) };

    private static Network Unresolved(Network network) => network with
    {
        Layers = ValueList.From(Unresolved(network.Layers)),
    };

    private static IReadOnlyList<Layer> Unresolved(IReadOnlyList<Layer> layers) =>
        [.. layers.Select(layer => layer.Kind == "concat" ? layer with { Arguments = layer.Arguments.Without("size") } : WithInner(layer, Unresolved)!)];

    /// <summary>The layer with each list of layers inside it replaced; <c>null</c> where there is nothing to replace one with.</summary>
    private static Layer? WithInner(Layer layer, Func<IReadOnlyList<Layer>, IReadOnlyList<Layer>?> replace)
    {
        Arguments arguments = layer.Arguments;
        foreach ((string name, object value) in layer.Arguments)
        {
            if (value is not ValueList<Layer> inner)
                continue;
            if (replace(inner) is not { } replaced)
                return null;
            arguments = arguments.With(name, ValueList.From(replaced));
        }

        return ReferenceEquals(arguments, layer.Arguments) ? layer : layer with { Arguments = arguments };
    }

    private static bool Refuse(Layer layer, bool isConditional, DiagnosticBag bag)
    {
        // A broken condition is reported where it is written.
        if (!isConditional)
            bag.Add(DiagnosticTable.Meaning.NoCondition, layer.Origin, "'concat: label' joins the label, but the spec has no 'condition'; add 'condition: {label: one-hot}', or remove the layer");
        return false;
    }

    private static bool Refuse(Layer layer, int size, ConditionSpec condition, DiagnosticBag bag)
    {
        string why = condition.Kind == ConditionKind.OneHot ? "one for each class" : "the size of its embedding";
        bag.Add(DiagnosticTable.Meaning.LabelSize, layer.Origin, $"'size' of 'concat' is {Number(size)}, but 'condition' makes {Number(condition.Size)} numbers of a label, {why}; leave 'size' out");
        return false;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
