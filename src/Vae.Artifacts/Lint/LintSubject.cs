using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Lint;

/// <summary>
/// A result with the answers that rules look at; <c>null</c> for what nobody asked, and for what codes look like after a training of a few steps:
/// that they say nothing yet is no fault.
/// </summary>
internal sealed class LintSubject
{
    // So many examples tell what the rest is like.
    private const int ExamplesForRanges = 2000;

    // Codes of more numbers than this would take more memory than they are worth.
    private const int MostCodes = 1_000_000;

    // Fewer steps hardly move the weights from where they were drawn.
    private const int LeastSteps = 100;

    private readonly Lazy<AggregatePosterior?> posterior;

    public LintSubject(TrainingResult result)
    {
        Result = result;
        Split = result.Spec.Data.MostTellingSplit;
        bool isTrained = result.Steps is 0 or >= LeastSteps;
        Statistics = isTrained ? Answer(result, StatisticsOf(result.Spec)) : null;
        Codes = isTrained ? Answer(result, CodesOf(result.Spec)) : null;
        Ranges = Answer(result, RangesOf(result.Spec));
        posterior = new Lazy<AggregatePosterior?>(() => Codes is { } codes && codes.Get("mu").Shape[0] > 0 ? new AggregatePosterior(codes.Get("mu"), codes.Get("logvar")) : null);
    }

    public TrainingResult Result { get; }

    public Spec Spec => Result.Spec;

    /// <summary>The split that the answers are of.</summary>
    public string Split { get; }

    /// <summary><c>kl</c> and <c>variance</c> by dimension.</summary>
    public Evaluation? Statistics { get; }

    /// <summary><c>mu</c> and <c>logvar</c>.</summary>
    public Evaluation? Codes { get; }

    /// <summary>How far data and reconstructions reach.</summary>
    public Evaluation? Ranges { get; }

    /// <summary>All codes together.</summary>
    public AggregatePosterior? Posterior => posterior.Value;

    /// <summary>How many latent dimensions are active; <c>null</c> where it was not measured.</summary>
    public int? ActiveUnits => Statistics?.Get("variance").Values.Count(value => value > KlByDimensionPlot.ActiveVariance);

    /// <summary>What has to be asked of the trained model.</summary>
    public static IEnumerable<EvaluationRequest> RequestsFor(Spec spec) => [StatisticsOf(spec), CodesOf(spec), RangesOf(spec)];

    private static EvaluationRequest.LatentStatistics StatisticsOf(Spec spec) => new(spec.Data.MostTellingSplit);

    private static EvaluationRequest.Codes CodesOf(Spec spec) => new(spec.Data.MostTellingSplit, Math.Clamp(MostCodes / spec.Latent.Dim, 200, 10_000));

    private static EvaluationRequest.Ranges RangesOf(Spec spec) => new(spec.Data.MostTellingSplit, ExamplesForRanges);

    private static Evaluation? Answer(TrainingResult result, EvaluationRequest request) =>
        result.Evaluations.FirstOrDefault(evaluation => evaluation.Request == request);
}
