namespace Vae.Artifacts.Snapshots;

/// <summary>What a comparison with an accepted file found.</summary>
/// <param name="Used">How much of the tolerance is used: up to 1 is equal, infinite for what is compared exactly or is missing.</param>
/// <param name="Lines">What differs, the worst first; of a file that is equal, what has used most of its tolerance.</param>
internal sealed record Comparison(double Used, IReadOnlyList<string> Lines)
{
    private const double NearlyAll = 0.8;
    private const int MaxLines = 12;

    /// <summary>No difference at all.</summary>
    public static Comparison Equal { get; } = new(0, []);

    public bool IsEqual => Used <= 1;

    /// <summary>The lines as one text; empty where there is nothing to tell.</summary>
    public string Text => Shortened.Join(Lines, MaxLines);

    /// <summary>Something that cannot be measured: a missing name, other text, a damaged file.</summary>
    public static Comparison Different(params IReadOnlyList<string> lines) => new(double.PositiveInfinity, lines);

    /// <summary>All numbers of a file, the worst first.</summary>
    public static Comparison Of(IEnumerable<Deviation> deviations)
    {
        Deviation[] ordered = [.. deviations.OrderByDescending(deviation => deviation.Used)];
        if (ordered.Length == 0)
            return Equal;
        double used = ordered[0].Used;
        double told = used > 1 ? 1 : NearlyAll;
        return new Comparison(used, [.. ordered.TakeWhile(deviation => deviation.Used > told).Select(deviation => deviation.Text)]);
    }
}
