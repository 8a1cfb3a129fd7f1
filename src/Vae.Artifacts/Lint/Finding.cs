using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Lint;

/// <summary>Something that a finished training shows of itself, in words that need no other page.</summary>
/// <param name="Code">A row of <see cref="DiagnosticTable.Findings"/>; it says how much the finding matters.</param>
/// <param name="Key">The value of the spec that has most to do with it, as <see cref="Origin.Path"/> names it: <c>loss.kl.weight</c>.</param>
/// <param name="Message">What was found, with its numbers.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Finding(DiagnosticCode Code, string Key, string Message, string Remedy)
{
    /// <summary>The finding as a diagnostic at the place that <see cref="Key"/> was written, or at the nearest of which the place is known.</summary>
    /// <param name="origins">Where the spec's values came from; empty for a diagnostic without a place.</param>
    public Diagnostic ToDiagnostic(IReadOnlyList<Origin> origins)
    {
        ArgumentNullException.ThrowIfNull(origins);
        Location? place = null;
        for (string key = Key; place is null && key.Length > 0; key = key.Contains('.', StringComparison.Ordinal) ? key[..key.LastIndexOf('.')] : "")
        {
            // What comes from the command line has no line to show.
            place = origins.FirstOrDefault(origin => (origin.Path == key || origin.Path.StartsWith(key + ".", StringComparison.Ordinal)) && origin.Place is { Line: > 0 })?.Place;
        }

        return Code.At(place, $"{Message} {Remedy}");
    }
}
