namespace Vae.Dsl.Catalogue;

/// <summary>The final metrics that a training reports and <c>checks</c> may bound.</summary>
public static class MetricNames
{
    /// <summary>All of them. Those of <c>validation</c> need a validation set.</summary>
    public static ValueList<string> All { get; } =
    [
        "train.loss", "train.reconstruction", "train.kl",
        "validation.loss", "validation.reconstruction", "validation.kl",
        "test.loss", "test.reconstruction", "test.reconstruction-mu", "test.kl",
    ];

    /// <summary>The columns of the loss curve that early stopping can watch.</summary>
    public static ValueList<string> Curve { get; } = [.. All.Where(name => !name.StartsWith("test.", StringComparison.Ordinal))];
}
