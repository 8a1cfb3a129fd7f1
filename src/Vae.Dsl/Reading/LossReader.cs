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
            reconstruction = ComponentReader.Read(node, ReconstructionCatalogue.Rows, bag);
        else if (!bag.IsExcused(map, "reconstruction"))
            bag.Add(DiagnosticTable.Syntax.Missing, map.Location, $"'loss' needs 'reconstruction', one of {string.Join(", ", ReconstructionCatalogue.Rows.All.Select(row => row.Name))}");

        MapNode kl = map["kl"] as MapNode ?? new MapNode([], map.Location);
        var fields = new Fields(kl, Grammar.Kl, bag);
        WeightSpec? weight = kl["weight"] is Node weightNode ? ReadWeight(weightNode, Grammar.Weight, Grammar.Ramp, "the KL weight", bag) : new WeightSpec.Constant(1);
        double? freeBits = fields.Number("free-bits");
        WeightSpec? capacity = kl["capacity"] is Node capacityNode ? ReadWeight(capacityNode, Grammar.Nats, Grammar.Capacity, "the capacity", bag) : null;
        if (freeBits is not null && capacity is not null)
            bag.Add(DiagnosticTable.Meaning.FreeBitsAndCapacity, fields.At("capacity"), "'free-bits' bounds the KL from below and 'capacity' draws it to a value; keep one of the two");
        ValueList<Component> terms = ReadTerms(map["terms"], bag);
        if (reconstruction is null || weight is null)
            return null;
        if (weight is WeightSpec.Learned)
            reconstruction = LearnVariance(reconstruction, map["reconstruction"]!, fields, capacity, bag);
        return new LossSpec(reconstruction, weight) { FreeBits = freeBits, Capacity = capacity, Terms = terms };
    }

    /// <summary><c>kl: learned</c> needs a likelihood whose variance can be learned, and nothing that sets its balance with the KL.</summary>
    private static Component LearnVariance(Component reconstruction, Node node, Fields kl, WeightSpec? capacity, DiagnosticBag bag)
    {
        bool saysSigma = node is MapNode { Entries: [{ Value: MapNode arguments }] } && arguments["sigma"] is not null;
        if (reconstruction.Kind is not ("mse" or "gaussian"))
            Refuse($"'{reconstruction.Kind}' has no variance to learn; use 'mse' or 'gaussian', or give 'kl' a number");
        else if (reconstruction.Arguments.Text("reduce") == "mean")
            Refuse("the balance of the two terms is learned from their sums, but the reconstruction says 'reduce: mean'; remove that, or give 'kl' a number");
        else if (saysSigma && !reconstruction.Arguments.IsWord("sigma", "learned"))
            Refuse("'sigma' is fixed; write 'sigma: learned' or leave it out, or give 'kl' a number");
        else if (capacity is not null)
            Refuse("'capacity' needs a weight that outweighs the reconstruction (Burgess et al. take 1000); give 'kl' a number, and the reconstruction 'gaussian: {sigma: learned}' if its variance is to be learned");
        return reconstruction.Kind == "gaussian" ? reconstruction with { Arguments = reconstruction.Arguments.With("sigma", "learned") } : reconstruction;

        void Refuse(string why) => bag.Add(DiagnosticTable.Meaning.LearnedWeight, kl.At("weight"), "with 'kl: learned', " + why);
    }

    private static WeightSpec? ReadWeight(Node node, Argument single, Place ramp, string owner, DiagnosticBag bag) => node switch
    {
        MapNode map => ReadRamp(map, ramp, owner, bag),
        _ => ValueReader.Read(single, node, "loss", bag) switch
        {
            double value => new WeightSpec.Constant(value),
            string => new WeightSpec.Learned(),
            _ => null,
        },
    };

    private static WeightSpec.Ramp? ReadRamp(MapNode map, Place place, string owner, DiagnosticBag bag)
    {
        var fields = new Fields(map, place, bag);
        double? from = fields.Number("from"), to = fields.Number("to");
        string? shape = fields.Text("shape");
        int? cycles = fields.Int("cycles");
        (int Length, TimeUnit Unit)? length = LengthReader.Read(fields, $"a ramp of {owner}", bag);
        return from is null || to is null || length is null || cycles is null
            ? null
            : new WeightSpec.Ramp(from.Value, to.Value, length.Value.Length, length.Value.Unit, Enum.TryParse(shape, ignoreCase: true, out RampShape rise) ? rise : RampShape.Linear, cycles.Value);
    }

    private static ValueList<Component> ReadTerms(Node? node, DiagnosticBag bag)
    {
        if (node is null || ValueReader.IsBroken(node))
            return [];
        if (node is not ListNode list)
        {
            bag.Add(DiagnosticTable.Syntax.WrongType, node.Location, $"'terms' must be a list, as in [tc: 5], got {node.Described}");
            return [];
        }

        List<Component> terms = [];
        foreach (Node item in list.Items)
        {
            if (ComponentReader.Read(item, TermCatalogue.Rows, bag) is not Component term)
                continue;
            if (terms.Any(other => other.Kind == term.Kind))
                bag.Add(DiagnosticTable.Syntax.Conflict, item.Location, $"'terms' has '{term.Kind}' twice; keep one of the two");
            terms.Add(term);
        }

        return ValueList.From(terms);
    }
}
