using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>
/// Loss curves: what is minimized and its reconstruction part on one axis in their own unit, the KL on another in nats, and the KL's
/// weight as steps where it changes.
/// </summary>
internal sealed class LossPlot : IPlot
{
    public string Kind => "loss";

    public string Caption =>
        "Total, reconstruction and KL of each epoch; validation is dashed. A KL that falls to 0 is a posterior that collapsed; a validation loss that rises while the training loss falls is overfitting.";

    public IEnumerable<EvaluationRequest> Requests(Component plot, Spec spec) => [];

    public PlotFiles Draw(Component plot, TrainingResult result) => Compose(result.Spec, result.Curve).ToFiles();

    /// <summary>The scene.</summary>
    /// <param name="spec">What was trained.</param>
    /// <param name="curve">Its curve.</param>
    /// <param name="behind">The curve of another training, drawn in grey behind; or <c>null</c>.</param>
    internal static Scene Compose(Spec spec, Curve curve, Curve? behind = null) => CurvePanels.Compose(
        "Loss by epoch", Explanation(spec), spec.Name, Describe(curve, EpochsOf(curve)), EpochsOf(curve), [.. Panels(spec, curve, behind)]);

    private static double[] EpochsOf(Curve curve) => curve.Column("epoch") ?? [.. Enumerable.Range(1, curve.Rows.Count).Select(i => (double)i)];

    private static IEnumerable<CurvePanels.Panel> Panels(Spec spec, Curve curve, Curve? behind)
    {
        bool weighted = spec.Loss.KlWeight is WeightSpec.Ramp;
        yield return new CurvePanels.Panel("loss per example", weighted ? 220 : 250, [
            .. Pair("total", "loss", Palette.Ink), .. Pair("reconstruction", "reconstruction", Palette.Orange)]);
        yield return new CurvePanels.Panel("KL (nats)", weighted ? 130 : 150, [.. Pair("KL divergence", "kl", Palette.Blue)]);
        if (weighted && curve.Column("kl.weight") is { } weight)
            yield return new CurvePanels.Panel("KL weight", 90, [new CurvePanels.Series("weight of the KL", weight, Palette.Green) { IsStepped = true }]);
        foreach (Component term in spec.Loss.Terms)
            yield return new CurvePanels.Panel(term.Kind, 110, [.. Pair(LossText.Name(term), term.Kind, Palette.Green)]);
        if (curve.Column(MetricNames.Sigma) is { } sigma)
            yield return new CurvePanels.Panel("learned σ", 90, [new CurvePanels.Series("deviation", sigma, Palette.Ink)]);

        IEnumerable<CurvePanels.Series> Pair(string name, string column, Paint paint)
        {
            if (curve.Column("train." + column) is { } train)
                yield return new CurvePanels.Series(name, train, paint);
            if (curve.Column("validation." + column) is { } validation)
                yield return new CurvePanels.Series(name, validation, paint) { IsDashed = true };
            foreach (string split in behind is null ? [] : (string[])["train", "validation"])
            {
                if (behind!.Column($"{split}.{column}") is { } other)
                    yield return new CurvePanels.Series(name, other, Palette.Axis) { IsBehind = true, IsDashed = split == "validation", Epochs = EpochsOf(behind), Label = "snapshot" };
            }
        }
    }

    private static string Explanation(Spec spec)
    {
        string reconstruction = LossText.Describe(spec);
        string weight = spec.Loss.KlWeight is WeightSpec.Constant constant ? PlotText.Number(constant.Value) : "weight";
        return $"{spec.Name}: total = {LossText.Formula(spec, weight, $"reconstruction ({reconstruction})")}, means over the examples of an epoch";
    }

    private static string Describe(Curve curve, double[] epochs)
    {
        string text = $"{epochs.Length} {(epochs.Length == 1 ? "epoch" : "epochs")}.";
        foreach (string column in curve.Columns.Where(column => column.Contains('.', StringComparison.Ordinal)))
        {
            if (curve.Column(column) is { Length: > 0 } values)
                text += $" {column}: {PlotText.Number(values[0])} at first, {PlotText.Number(values[^1])} at last.";
        }

        return text;
    }
}
