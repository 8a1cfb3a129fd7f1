using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>artifacts</c>.</summary>
internal static class ArtifactsReader
{
    private const string Split = "split";

    /// <summary>The section.</summary>
    /// <param name="map">What is written.</param>
    /// <param name="data">The data; <c>null</c> where it is broken.</param>
    /// <param name="decoder">The decoder; <c>null</c> where it is broken.</param>
    /// <param name="condition">The condition, if there is one.</param>
    /// <param name="bag">Takes what is wrong.</param>
    public static ArtifactsSpec Read(MapNode map, DataSpec? data, Network? decoder, ConditionSpec? condition, DiagnosticBag bag)
    {
        var fields = new Fields(map, Grammar.Artifacts, bag);
        // The value is checked, though there is only one.
        _ = fields.Text("metrics");
        return new ArtifactsSpec
        {
            Weights = fields.Texts("weights") ?? [],
            Onnx = fields.Texts("onnx") ?? [],
            PyTorch = fields.Text("code") != "none",
            Plots = ReadPlots(map["plots"], data, decoder is null ? null : new PlotLabels(decoder.ReadsLabel ? condition : null, bag), bag),
            Report = fields.Text("report") != "none",
            Samples = fields.Int("samples"),
            LogLikelihood = fields.Int("log-likelihood"),
        };
    }

    private static ValueList<Component> ReadPlots(Node? node, DataSpec? data, PlotLabels? labels, DiagnosticBag bag)
    {
        if (node is null || ValueReader.IsBroken(node))
            return [];
        if (node is not ListNode list)
        {
            bag.Add(DiagnosticTable.Syntax.WrongType, node.Location, $"'plots' must be a list, as in [loss, reconstructions], got {node.Described}");
            return [];
        }

        List<Component> plots = [];
        foreach (Node item in list.Items)
        {
            if (ComponentReader.Read(item, PlotCatalogue.Rows, bag) is not Component plot)
                continue;
            // A plot that says nothing must not ask for a test set that may not be there.
            if (plot.Arguments.ContainsKey(Split) && !SaysSplit(item))
                plot = plot with { Arguments = plot.Arguments.With(Split, data?.MostTellingSplit ?? "test") };
            plot = labels?.Resolve(plot, item) ?? plot;
            if (plots.Contains(plot))
                bag.Add(DiagnosticTable.Syntax.Conflict, item.Location, $"'plots' has '{plot.Kind}' twice with the same arguments; remove one of the two");
            plots.Add(plot);
        }

        return ValueList.From(plots);
    }

    private static bool SaysSplit(Node item) => item is MapNode { Entries: [{ Value: MapNode arguments }] } && arguments[Split] is not null;
}
