using System.Globalization;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The arguments of plots that only a decoder with labels can answer.</summary>
/// <param name="condition">What the decoder is told; <c>null</c> where it joins no label.</param>
/// <param name="bag">Takes what is wrong.</param>
internal sealed class PlotLabels(ConditionSpec? condition, DiagnosticBag bag)
{
    private const string Label = "label";
    private const string PerLabel = "per-label";
    private const string Count = "count";

    /// <summary>The plot with the label that it is decoded with, if it has one; one of two counts where it has two.</summary>
    public Component Resolve(Component plot, Node written)
    {
        foreach (string key in (string[])[Label, PerLabel])
        {
            if (condition is null && plot.Arguments.ContainsKey(key))
            {
                bag.Add(DiagnosticTable.Meaning.PlotLabel, At(written, key), $"'{key}' of the plot '{plot.Kind}' needs a decoder that knows labels; add 'condition: {{label: one-hot}}' and 'concat: label' in the decoder, or remove '{key}'");
                return plot;
            }
        }

        if (condition is null)
            return plot;
        if (PlotCatalogue.Rows.Get(plot.Kind).Arguments.Any(argument => argument.Name == Label))
            return WithLabel(plot, written, condition);
        return plot.Arguments.ContainsKey(PerLabel) ? WithoutCount(plot, written, condition) : plot;
    }

    private Component WithLabel(Component plot, Node written, ConditionSpec known)
    {
        // What starts from an example has the example's own label, which only the data knows.
        if (!plot.Arguments.ContainsKey(Label))
            return plot.Arguments.TryGetValue("from", out object? from) && from is "example" ? plot : plot with { Arguments = plot.Arguments.With(Label, 0) };
        int label = plot.Arguments.Int(Label);
        if (label >= known.Classes)
            bag.Add(DiagnosticTable.Meaning.PlotLabel, At(written, Label), $"'label' of the plot '{plot.Kind}' is {Number(label)}, but labels go from 0 to {Number(known.Classes - 1)}");
        return plot;
    }

    private Component WithoutCount(Component plot, Node written, ConditionSpec known)
    {
        if (Given(written)?[Count] is Node count)
            bag.Add(DiagnosticTable.Syntax.Conflict, count.Location, $"the plot '{plot.Kind}' has both 'count' and 'per-label'; keep one of the two");
        int each = plot.Arguments.Int(PerLabel);
        if ((long)each * known.Classes > PlotCatalogue.MostSamples)
            bag.Add(DiagnosticTable.Meaning.PlotLabel, At(written, PerLabel), $"'per-label: {Number(each)}' of {Number(known.Classes)} classes is more than the {Number(PlotCatalogue.MostSamples)} samples that a picture holds; write less, or 'count' for some of each in turn");
        return plot with { Arguments = plot.Arguments.Without(Count) };
    }

    private static Location At(Node written, string key) => Given(written)?[key]?.Location ?? written.Location;

    private static MapNode? Given(Node written) => written is MapNode { Entries: [{ Value: MapNode arguments }] } ? arguments : null;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
