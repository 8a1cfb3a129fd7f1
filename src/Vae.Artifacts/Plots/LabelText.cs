using System.Globalization;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>Labels as plots and tables write them.</summary>
internal static class LabelText
{
    /// <summary>The label's number.</summary>
    public static string Of(TrainingResult result, int label) => label.ToString(CultureInfo.InvariantCulture);

    /// <summary>What decoded examples were told, as the end of a sentence: one label, each in turn, or nothing for a model without a condition.</summary>
    public static string Described(TrainingResult result, NamedArray? labels) => labels?.Values.Distinct().ToArray() switch
    {
        null => "",
        [float only] => $", label {Of(result, (int)only)}",
        _ => ", with each label in turn",
    };
}
