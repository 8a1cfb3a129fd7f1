namespace Vae.Artifacts.Snapshots;

/// <summary>How far a number lies from the accepted one, or something that is missing.</summary>
/// <param name="Used">How many tolerances it is away; infinite for what is missing.</param>
/// <param name="Text">The line for people.</param>
internal sealed record Deviation(double Used, string Text)
{
    /// <summary>A number's.</summary>
    public static Deviation Of(string name, double received, double verified, Tolerance tolerance) =>
        new(tolerance.Used(received, verified), $"{name} {tolerance.Describe(received, verified)}");

    /// <summary>Names that only one side has.</summary>
    public static IEnumerable<Deviation> OfNames(string what, IEnumerable<string> received, IEnumerable<string> verified) =>
    [
        .. verified.Except(received).Select(name => new Deviation(double.PositiveInfinity, $"{what} '{name}' is missing")),
        .. received.Except(verified).Select(name => new Deviation(double.PositiveInfinity, $"{what} '{name}' is new")),
    ];
}
