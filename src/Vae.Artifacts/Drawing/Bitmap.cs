namespace Vae.Artifacts.Drawing;

/// <summary>Pixels: red, green, blue and opacity, 8 bits each, rows from the top.</summary>
internal sealed class Bitmap(int width, int height)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Four bytes a pixel; transparent black at first.</summary>
    public byte[] Rgba { get; } = new byte[checked(4 * width * height)];

    /// <summary>The four bytes of a pixel.</summary>
    public Span<byte> this[int x, int y] => Rgba.AsSpan(4 * ((y * Width) + x), 4);
}
