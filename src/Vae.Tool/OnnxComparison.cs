using System.Globalization;
using Vae.Artifacts;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Runtime;

namespace Vae.Tool;

/// <summary>Runs exported models in ONNX Runtime on what the trained network was asked, before they are written.</summary>
/// <param name="result">The result, with the answer to <see cref="ArtifactWriter.Probe"/>.</param>
/// <param name="report">Told where there is no ONNX Runtime.</param>
/// <param name="tell">Told what takes long, where its package is restored.</param>
/// <param name="cancellationToken">Ends a download.</param>
internal sealed class OnnxComparison(TrainingResult result, Action<Diagnostic> report, Action<string> tell, CancellationToken cancellationToken)
{
    /// <summary>The largest difference that is rounding, relative to the largest number of an output, where that is above 1.</summary>
    public const double Limit = 1e-4;

    // Two runtimes of 1 thread each: a batch this small gains nothing from more.
    private static readonly OnnxVaeOptions Options = new() { Threads = 1 };

    /// <summary>Compares the models that there are.</summary>
    /// <param name="encoder">The bytes of <c>encoder.onnx</c>, or <c>null</c>.</param>
    /// <param name="decoder">The bytes of <c>decoder.onnx</c>, or <c>null</c>.</param>
    /// <returns>The largest difference; <c>null</c> where ONNX Runtime cannot be loaded, which is reported (VAE4042).</returns>
    /// <exception cref="VaeException">VAE4041: a model cannot be read, or differs by more than <see cref="Limit"/>.</exception>
    public double? Run(byte[]? encoder, byte[]? decoder)
    {
        if (OnnxRuntimeLibrary.TryLoad(tell, cancellationToken) is string reason)
        {
            report(DiagnosticTable.Training.OnnxUnchecked.At(null, $"the ONNX models of '{result.Spec.Name}' were not compared with the trained network: {reason}"));
            return null;
        }

        double worst = 0;
        if (encoder is not null)
            worst = Compare(ArtifactFolder.Encoder, encoder, "x", ("mu", "mu"), ("logvar", "logvar"));
        if (decoder is not null)
            worst = Math.Max(worst, Compare(ArtifactFolder.Decoder, decoder, "z", ("x", "decoded")));
        return worst;
    }

    /// <summary>The largest difference of two outputs, relative to the largest number expected, or to 1; infinite where only one is a number.</summary>
    internal static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        if (expected.Length != actual.Length)
            return double.PositiveInfinity;
        double scale = 1, worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            // The same infinity, or no number on both sides, is no difference.
            double difference = expected[i].Equals(actual[i]) ? 0 : Math.Abs((double)expected[i] - actual[i]);
            if (!double.IsFinite(difference))
                return double.PositiveInfinity;
            worst = Math.Max(worst, difference);
            if (float.IsFinite(expected[i]))
                scale = Math.Max(scale, Math.Abs(expected[i]));
        }

        return worst / scale;
    }

    private double Compare(string file, byte[] model, string input, params (string Output, string Expected)[] outputs)
    {
        Evaluation expected = result.Evaluation(ArtifactWriter.Probe);
        NamedArray values = expected.Get(input);
        int count = values.Shape[0];
        long[] labels = result.Spec.Condition is null ? [] : Array.ConvertAll(expected.Get("labels").Values, label => (long)label);
        float[][] actual;
        try
        {
            using var network = OnnxNetwork.Open(model, file, Options, input, [.. outputs.Select(output => output.Output)]);
            actual = network.Run(values.Values, count, labels);
        }
        catch (Exception e) when (e is VaeModelException or Microsoft.ML.OnnxRuntime.OnnxRuntimeException)
        {
            throw Fault($"ONNX Runtime cannot run {file} of '{result.Spec.Name}': {e.Message}", e);
        }

        double worst = 0;
        foreach (((string output, string name), float[] numbers) in outputs.Zip(actual))
        {
            double difference = Difference(expected.Get(name).Values, numbers);
            if (difference > Limit)
            {
                throw Fault(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{output}' of {file} differs from the trained network of '{result.Spec.Name}' by {difference:G3} of its largest number on {count} examples; rounding gives less than {Limit}"));
            }

            worst = Math.Max(worst, difference);
        }

        return worst;
    }

    private static VaeException Fault(string message, Exception? inner = null) => new(DiagnosticTable.Training.OnnxDiffers.At(null, message), inner);
}
