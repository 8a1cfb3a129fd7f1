using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Labels on their way into a network.</summary>
internal static class ConditionLabels
{
    /// <summary>The labels as the tensor <c>[n]</c> of whole numbers that indexing takes. It belongs to the caller's scope.</summary>
    public static Tensor ToTensor(ReadOnlySpan<int> labels, Device device)
    {
        long[] wide = new long[labels.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = labels[i];
        return tensor(wide, int64, device);
    }

    /// <summary>Each label in turn, over and over.</summary>
    public static int[] InTurn(int count, ConditionSpec condition) => [.. Enumerable.Range(0, count).Select(i => i % condition.Classes)];

    /// <summary>Refuses a label that the condition does not count.</summary>
    /// <exception cref="VaeException">VAE4031.</exception>
    public static void Check(int[] labels, ConditionSpec condition, string whose)
    {
        int place = Array.FindIndex(labels, label => label < 0 || label >= condition.Classes);
        if (place >= 0)
        {
            throw new VaeException(DiagnosticTable.Training.UnknownLabel.At(null, string.Create(
                CultureInfo.InvariantCulture, $"label {labels[place]} of {whose} (number {place}, from 0) is unknown to the model: its labels go from 0 to {condition.Classes - 1}.")));
        }
    }
}
