namespace Vae.Artifacts.Formats;

/// <summary>Pixels as a viewer on a white page sees them.</summary>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Rgb">Red, green and blue, 8 bits each, rows from the top.</param>
internal sealed record Picture(int Width, int Height, byte[] Rgb);
