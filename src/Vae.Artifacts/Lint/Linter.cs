using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Lint;

/// <summary>Looks at a finished training for what tends to go wrong, and says what to do about it.</summary>
public static class Linter
{
    private static readonly ILintRule[] Rules =
    [
        new PosteriorCollapseRule(),
        new InactiveUnitsRule(),
        new PriorHoleRule(),
        new TargetRangeRule(),
        new MeanReductionRule(),
        new ValidationDivergesRule(),
        new LogVarianceBoundRule(),
        new SigmaFloorRule(),
    ];

    /// <summary>What has to be asked of the trained model; the plots ask for much of it anyway.</summary>
    public static IReadOnlyList<EvaluationRequest> RequestsFor(Spec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return [.. LintSubject.RequestsFor(spec)];
    }

    /// <summary>What was found, warnings before messages, by code. What was not measured is not looked at.</summary>
    public static IReadOnlyList<Finding> Findings(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var subject = new LintSubject(result);
        return
        [
            .. Rules.Select(rule => rule.Check(subject)).OfType<Finding>()
                .OrderByDescending(finding => finding.Code.Severity)
                .ThenBy(finding => finding.Code.Id, StringComparer.Ordinal),
        ];
    }
}
