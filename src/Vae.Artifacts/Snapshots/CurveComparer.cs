using Vae.Artifacts.Formats;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Snapshots;

/// <summary>Loss curves: the same columns and epochs, every number within the tolerance. Of each column the worst epoch is told.</summary>
internal sealed class CurveComparer(Tolerance tolerance) : SnapshotComparer
{
    public override string? Compare(byte[] received, byte[] verified)
    {
        Curve left = LossCsv.Read(Text(verified));
        Curve right = LossCsv.Read(Text(received));
        if (left.Rows.Count != right.Rows.Count)
            return $"{right.Rows.Count} epochs vs {left.Rows.Count}";
        var deviations = new List<Deviation>(Deviation.OfNames("column", right.Columns, left.Columns));
        foreach (string column in left.Columns.Intersect(right.Columns))
        {
            double[] old = left.Column(column)!;
            double[] now = right.Column(column)!;
            Tolerance bound = column == "epoch" ? Tolerance.Exact : tolerance;
            Deviation? worst = Enumerable.Range(0, old.Length)
                .SelectMany(row => Deviation.Of($"{column} in row {row + 1}:", now[row], old[row], bound))
                .MaxBy(deviation => deviation.Used);
            if (worst is not null)
                deviations.Add(worst);
        }

        return Deviation.Describe(deviations);
    }
}
