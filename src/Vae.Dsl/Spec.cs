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

    /// <summary>How many numbers the optimizer changes, the two heads and the condition's embedding included.</summary>
    public long ParameterCount =>
        ArchitectureWriter.Count(Encoder) + (2 * ArchitectureWriter.HeadCount(this)) + ArchitectureWriter.Count(Decoder) + ArchitectureWriter.ConditionCount(this);

    /// <summary>The resolved form as YAML: every default written out, LF, the same text for equal specs. It loads back to an equal spec.</summary>
    public string ToYaml() => YamlWriter.Write(SpecNodes.From(this));

    /// <summary>The architecture as a text table: each layer with the shape that comes out and its parameters, and the total.</summary>
    public string Describe() => ArchitectureWriter.Write(this);

    /// <summary>A copy with another name.</summary>
    /// <exception cref="VaeException">The name has characters that are not allowed.</exception>
    public Spec WithName(string name) => SpecBuilder.From(this).Name(name).Build();

    /// <summary>A copy with another number of latent dimensions; shapes are inferred anew.</summary>
    /// <exception cref="VaeException">The number is not possible.</exception>
    public Spec WithLatent(int dim) => Changed(this with { Latent = Latent with { Dim = dim } });

    /// <summary>A copy in which the label becomes something else where layers join it; shapes are inferred anew.</summary>
    /// <param name="label"><c>one-hot</c> or <c>embedding</c>.</param>
    /// <param name="size">For an embedding: how many numbers a label becomes.</param>
    /// <exception cref="VaeException">It is not possible.</exception>
    public Spec WithCondition(string label, int? size = null) => SpecBuilder.From(this).Condition(label, size).Build();

    /// <summary>A copy with a constant KL weight.</summary>
    /// <exception cref="VaeException">The weight is negative or not finite.</exception>
    public Spec WithBeta(double beta) => WithLoss(Loss with { KlWeight = new WeightSpec.Constant(beta) });

    /// <summary>A copy with another loss.</summary>
    /// <exception cref="VaeException">The loss has a value that is not possible.</exception>
    public Spec WithLoss(LossSpec loss) => Changed(this with { Loss = loss });

    /// <summary>A copy that is trained so many epochs.</summary>
    /// <exception cref="VaeException">The number is not possible.</exception>
    public Spec WithEpochs(int epochs) => WithTrain(Train with { Length = epochs, Unit = TimeUnit.Epochs });

    /// <summary>A copy with another seed.</summary>
    /// <exception cref="VaeException">The seed is negative.</exception>
    public Spec WithSeed(int seed) => WithTrain(Train with { Seed = seed });

    /// <summary>A copy that is trained otherwise.</summary>
    /// <exception cref="VaeException">It has a value that is not possible.</exception>
    public Spec WithTrain(TrainSpec train) => Changed(this with { Train = train });

    /// <summary>A copy with other data; shapes are inferred anew, and the decoder must fit.</summary>
    /// <exception cref="VaeException">The data has a value that is not possible, or the networks do not fit it.</exception>
    public Spec WithData(DataSpec data) => Changed(this with { Data = data });

    /// <summary>A copy that leaves other things behind.</summary>
    /// <exception cref="VaeException">It has a value that is not possible.</exception>
    public Spec WithArtifacts(ArtifactsSpec artifacts) => Changed(this with { Artifacts = artifacts });

    private static Spec Changed(Spec spec) => SpecBuilder.From(spec).Build();
}
