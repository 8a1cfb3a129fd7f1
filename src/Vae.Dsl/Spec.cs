using Vae.Dsl.Building;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Writing;

namespace Vae.Dsl;

/// <summary>
/// A checked experiment: parameters substituted, variants applied, short forms expanded, defaults filled in, shapes inferred.
/// Immutable; two specs with equal content are equal. Made by <c>SpecLoader</c> or <c>SpecBuilder</c>; <c>ToYaml()</c> writes
/// the resolved form, which is what is fingerprinted and left beside the model.
/// </summary>
public sealed record Spec
{
    /// <summary>The name: folder, files and messages use it.</summary>
    public required string Name { get; init; }

    /// <summary>A sentence for readers; or <c>null</c>.</summary>
    public string? Description { get; init; }

    /// <summary>What it is trained on.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>What the networks are told besides the data; <c>null</c> for a model without a condition.</summary>
    public ConditionSpec? Condition { get; init; }

    /// <summary>Data to features. Its output is a vector, which the two heads read.</summary>
    public required Network Encoder { get; init; }

    /// <summary>The code.</summary>
    public required LatentSpec Latent { get; init; }

    /// <summary>Code to data. Its output has the data's shape.</summary>
    public required Network Decoder { get; init; }

    /// <summary>What is minimized.</summary>
    public required LossSpec Loss { get; init; }

    /// <summary>How.</summary>
    public required TrainSpec Train { get; init; }

    /// <summary>What is left behind.</summary>
    public required ArtifactsSpec Artifacts { get; init; }

    /// <summary>What must hold of the result.</summary>
    public required ChecksSpec Checks { get; init; }

    /// <summary>How many numbers the optimizer changes: those of the two heads, of the condition's embedding and of the loss included.</summary>
    public long ParameterCount =>
        ArchitectureWriter.Count(Encoder) + (2 * ArchitectureWriter.HeadCount(this)) + ArchitectureWriter.Count(Decoder) + ArchitectureWriter.ConditionCount(this) +
        Loss.Weights.Sum(weight => weight.Shape.Size);

    /// <summary>How many numbers belong to the model and are not trained: running statistics of batch norms.</summary>
    public long BufferCount => ArchitectureWriter.BufferCount(this);

    /// <summary>The architecture line by line: each layer with the shape that comes out and its parameters.</summary>
    public IReadOnlyList<ArchitectureRow> Architecture => ArchitectureWriter.Rows(this);

    /// <summary>The resolved form as YAML: every default written out, LF, the same text for equal specs. It loads back to an equal spec.</summary>
    public string ToYaml() => YamlWriter.Write(SpecNodes.From(this));

    /// <summary>The architecture as a text table: each layer with the shape that comes out and its parameters, and the total.</summary>
    public string Describe() => ArchitectureWriter.Write(this);

    /// <summary>A copy with another name.</summary>
    /// <exception cref="VaeException">The name has characters that are not allowed.</exception>
    public Spec WithName(string name) => SpecBuilder.From(this).Name(name).Build();

    /// <summary>A copy with another sentence for readers.</summary>
    public Spec WithDescription(string description) => SpecBuilder.From(this).Description(description).Build();

    /// <summary>A copy with other data; shapes are inferred anew, and the decoder must fit.</summary>
    /// <exception cref="VaeException">The data has a value that is not possible, or the networks do not fit it.</exception>
    public Spec WithData(DataSpec data) => Changed(this with { Data = data });

    /// <summary>A copy whose data differs in what is given: the parameters are those of <see cref="SpecBuilder.DataFrom"/>.</summary>
    /// <exception cref="VaeException">A value is not possible, or the networks do not fit.</exception>
    public Spec WithData(string? path = null, IEnumerable<int>? shape = null, string? labels = null, int? classes = null, IEnumerable<string>? columns = null, string? scale = null, string? binarize = null, Amount? validation = null, Amount? test = null, Amount? limit = null, string? time = null, WindowSpec? window = null, SplitSpec? split = null) =>
        Over(part => part.DataPart(path, shape, labels, classes, columns, scale, binarize, validation, test, limit, time, window, split));

    /// <summary>A copy in which the label becomes something else where layers join it; shapes are inferred anew.</summary>
    /// <param name="label">One of <see cref="Conditions"/>, or its name.</param>
    /// <exception cref="VaeException">It is not possible.</exception>
    public Spec WithCondition(Component label) => SpecBuilder.From(this).Condition(label).Build();

    /// <summary>A copy with other layers in the encoder; shapes are inferred anew.</summary>
    /// <exception cref="VaeException">A layer has a value that is not possible, or does not fit.</exception>
    public Spec WithEncoder(params ValueList<Layer>[] layers) => SpecBuilder.From(this).Encoder(layers).Build();

