using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>latent</c>.</summary>
internal static class LatentReader
{
    public static LatentSpec? Read(MapNode map, DiagnosticBag bag)
    {
        var fields = new Fields(map, Grammar.Latent, bag);
        int? dim = fields.Int("dim");
        string? prior = fields.Text("prior"), posterior = fields.Text("posterior");
        Interval? clamp = map["logvar-clamp"] is Node node ? Range(node, bag) : null;
        return dim is int size && prior is not null && posterior is not null
            ? new LatentSpec(size) { Prior = prior, Posterior = posterior, LogVarianceClamp = clamp }
            : null;
    }

    private static Interval? Range(Node node, DiagnosticBag bag)
    {
        if (ValueReader.IsBroken(node))
            return null;
        if (node is ListNode { Items: [ScalarNode low, ScalarNode high] } && Numerals.TryFloat(low, out double min) && Numerals.TryFloat(high, out double max) && min < max)
            return new Interval(min, max);
        bag.Add(DiagnosticTable.Syntax.WrongType, node.Location, $"'logvar-clamp' must be two numbers [min, max], the smaller first, as in [-10, 10], got {node.Described}");
        return null;
    }
}
