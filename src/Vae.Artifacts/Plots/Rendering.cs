using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Plots;

/// <summary>From a scene to the two forms of a plot.</summary>
internal static class Rendering
{
    // Twice the CSS size: sharp on dense screens and in print.
    private const int PixelsPerUnit = 2;

    public static PlotFiles ToFiles(this Scene scene) =>
        new(SvgWriter.Write(scene), () => PngEncoder.Encode(Canvas.Paint(scene, PixelsPerUnit), PixelsPerUnit));
}
