using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>Labels as plots write them.</summary>
internal static class LabelText
{
    /// <summary>What decoded examples were told, as the end of a sentence: one label, each in turn, or nothing for a model without a condition.</summary>
    public static string Described(TrainingResult result, NamedArray? labels) => labels?.Values.Distinct().ToArray() switch
    {
        null => "",
        [float only] => $", label {result.Units.NameOf((int)only)}",
        _ => ", with each label in turn",
    };
}
