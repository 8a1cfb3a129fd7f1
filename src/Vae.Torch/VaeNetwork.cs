using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch.Layers;
using Vae.Torch.Losses;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>A spec's encoder, heads and decoder as modules.</summary>
internal sealed class VaeNetwork : nn.Module
{
    private readonly int dimensions;
    private readonly LayerStack encoder;
    private readonly GaussianHeads heads;
    private readonly LayerStack decoder;
    private readonly LabelEncoder? condition;
    private readonly List<(string Name, Parameter Values)> ofLoss = [];

    /// <summary>Builds the modules and draws their weights: encoder, mu, logvar, decoder, the condition's embedding, what the loss learns.</summary>
    [SuppressMessage("Usage", "MA0056:Do not call overridable members in constructor", Justification = "Registration is the framework's, and the class is sealed.")]
    public VaeNetwork(Spec spec, RandomStreams streams, Device device)
        : base(nameof(VaeNetwork))
    {
        Device = device;
        Type = spec.Train.Precision == Precision.Float64 ? float64 : float32;
        dimensions = spec.Latent.Dim;
        NormalizesOverBatch = spec.Encoder.AllLayers.Concat(spec.Decoder.AllLayers).Any(layer => layer.Kind == "batchnorm");
        var weights = new WeightFactory(spec.Train.Init, streams.Training, Type, device);
        encoder = new LayerStack(spec.Encoder, weights, streams.Noise);
        heads = new GaussianHeads((int)spec.Encoder.Output.Size, spec.Latent, weights);
        decoder = new LayerStack(spec.Decoder, weights, streams.Noise);
        condition = spec.Condition is null ? null : new LabelEncoder(spec.Condition, weights);
        register_module(nameof(encoder), encoder);
        register_module("latent", heads);
        register_module(nameof(decoder), decoder);
        if (condition is not null)
            register_module(nameof(condition), condition);
        foreach (WeightDefinition definition in spec.Loss.Weights)
        {
            var parameter = new Parameter(weights.Create(definition));
            parameter.DetachFromDisposeScope();
            register_parameter(definition.Name, parameter);
            ofLoss.Add((definition.Name, parameter));
        }

        Trainable = [.. parameters()];
    }

    /// <summary>Where the weights are.</summary>
    public Device Device { get; }

    /// <summary>What its weights are, and what it computes in.</summary>
    public ScalarType Type { get; }

    /// <summary>What the optimizer changes.</summary>
    public IReadOnlyList<Parameter> Trainable { get; }

    /// <summary>The parameter behind the standard deviation of the reconstruction; <c>null</c> where that is not learned.</summary>
    public Tensor? LogSigma => ofLoss.Count == 0 ? null : ofLoss[0].Values;

    /// <summary>The standard deviation of the reconstruction as it is now; <c>null</c> where it is not learned.</summary>
    public double? Sigma
    {
        get
        {
            if (LogSigma is null)
                return null;
            using DisposeScope scope = NewDisposeScope();
            using IDisposable frozen = no_grad();
            return Math.Exp(LearnedGaussianLoss.LogSigma(LogSigma).ToDouble());
        }
    }

    /// <summary>Whether a batch of one example cannot be normalized.</summary>
    public bool NormalizesOverBatch { get; }

    /// <summary>
    /// Standard normal numbers <c>[n, z]</c>. They are drawn as 32-bit floats whatever the model computes in: a stream means the same noise in
    /// every precision.
    /// </summary>
    public Tensor Draw(long count, Generator noise)
    {
        Tensor drawn = randn([count, dimensions], float32, Device, generator: noise);
        return Type == float32 ? drawn : drawn.to(Type);
    }

    /// <summary>What labels <c>[n]</c> are to <see cref="Encode"/> and <see cref="Decode"/>: <c>[n, size]</c>; <c>null</c> for a model without a condition.</summary>
    public Tensor? Label(Tensor? labels) => condition is null || labels is null ? null : condition.Forward(labels);

    /// <summary>The posterior of a batch <c>[n, …data shape]</c>, with what its labels are where a layer joins them.</summary>
    public DiagonalGaussian Encode(Tensor batch, Tensor? label = null) => heads.Forward(encoder.Forward(batch, encoder.Layers.Count, label));

