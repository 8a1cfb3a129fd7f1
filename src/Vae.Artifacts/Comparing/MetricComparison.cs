namespace Vae.Artifacts.Comparing;

/// <summary>A final metric of two trainings.</summary>
/// <param name="Name">Its name: <c>test.loss</c>.</param>
/// <param name="First">The first training's; <c>null</c> where it was not measured.</param>
/// <param name="Second">The second training's; <c>null</c> where it was not measured.</param>
/// <param name="Verdict">How the second stands to the first.</param>
public sealed record MetricComparison(string Name, double? First, double? Second, Verdict Verdict)
{
    /// <summary>By how much of the first the second differs: 0.1 for 10 % more; <c>null</c> where that says nothing.</summary>
    public double? Change => First is double first && Second is double second && first != 0 && double.IsFinite(second / first) ? (second - first) / Math.Abs(first) : null;
}
