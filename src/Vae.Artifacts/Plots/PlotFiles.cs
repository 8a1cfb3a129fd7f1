namespace Vae.Artifacts.Plots;

/// <summary>One plot in both forms.</summary>
/// <param name="svg">The whole SVG document.</param>
/// <param name="png">Draws the pixels; it is asked once, and not at all where nobody wants them.</param>
public sealed class PlotFiles(string svg, Func<byte[]> png)
{
    private readonly Lazy<byte[]> pixels = new(png);

    /// <summary>The whole SVG document, LF, without a byte order mark when written.</summary>
    public string Svg { get; } = svg;

    /// <summary>The bytes of an 8-bit PNG without interlacing, the form that snapshots compare.</summary>
    public byte[] Png => pixels.Value;
}
