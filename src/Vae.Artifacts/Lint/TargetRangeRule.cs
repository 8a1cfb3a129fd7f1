using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Lint;

/// <summary>The decoder ends with an activation whose values do not reach as far as the data's: the loss can never become small there.</summary>
internal sealed class TargetRangeRule : ILintRule
{
    // Values that lie outside by less than this share of the data's range are rounding, or a split beside the one that the scale was fitted on.
    private const double Slack = 0.05;

    public Finding? Check(LintSubject subject)
    {
        Spec spec = subject.Spec;
        if (subject.Ranges is not { } ranges || spec.Decoder.Layers is not [.., { } last] || Reach(last) is not (double low, double high))
            return null;
        float[] data = ranges.Get("original").Values;
        (double smallest, double largest) = (data[0], data[1]);
        double slack = Slack * (largest - smallest);
        if (smallest >= low - slack && largest <= high + slack)
            return null;
        string reach = double.IsInfinity(high) ? $"at least {LintText.Number(low)}" : $"between {LintText.Number(low)} and {LintText.Number(high)}";
        string scale = spec.Data.Scale.ToString().ToLowerInvariant();
        string fitting = last.Kind switch
        {
            "sigmoid" or "softmax" => "use data.scale: unit",
            "tanh" => "use data.scale: symmetric",
            _ => "use data.scale: unit",
        };
        return new Finding(
            DiagnosticTable.Findings.TargetRange,
            $"decoder.{(spec.Decoder.Layers.Count - 1).ToString(CultureInfo.InvariantCulture)}",
            $"The decoder cannot reach the data: it ends with {last.Kind}, whose values are {reach}, but the data (scale: {scale}) run from {LintText.Number(smallest)} to {LintText.Number(largest)}.",
            $"Remove the {last.Kind} at the end, or {fitting}.");
    }

    private static (double Low, double High)? Reach(Layer layer) => layer.Kind switch
    {
        "sigmoid" or "softmax" => (0, 1),
        "tanh" => (-1, 1),
        "relu" or "softplus" => (0, double.PositiveInfinity),
        _ => null,
    };
}
