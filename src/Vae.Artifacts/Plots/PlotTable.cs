using System.Diagnostics.CodeAnalysis;

namespace Vae.Artifacts.Plots;

/// <summary>Every plot that can be drawn. A new one is a file in this folder and a line here.</summary>
public static class PlotTable
{
    /// <summary>All plots, ordered by kind.</summary>
    public static IReadOnlyList<IPlot> All { get; } =
    [
        new AggregatePosteriorPlot(),
        new InterpolationsPlot(),
        new KlByDimensionPlot(),
        new LatentScatterPlot(),
        new LossPlot(),
        new ManifoldPlot(),
        new ReconstructionsPlot(),
        new SamplesPlot(),
        new SeriesReconstructionsPlot(),
        new TraversalPlot(),
    ];

    /// <summary>The plot of that kind.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static IPlot Get(string kind) =>
        TryGet(kind, out IPlot? plot) ? plot : throw new KeyNotFoundException($"there is no plot '{kind}'");

    /// <summary>The plot of that kind, if there is one.</summary>
    public static bool TryGet(string kind, [MaybeNullWhen(false)] out IPlot plot)
    {
        plot = All.FirstOrDefault(candidate => candidate.Kind == kind);
        return plot is not null;
    }
}
