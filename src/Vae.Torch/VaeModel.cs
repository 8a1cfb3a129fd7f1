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
    /// <returns>Means and log-variances.</returns>
    /// <exception cref="VaeException">VAE4007: no whole number of examples. VAE4003: a value that an embedding has no row for.</exception>
    public Posterior Encode(float[] examples)
    {
        CheckSize(examples, Spec.Data.Shape.Size, $"examples of shape {Spec.Data.Shape}");
        EmbeddingInput.Check(Spec, examples);
        return Ask(evaluator => evaluator.Encode(examples));
    }

    /// <summary>What codes stand for.</summary>
    /// <param name="codes">Codes, <c>[n, z]</c>.</param>
    /// <returns>The data's values, <c>[n, …data shape]</c>; where the loss takes logits, the sigmoid is applied here.</returns>
    /// <exception cref="VaeException">VAE4007: no whole number of codes.</exception>
    public float[] Decode(float[] codes)
    {
        CheckSize(codes, Spec.Latent.Dim, string.Create(CultureInfo.InvariantCulture, $"codes of {Spec.Latent.Dim} dimensions"));
        return Ask(evaluator => evaluator.Decode(codes));
    }

    /// <summary>Decoded draws from the prior.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same draws; the spec's own gives those of <see cref="EvaluationRequest.PriorSamples"/>.</param>
    /// <returns>The data's values, <c>[count, …data shape]</c>.</returns>
    public float[] Sample(int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Ask(evaluator => evaluator.Decode(evaluator.PriorCodes(count)), seed);
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

    private T Ask<T>(Func<Evaluator, T> question, int? seed = null) => Guarded(Spec, () =>
    {
        using RandomStreams streams = new(seed ?? Spec.Train.Seed, network.Device);
        return question(new Evaluator(Spec, network, objective, streams, CancellationToken.None));
    });
}
