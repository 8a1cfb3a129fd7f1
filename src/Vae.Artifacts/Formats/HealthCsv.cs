using Vae.Dsl.Results;

namespace Vae.Artifacts.Formats;

/// <summary>The health of a training as <c>health.csv</c>, in the form of <c>loss.csv</c>.</summary>
internal static class HealthCsv
{
    private static readonly string[] Columns = ["epoch", "gradient-norm", "gradient-norm.largest", "lr", "logvar.lowest", "logvar.highest"];

    public static string Write(IReadOnlyList<EpochHealth> health) => LossCsv.Write(new Curve(Columns, [.. health.Select(epoch => new double[]
    {
        epoch.Epoch, epoch.GradientNorm, epoch.LargestGradientNorm, epoch.LearningRate, epoch.LowestLogVariance, epoch.HighestLogVariance,
    })]));

    /// <summary>Reads it back.</summary>
    /// <exception cref="FormatException">A line is broken, or the columns are others; the message says where.</exception>
    public static IReadOnlyList<EpochHealth> Read(string text)
    {
        Curve curve = LossCsv.Read(text);
        return curve.Columns.SequenceEqual(Columns)
            ? [.. curve.Rows.Select(row => new EpochHealth((int)row[0], row[1], row[2], row[3], row[4], row[5]))]
            : throw new FormatException($"line 1 must name {string.Join(", ", Columns)}");
    }
}
