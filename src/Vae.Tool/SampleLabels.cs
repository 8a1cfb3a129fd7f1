using System.Globalization;
using Vae.Artifacts;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool;

/// <summary>The labels of samples as a command line asks for them.</summary>
internal static class SampleLabels
{
    /// <summary>A label for each sample: the one asked for, or each in turn; <c>null</c> for a model without a condition.</summary>
    /// <exception cref="VaeException">VAE4031: there is no such label. VAE4032: the model has no condition.</exception>
    public static int[]? Of(TrainedModel model, string? asked, int count)
    {
        Spec spec = model.Spec;
        if (spec.Condition is not { } condition)
        {
            return asked is null
                ? null
                : throw new VaeException(DiagnosticTable.Training.NoCondition.At(null, $"'--label {asked}' is given, but '{spec.Name}' has no condition: no layer joins the label."));
        }

        if (asked is null)
            return [.. Enumerable.Range(0, count).Select(i => i % condition.Classes)];
        if (Find(model.Units.Labels, asked, condition.Classes) is int label)
            return [.. Enumerable.Repeat(label, count)];
        string known = model.Units.Labels.Count > 0 ? string.Join(", ", model.Units.Labels) : string.Create(CultureInfo.InvariantCulture, $"0 to {condition.Classes - 1}");
        throw new VaeException(DiagnosticTable.Training.UnknownLabel.At(null, $"'{spec.Name}' has no label '{asked}'. There are: {known}."));
    }

    /// <summary>A name as it is written, or else in other letters; a number counts classes, unless it is a name.</summary>
    private static int? Find(ValueList<string> names, string asked, int classes)
    {
        foreach (StringComparison comparison in (StringComparison[])[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
        {
            int place = names.ToList().FindIndex(name => name.Equals(asked, comparison));
            if (place >= 0)
                return place;
        }

        return int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < classes ? number : null;
    }
}
