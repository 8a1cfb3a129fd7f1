namespace Vae.Dsl.Catalogue;

/// <summary>The final metrics that a training reports and <c>checks</c> may bound.</summary>
public static class MetricNames
{
    /// <summary>The standard deviation of the reconstruction, where it is learned.</summary>
    public const string Sigma = "sigma";

    /// <summary>What the KL counts beside a summed squared error, where σ is learned: 2σ² times the KL's weight.</summary>
    public const string Beta = "beta";

    /// <summary>The estimate of log p(x) in nats, the mean over the test set, where it is asked for.</summary>
    public const string LogLikelihood = "test.log-likelihood";

    private static readonly string[] Terms = [.. TermCatalogue.Rows.All.Select(row => row.Name)];

    /// <summary>All of them. Those of <c>validation</c> need a validation set, those of a term that term.</summary>
    public static ValueList<string> All { get; } =
    [
        .. Of("train", "loss", "reconstruction", "kl"),
        .. Of("validation", "loss", "reconstruction", "kl"),
        .. Of("test", "loss", "reconstruction", "reconstruction-mu", "kl"),
        LogLikelihood, Sigma, Beta,
    ];

    /// <summary>The columns of the loss curve that early stopping can watch.</summary>
    public static ValueList<string> Curve { get; } = [.. All.Where(name => name.Contains('.', StringComparison.Ordinal) && !name.StartsWith("test.", StringComparison.Ordinal))];

    /// <summary>The columns of the loss curve but <c>epoch</c>. Those of <c>validation</c> need a validation set, those of a term that term.</summary>
    public static ValueList<string> Columns { get; } = [.. Curve, "kl.weight", "kl.capacity", "lr", Sigma, Beta];

    /// <summary>Whether a training of this loss reports a metric, as far as its terms are concerned.</summary>
    public static bool IsMeasured(string metric, LossSpec loss)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(loss);
        string measure = metric[(metric.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return measure switch
        {
            Sigma or Beta => loss.LearnsSigma,
            _ when Terms.Contains(measure) => loss.Terms.Any(term => term.Kind == measure),
            _ => true,
        };
    }

    private static IEnumerable<string> Of(string split, params string[] measures) => measures.Concat(Terms).Select(measure => $"{split}.{measure}");
}
