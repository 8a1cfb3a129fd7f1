using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>checks</c>.</summary>
internal static class ChecksReader
{
    public static ChecksSpec Read(MapNode map, DiagnosticBag bag) => new()
    {
        LossCurveTolerance = map["loss-curve"] is MapNode curve ? new Fields(curve, Grammar.LossCurve, bag).Number("tolerance") : null,
        ImageSimilarity = map["images"] is MapNode images ? new Fields(images, Grammar.Images, bag).Number("ssim") : null,
        Metrics = map["metrics"] is MapNode metrics
            ? [.. metrics.Entries.Select(entry => ReadMetric(entry, bag)).OfType<MetricCheck>().OrderBy(check => check.Metric, StringComparer.Ordinal)]
            : [],
    };

    private static MetricCheck? ReadMetric(MapEntry entry, DiagnosticBag bag)
    {
        // What is no map was reported with the keys.
        if (entry.Value is not MapNode map)
            return null;
        var fields = new Fields(map, Grammar.Metric, bag);
        double? min = fields.Number("min"), max = fields.Number("max");
        if (min > max)
            bag.Add(DiagnosticTable.Meaning.Combination, map.Location, $"the check of '{entry.Key}' can never hold: 'min' is larger than 'max'");
        return new MetricCheck(entry.Key, min, max, fields.Number("tolerance"));
    }
}
