using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>latent</c>.</summary>
internal static class LatentReader
{
    public static LatentSpec? Read(MapNode map, DiagnosticBag bag)
    {
        int? dim = new Fields(map, Grammar.Latent, bag).Int("dim");
        Interval? clamp = map["logvar-clamp"] is Node node ? Range(node, bag) : null;
        return dim is int size ? new LatentSpec(size) { LogVarianceClamp = clamp } : null;
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
