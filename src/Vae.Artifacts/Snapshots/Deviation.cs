namespace Vae.Artifacts.Snapshots;

/// <summary>A number that lies outside its tolerance, or something that is missing.</summary>
/// <param name="Used">How many tolerances it is away; infinite for what is missing.</param>
/// <param name="Text">The line for people.</param>
internal sealed record Deviation(double Used, string Text)
{
    private const int MaxLines = 12;

    /// <summary>A deviation where the number is out of its tolerance, else nothing.</summary>
    public static IEnumerable<Deviation> Of(string name, double received, double verified, Tolerance tolerance)
    {
        double used = tolerance.Used(received, verified);
        if (used > 1)
            yield return new Deviation(used, $"{name} {tolerance.Describe(received, verified)}");
    }

    /// <summary>Names that only one side has.</summary>
    public static IEnumerable<Deviation> OfNames(string what, IEnumerable<string> received, IEnumerable<string> verified) =>
    [
        .. verified.Except(received).Select(name => new Deviation(double.PositiveInfinity, $"{what} '{name}' is missing")),
        .. received.Except(verified).Select(name => new Deviation(double.PositiveInfinity, $"{what} '{name}' is new")),
    ];

    /// <summary>The lines of all, the worst first; <c>null</c> where there is none.</summary>
    public static string? Describe(IEnumerable<Deviation> deviations)
    {
        string[] lines = [.. deviations.OrderByDescending(deviation => deviation.Used).Select(deviation => deviation.Text)];
        return lines.Length == 0 ? null : Shortened.Join(lines, MaxLines);
    }
}
