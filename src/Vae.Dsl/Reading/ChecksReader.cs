using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>checks</c>.</summary>
internal static class ChecksReader
{
    public static ChecksSpec Read(MapNode map, DiagnosticBag bag)
    {
        Fields? curve = map["loss-curve"] is MapNode curveMap ? new Fields(curveMap, Grammar.LossCurve, bag) : null;
        return new()
        {
            LossCurveTolerance = curve?.Number("tolerance"),
            LossCurveAbsolute = curve?.Number("absolute"),
            LossCurveColumns = curve?.Map["columns"] is MapNode columns
                ? [.. columns.Entries.Select(entry => ReadColumn(entry, bag)).OfType<ColumnCheck>().OrderBy(check => check.Column, StringComparer.Ordinal)]
                : [],
            ImageSimilarity = map["images"] is MapNode images ? new Fields(images, Grammar.Images, bag).Number("ssim") : null,
            Metrics = map["metrics"] is MapNode metrics
                ? [.. metrics.Entries.Select(entry => ReadMetric(entry, bag)).OfType<MetricCheck>().OrderBy(check => check.Metric, StringComparer.Ordinal)]
                : [],
        };
    }

    private static ColumnCheck? ReadColumn(MapEntry entry, DiagnosticBag bag)
    {
        if (entry.Value is not MapNode map)
            return null;
        var fields = new Fields(map, Grammar.CurveColumn, bag);
        return new ColumnCheck(entry.Key, fields.Number("tolerance"), fields.Number("absolute"), ReadBetter(fields));
    }

    private static MetricCheck? ReadMetric(MapEntry entry, DiagnosticBag bag)
    {
        // What is no map was reported with the keys.
        if (entry.Value is not MapNode map)
            return null;
        var fields = new Fields(map, Grammar.Metric, bag);
        double? min = fields.Number("min"), max = fields.Number("max");
        if (min > max)
            bag.Add(DiagnosticTable.Meaning.Combination, map.Location, $"the check of '{entry.Key}' can never hold: 'min' is larger than 'max'");
        return new MetricCheck(entry.Key, min, max, fields.Number("tolerance"), fields.Number("absolute"), ReadBetter(fields));
    }

    private static Better? ReadBetter(Fields fields) => Enum.TryParse(fields.Text("better"), ignoreCase: true, out Better better) ? better : null;
}
