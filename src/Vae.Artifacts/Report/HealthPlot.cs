using Vae.Artifacts.Drawing;
using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Report;

/// <summary>
/// The health of a training as panels by epoch. It is no plot that a spec can name, so that what is looked at can change without a change of
/// anything that is compared.
/// </summary>
internal static class HealthPlot
{
    public const string Caption =
        "Looked at in some steps of each epoch. The gradient's norm is that of all parameters together, before it is clipped; one that grows without end is a learning rate too high. " +
        "The log-variance belongs to the codes: 0 is the prior's, and a range that reaches ever lower is noise that vanishes.";

    public static Scene Compose(Spec spec, IReadOnlyList<EpochHealth> health)
    {
        double[] epochs = [.. health.Select(epoch => (double)epoch.Epoch)];
        return CurvePanels.Compose(
            "Gradient, learning rate and log-variance",
            $"{spec.Name}: seen in some steps of each epoch{(spec.Train.ClipNorm is double bound ? $"; gradients over {PlotText.Number(bound)} are clipped" : "")}",
            spec.Name,
            Describe(health),
            epochs,
            [
                new CurvePanels.Panel("gradient norm", 150, [
                    new CurvePanels.Series("largest", [.. health.Select(epoch => epoch.LargestGradientNorm)], Palette.Axis) { Label = "at the end" },
                    new CurvePanels.Series("mean", [.. health.Select(epoch => epoch.GradientNorm)], Palette.Ink) { Label = "at the end" }]),
                new CurvePanels.Panel("learning rate", 90, [
                    new CurvePanels.Series("learning rate", [.. health.Select(epoch => epoch.LearningRate)], Palette.Green) { IsStepped = true }]),
                new CurvePanels.Panel("log σ²", 120, [
                    new CurvePanels.Series("log-variance", [.. health.Select(epoch => epoch.LowestLogVariance)], Palette.Blue)
                    {
                        Upper = [.. health.Select(epoch => epoch.HighestLogVariance)],
                        Label = "",
                    }]) { MayBeLogarithmic = false },
            ]);
    }

    private static string Describe(IReadOnlyList<EpochHealth> health) =>
        $"Mean gradient norm {PlotText.Number(health[0].GradientNorm)} at first, {PlotText.Number(health[^1].GradientNorm)} at last; largest of all {PlotText.Number(health.Max(epoch => epoch.LargestGradientNorm))}. " +
        $"Learning rate {PlotText.Number(health[0].LearningRate)} at first, {PlotText.Number(health[^1].LearningRate)} at last. " +
        $"Log-variance {PlotText.Number(health[^1].LowestLogVariance)} to {PlotText.Number(health[^1].HighestLogVariance)} at last.";
}
