namespace Vae.Artifacts.Plots;

/// <summary>One plot in both forms.</summary>
/// <param name="Svg">The whole SVG document, LF, without a byte order mark when written.</param>
/// <param name="Png">The bytes of an 8-bit PNG without interlacing, the form that snapshots compare.</param>
public sealed record PlotFiles(string Svg, byte[] Png);
