using Vae.Dsl;

namespace Vae.Artifacts.Plots;

/// <summary>A plot of the spec, drawn: what the report embeds and the folder <c>plots</c> holds.</summary>
/// <param name="Name">The files' name without extension: the kind, and from the second of a kind on <c>-2</c>, <c>-3</c> …</param>
/// <param name="Plot">What the spec asked for.</param>
/// <param name="Files">Its forms.</param>
public sealed record DrawnPlot(string Name, Component Plot, PlotFiles Files);
