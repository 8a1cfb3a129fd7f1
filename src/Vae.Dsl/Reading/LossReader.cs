using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>loss</c>.</summary>
internal static class LossReader
{
    public static LossSpec? Read(MapNode map, DiagnosticBag bag)
    {
        Component? reconstruction = null;
        if (map["reconstruction"] is Node node)
            reconstruction = ReadReconstruction(node, bag);
        else if (!bag.IsExcused(map, "reconstruction"))
            bag.Add(DiagnosticTable.Syntax.Missing, map.Location, $"'loss' needs 'reconstruction', one of {string.Join(", ", ReconstructionCatalogue.Rows.All.Select(row => row.Name))}");

        WeightSpec? weight = ReadWeight((map["kl"] as MapNode)?["weight"], bag);
        return reconstruction is null || weight is null ? null : new LossSpec(reconstruction, weight);
    }

    private static Component? ReadReconstruction(Node node, DiagnosticBag bag)
    {
        if (node is MapNode { Entries: [{ Key: "gaussian", Value: MapNode arguments }] } && arguments["sigma"] is ScalarNode { Text: "learned" } sigma)
        {
            bag.Add(DiagnosticTable.Syntax.NotSupportedYet, sigma.Location, "'sigma: learned' is part of the language but not supported by this version yet; write a number");
            return null;
        }

        return ComponentReader.Read(node, ReconstructionCatalogue.Rows, bag);
    }

    private static WeightSpec? ReadWeight(Node? node, DiagnosticBag bag)
    {
        switch (node)
        {
            case null:
                return new WeightSpec.Constant(1);
            case MapNode ramp:
                return ReadRamp(ramp, bag);
            case ScalarNode { Text: "learned", IsQuoted: false }:
                bag.Add(DiagnosticTable.Syntax.NotSupportedYet, node.Location, "'kl: learned' is part of the language but not supported by this version yet; write a number or a ramp");
                return null;
            default:
                return ValueReader.Read(Grammar.Weight, node, "loss", bag) is double value ? new WeightSpec.Constant(value) : null;
        }
    }

    private static WeightSpec.Ramp? ReadRamp(MapNode map, DiagnosticBag bag)
    {
        var fields = new Fields(map, Grammar.Ramp, bag);
        double? from = fields.Number("from"), to = fields.Number("to");
        string? shape = fields.Text("shape");
        int? cycles = fields.Int("cycles");
        (int Length, TimeUnit Unit)? length = LengthReader.Read(fields, "a ramp of the KL weight", bag);
        return from is null || to is null || length is null || cycles is null
            ? null
            : new WeightSpec.Ramp(from.Value, to.Value, length.Value.Length, length.Value.Unit, Enum.TryParse(shape, ignoreCase: true, out RampShape rise) ? rise : RampShape.Linear, cycles.Value);
    }
}
