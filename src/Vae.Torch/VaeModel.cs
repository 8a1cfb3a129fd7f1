using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch.Native;

namespace Vae.Torch;

/// <summary>
/// A trained model at work, on plain arrays in C order. It runs on the CPU, without gradients, dropout off and batch norms on their
/// running statistics. For one thread at a time.
/// </summary>
public sealed class VaeModel : IDisposable
{
    private readonly VaeNetwork network;
    private readonly Objective objective;

    private VaeModel(Spec spec, VaeNetwork network)
    {
        Spec = spec;
        this.network = network;
        objective = new Objective(spec, network);
    }

    /// <summary>What the model is.</summary>
    public Spec Spec { get; }

    /// <summary>Builds a spec's model with trained weights.</summary>
    /// <param name="spec">The spec that the weights were trained from.</param>
    /// <param name="weights">The state dict, in any order: <see cref="TrainingResult.Weights"/>, or what a safetensors file holds.</param>
    /// <exception cref="VaeException">VAE0001: libtorch cannot be loaded. VAE4006: an array is missing, unknown, given twice or of another shape.</exception>
    public static VaeModel Load(Spec spec, IReadOnlyList<NamedArray> weights)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(weights);
        TorchRuntime.EnsureLoaded();
        return Guarded(spec, () =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using RandomStreams streams = new(spec.Train.Seed, torch.CPU);
            VaeNetwork built = new(spec, streams, torch.CPU);
            try
            {
                built.Import(weights);
                return new VaeModel(spec, built);
            }
            catch
            {
                built.Dispose();
                throw;
            }
        });
    }

    /// <summary>The state dict under PyTorch's names, as it was loaded.</summary>
    public IReadOnlyList<NamedArray> Weights() => network.Export();

    /// <summary>The posterior's parameters of examples.</summary>
    /// <param name="examples">The data's values, <c>[n, …data shape]</c>.</param>
    /// <param name="labels">Their labels <c>[n]</c>, where the spec's encoder joins them.</param>
    /// <returns>Means and log-variances.</returns>
    /// <exception cref="VaeException">
    /// VAE4007: no whole number of examples. VAE4003: a value that an embedding has no row for. VAE4030, VAE4031, VAE4032: labels are missing, unknown, or of no use to the model.
    /// </exception>
    public Posterior Encode(float[] examples, int[]? labels = null)
    {
        CheckSize(examples, Spec.Data.Shape.Size, $"examples of shape {Spec.Data.Shape}");
        EmbeddingInput.Check(Spec, examples);
        CheckLabels(labels, examples.Length / Spec.Data.Shape.Size, Spec.Encoder.ReadsLabel, "examples");
        return Ask(evaluator => evaluator.Encode(examples, labels));
    }

    /// <summary>What codes stand for.</summary>
    /// <param name="codes">Codes, <c>[n, z]</c>.</param>
    /// <param name="labels">Their labels <c>[n]</c>, where the spec's decoder joins them.</param>
    /// <returns>The data's values, <c>[n, …data shape]</c>; where the loss takes logits, the sigmoid is applied here.</returns>
    /// <exception cref="VaeException">
    /// VAE4007: no whole number of codes. VAE4030, VAE4031, VAE4032: labels are missing, unknown, or of no use to the model.
    /// </exception>
    public float[] Decode(float[] codes, int[]? labels = null)
    {
        CheckSize(codes, Spec.Latent.Dim, string.Create(CultureInfo.InvariantCulture, $"codes of {Spec.Latent.Dim} dimensions"));
        CheckLabels(labels, codes.Length / Spec.Latent.Dim, Spec.Decoder.ReadsLabel, "codes");
        return Ask(evaluator => evaluator.Decode(codes, labels));
    }

    /// <summary>Decoded draws from the prior.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same draws; the spec's own gives those of <see cref="EvaluationRequest.PriorSamples"/>.</param>
    /// <param name="labels">A label for each, <c>[count]</c>, for a model with a condition; <c>null</c> for each label in turn.</param>
    /// <returns>The data's values, <c>[count, …data shape]</c>.</returns>
    /// <exception cref="VaeException">VAE4030, VAE4031, VAE4032: labels are too few or too many, unknown, or of no use to the model.</exception>
    public float[] Sample(int count, int seed, int[]? labels = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        CheckLabels(labels, count, isNeeded: false, "samples");
        int[]? given = labels ?? (Spec.Condition is { } condition ? ConditionLabels.InTurn(count, condition) : null);
        return Ask(evaluator => evaluator.Decode(evaluator.PriorCodes(count), given), seed);
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    private static T Guarded<T>(Spec spec, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ExternalException failure)
        {
            throw new VaeException(
                DiagnosticTable.Training.Library.At(null, $"the tensor library failed with the model of '{spec.Name}': {failure.Message}"), failure);
        }
    }

    private static void CheckSize(float[] values, long size, string what)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length % size != 0)
        {
            throw new VaeException(DiagnosticTable.Training.ArraySize.At(null, string.Create(
                CultureInfo.InvariantCulture, $"{values.Length} numbers are no whole number of {what} ({size} numbers each).")));
        }
    }

    private void CheckLabels(int[]? labels, long count, bool isNeeded, string what)
    {
        if (Spec.Condition is not { } condition)
        {
            if (labels is not null)
                throw new VaeException(DiagnosticTable.Training.NoCondition.At(null, $"labels are given, but '{Spec.Name}' has no condition: no layer joins them."));
            return;
        }

        if (labels is null && isNeeded)
            throw new VaeException(DiagnosticTable.Training.LabelsMissing.At(null, $"'{Spec.Name}' has a condition: give it the label of each of the {what}, from 0 to {condition.Classes - 1}."));
        if (labels is null)
            return;
        if (labels.Length != count)
        {
            throw new VaeException(DiagnosticTable.Training.LabelsMissing.At(null, string.Create(
                CultureInfo.InvariantCulture, $"{labels.Length} labels are given for {count} {what}.")));
        }

        ConditionLabels.Check(labels, condition, $"the {what}");
    }

    private T Ask<T>(Func<Evaluator, T> question, int? seed = null) => Guarded(Spec, () =>
    {
        using RandomStreams streams = new(seed ?? Spec.Train.Seed, network.Device);
        return question(new Evaluator(Spec, network, objective, streams, CancellationToken.None));
    });
}