    /// <summary>A copy with other layers in the encoder; shapes are inferred anew.</summary>
    /// <exception cref="VaeException">A layer has a value that is not possible, or does not fit.</exception>
    public Spec WithEncoder(IEnumerable<Layer> layers) => SpecBuilder.From(this).Encoder(layers).Build();

    /// <summary>A copy with other layers in the decoder; shapes are inferred anew.</summary>
    /// <exception cref="VaeException">A layer has a value that is not possible, or does not fit.</exception>
    public Spec WithDecoder(params ValueList<Layer>[] layers) => SpecBuilder.From(this).Decoder(layers).Build();

    /// <summary>A copy with other layers in the decoder; shapes are inferred anew.</summary>
    /// <exception cref="VaeException">A layer has a value that is not possible, or does not fit.</exception>
    public Spec WithDecoder(IEnumerable<Layer> layers) => SpecBuilder.From(this).Decoder(layers).Build();

    /// <summary>A copy whose code is another; shapes are inferred anew.</summary>
    /// <param name="dim">How many dimensions.</param>
    /// <param name="logvarClamp">The bounds that the log-variance is clamped to; as before where it is <c>null</c>.</param>
    /// <exception cref="VaeException">A value is not possible.</exception>
    public Spec WithLatent(int dim, Interval? logvarClamp = null) => Over(part => part.Latent(dim, logvarClamp));

    /// <summary>A copy with a constant KL weight.</summary>
    /// <exception cref="VaeException">The weight is negative or not finite.</exception>
    public Spec WithBeta(double beta) => WithLoss(kl: beta);

    /// <summary>A copy with another loss.</summary>
    /// <exception cref="VaeException">The loss has a value that is not possible.</exception>
    public Spec WithLoss(LossSpec loss) => Changed(this with { Loss = loss });

    /// <summary>A copy whose loss differs in what is given.</summary>
    /// <exception cref="VaeException">A value is not possible.</exception>
    public Spec WithLoss(Component? reconstruction = null, WeightSpec? kl = null, double? freeBits = null, WeightSpec? capacity = null, IEnumerable<Component>? terms = null) =>
        Over(part => part.Loss(reconstruction ?? Loss.Reconstruction, kl, freeBits, capacity, terms));

    /// <summary>A copy that is trained so many epochs.</summary>
    /// <exception cref="VaeException">The number is not possible.</exception>
    public Spec WithEpochs(int epochs) => WithTrain(epochs: epochs);

    /// <summary>A copy with another seed.</summary>
    /// <exception cref="VaeException">The seed is negative.</exception>
    public Spec WithSeed(int seed) => WithTrain(seed: seed);

    /// <summary>A copy that is trained otherwise.</summary>
    /// <exception cref="VaeException">It has a value that is not possible.</exception>
    public Spec WithTrain(TrainSpec train) => Changed(this with { Train = train });

    /// <summary>A copy that is trained otherwise in what is given: the parameters are those of <see cref="SpecBuilder.Train"/>.</summary>
    /// <exception cref="VaeException">A value is not possible.</exception>
    public Spec WithTrain(int? epochs = null, int? steps = null, int? batch = null, Component? optimizer = null, double? lr = null, Component? schedule = null, double? clipNorm = null, int? seed = null, int? threads = null, string? device = null, StopSpec? stop = null, string? precision = null, double? ema = null, Component? init = null) =>
        Over(part => part.Train(epochs, steps, batch, optimizer, lr, schedule, clipNorm, seed, threads, device, stop, precision, ema, init));

    /// <summary>A copy that leaves other things behind.</summary>
    /// <exception cref="VaeException">It has a value that is not possible.</exception>
    public Spec WithArtifacts(ArtifactsSpec artifacts) => Changed(this with { Artifacts = artifacts });

    /// <summary>A copy that differs in some of what it leaves behind: the parameters are those of the builder's method.</summary>
    /// <exception cref="VaeException">A value is not possible.</exception>
    public Spec WithArtifacts(IEnumerable<string>? weights = null, IEnumerable<string>? onnx = null, IEnumerable<Component>? plots = null, string? report = null, int? samples = null, int? logLikelihood = null, string? code = null) =>
        Over(part => part.Artifacts(weights, onnx, plots, report, samples, logLikelihood, code));

    /// <summary>A copy of whose result something else must hold.</summary>
    /// <exception cref="VaeException">It has a value that is not possible.</exception>
    public Spec WithChecks(ChecksSpec checks) => Changed(this with { Checks = checks });

    private static Spec Changed(Spec spec) => SpecBuilder.From(spec).Build();

    private Spec Over(Func<SpecBuilder, SpecBuilder> change) => SpecBuilder.From(this).Over(change(new SpecBuilder(Name))).Build();
}