    /// <summary>What the decoder's first layers make of codes <c>[n, z]</c>: all of them, or all but some at the end.</summary>
    public Tensor Decode(Tensor codes, Tensor? label = null, int withoutLast = 0) => decoder.Forward(codes, decoder.Layers.Count - withoutLast, label);

    /// <summary>The weights and buffers as plain arrays under PyTorch's names.</summary>
    public IReadOnlyList<NamedArray> Export()
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. StateDict().Select(array => TensorArrays.Named(array.Name, array.Values))];
    }

    /// <summary>The arrays' names in the order of <see cref="Snapshot"/>.</summary>
    public IReadOnlyList<string> Names()
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. StateDict().Select(array => array.Name)];
    }

    /// <summary>Takes over weights and buffers.</summary>
    /// <exception cref="VaeException">VAE4006: an array is missing, unknown, given twice or of another shape.</exception>
    public void Import(IReadOnlyList<NamedArray> weights)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        List<(string Name, Tensor Values)> own = [.. StateDict()];
        Check(own, weights);
        Dictionary<string, NamedArray> given = weights.ToDictionary(array => array.Name, StringComparer.Ordinal);
        foreach ((string name, Tensor values) in own)
            values.copy_(tensor(given[name].Values).reshape(values.shape));
    }

    /// <summary>
    /// What a running mean of the weights is taken of: views of all weights and running statistics, but not of counters. The caller
    /// disposes of them.
    /// </summary>
    public IReadOnlyList<Tensor> Averaged()
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. StateDict().Where(array => !array.Name.EndsWith(".num_batches_tracked", StringComparison.Ordinal)).Select(array => array.Values.alias().DetachFromDisposeScope())];
    }

    /// <summary>Copies of all arrays, kept until they are disposed of.</summary>
    public IReadOnlyList<Tensor> Snapshot()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        return [.. StateDict().Select(array => array.Values.clone().DetachFromDisposeScope())];
    }

    /// <summary>Takes over what <see cref="Snapshot"/> gave.</summary>
    public void Restore(IReadOnlyList<Tensor> snapshot)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        foreach (((_, Tensor values), Tensor saved) in StateDict().Zip(snapshot))
            values.copy_(saved);
    }

    /// <summary>Whether every weight and buffer is a finite number.</summary>
    public bool IsFinite()
    {
        using DisposeScope scope = NewDisposeScope();
        return StateDict().All(array => isfinite(array.Values).all().item<bool>());
    }

    private IEnumerable<(string Name, Tensor Values)> StateDict() =>
    [
        .. Arrays("encoder", encoder),
        .. heads.Arrays.Select(array => ("latent." + array.Name, array.Values)),
        .. Arrays("decoder", decoder),
        .. condition is null ? [] : condition.Arrays.Select(array => ("condition." + array.Name, array.Values)),
        .. ofLoss.Select(array => ("loss." + array.Name, array.Values.detach())),
    ];

    private static IEnumerable<(string Name, Tensor Values)> Arrays(string prefix, LayerStack stack) =>
        stack.Arrays.Select(array => ($"{prefix}.{array.Name}", array.Values.detach()));

    private static void Check(List<(string Name, Tensor Values)> own, IReadOnlyList<NamedArray> weights)
    {
        List<string> faults = [];
        ILookup<string, NamedArray> given = weights.ToLookup(array => array.Name, StringComparer.Ordinal);
        foreach ((string name, Tensor values) in own)
        {
            NamedArray[] found = [.. given[name]];
            Shape expected = TensorArrays.ShapeOf(values);
            if (found.Length == 0)
                faults.Add($"'{name}' {expected} is missing");
            else if (found.Length > 1)
                faults.Add($"'{name}' is there {found.Length.ToString(CultureInfo.InvariantCulture)} times");
            else if (found[0].Shape != expected)
                faults.Add($"'{name}' has the shape {found[0].Shape}, and should have {expected}");
            else if (found[0].Values.Length != expected.Size)
                faults.Add($"'{name}' {expected} holds {found[0].Values.Length.ToString(CultureInfo.InvariantCulture)} numbers");
        }

        HashSet<string> known = own.Select(array => array.Name).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(given.Where(group => !known.Contains(group.Key)).Select(group => $"'{group.Key}' is no array of this spec"));
        if (faults.Count > 0)
        {
            throw new VaeException(DiagnosticTable.Training.Weights.At(
                null, $"the weights do not fit the spec: {string.Join("; ", faults)}. Use the weights that were trained from this spec."));
        }
    }
}
