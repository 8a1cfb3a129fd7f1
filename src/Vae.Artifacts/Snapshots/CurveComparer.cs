using System.Globalization;
using Vae.Artifacts.Formats;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Snapshots;

/// <summary>Loss curves: the same columns and epochs, every number within its column's tolerance. Of each column the worst epoch is told.</summary>
internal sealed class CurveComparer(Func<string, Tolerance> toleranceOf) : SnapshotComparer
{
    private const string Epoch = "epoch";

    public override Comparison Compare(byte[] received, byte[] verified)
    {
        Curve old = LossCsv.Read(Text(verified));
        Curve now = LossCsv.Read(Text(received));
        if (old.Rows.Count != now.Rows.Count)
            return Comparison.Different(string.Create(CultureInfo.InvariantCulture, $"{now.Rows.Count} epochs, verified {old.Rows.Count}"));
        double[] epochs = old.Column(Epoch) ?? [.. Enumerable.Range(1, old.Rows.Count).Select(row => (double)row)];
        return Comparison.Of(
        [
            .. Deviation.OfNames("column", now.Columns, old.Columns),
            .. old.Columns.Intersect(now.Columns).Select(column => Worst(column, now.Column(column)!, old.Column(column)!, epochs)).OfType<Deviation>(),
        ]);
    }

    private Deviation? Worst(string column, double[] now, double[] old, double[] epochs)
    {
        if (old.Length == 0)
            return null;
        Tolerance tolerance = column == Epoch ? Tolerance.Exact : toleranceOf(column);
        int row = Enumerable.Range(0, old.Length).MaxBy(row => tolerance.Used(now[row], old[row]));
        return Deviation.Of(string.Create(CultureInfo.InvariantCulture, $"epoch {epochs[row]} {column}"), now[row], old[row], tolerance);
    }
}
