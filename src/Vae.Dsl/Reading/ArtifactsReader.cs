using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>artifacts</c>.</summary>
internal static class ArtifactsReader
{
    public static ArtifactsSpec Read(MapNode map, DiagnosticBag bag)
    {
        var fields = new Fields(map, Grammar.Artifacts, bag);
        // The value is checked, though there is only one.
        _ = fields.Text("metrics");
        return new ArtifactsSpec
        {
            Weights = fields.Texts("weights") ?? [],
            Onnx = fields.Texts("onnx") ?? [],
            Plots = ReadPlots(map["plots"], bag),
            Report = fields.Text("report") != "none",
        };
    }

    private static ValueList<Component> ReadPlots(Node? node, DiagnosticBag bag)
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
            if (plots.Contains(plot))
                bag.Add(DiagnosticTable.Syntax.Conflict, item.Location, $"'plots' has '{plot.Kind}' twice with the same arguments; remove one of the two");
            plots.Add(plot);
        }

        return ValueList.From(plots);
    }
}
