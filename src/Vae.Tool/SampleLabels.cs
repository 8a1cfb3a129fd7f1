using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool;

/// <summary>The labels of samples as a command line asks for them.</summary>
internal static class SampleLabels
{
    /// <summary>A label for each sample: the one asked for, or each in turn; <c>null</c> for a model without a condition.</summary>
    /// <exception cref="VaeException">VAE4031: there is no such label. VAE4032: the model has no condition.</exception>
    public static int[]? Of(Spec spec, string? asked, int count)
    {
        if (spec.Condition is not { } condition)
        {
            return asked is null
                ? null
                : throw new VaeException(DiagnosticTable.Training.NoCondition.At(null, $"'--label {asked}' is given, but '{spec.Name}' has no condition: no layer joins the label."));
        }

        if (asked is null)
            return [.. Enumerable.Range(0, count).Select(i => i % condition.Classes)];
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int label) || label >= condition.Classes)
        {
            throw new VaeException(DiagnosticTable.Training.UnknownLabel.At(null, string.Create(
                CultureInfo.InvariantCulture, $"'{spec.Name}' has no label '{asked}': its labels go from 0 to {condition.Classes - 1}.")));
        }

        return [.. Enumerable.Repeat(label, count)];
    }
}
