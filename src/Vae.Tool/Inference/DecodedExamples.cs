using Vae.Dsl.Results;

namespace Vae.Tool.Inference;

/// <summary>What a decoder made, in the data's own numbers.</summary>
/// <param name="Values"><c>[n, …data shape]</c>.</param>
/// <param name="Kind">What an example is called: <c>sample</c> or <c>example</c>.</param>
internal sealed record DecodedExamples(float[] Values, string Kind)
{
    /// <summary>The label of each, where a network took them; or <c>null</c>.</summary>
    public int[]? Labels { get; init; }

    /// <summary>The file that each came from; or <c>null</c>.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Draws all of them, as the network sees them, on one sheet.</summary>
    public required Func<NamedArray, Artifacts.Plots.PlotFiles> Draw { get; init; }
}
