using FsCheck.Xunit;
using Vae.Artifacts.Formats;

namespace Vae.Artifacts.Tests.Formats;

public class PngReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_filter_is_undone(int channels)
    {
        var pixels = new byte[11 * 10 * channels];
        new Random(channels).NextBytes(pixels);
        Picture plain = PngReader.Read(PngFile.Of(11, 10, channels, pixels));
        for (byte filter = 1; filter <= 4; filter++)
            Assert.Equal(plain.Rgb, PngReader.Read(PngFile.Of(11, 10, channels, pixels, _ => filter)).Rgb);
        Assert.Equal(plain.Rgb, PngReader.Read(PngFile.Of(11, 10, channels, pixels, row => (byte)(row % 5))).Rgb);
        Assert.Equal((11, 10), (plain.Width, plain.Height));
    }

    [Fact]
    public void Grey_becomes_three_equal_colours() =>
        Assert.Equal([7, 7, 7, 200, 200, 200], PngReader.Read(PngFile.Of(2, 1, 1, [7, 200])).Rgb);

    [Fact]
    public void Colours_stay() => Assert.Equal([1, 2, 3, 4, 5, 6], PngReader.Read(PngFile.Of(2, 1, 3, [1, 2, 3, 4, 5, 6])).Rgb);

    [Fact]
    public void Transparency_shows_a_white_page() =>
        Assert.Equal([255, 255, 255, 127, 127, 127, 10, 20, 30], PngReader.Read(PngFile.Of(3, 1, 4, [9, 9, 9, 0, 0, 0, 0, 128, 10, 20, 30, 255])).Rgb);

    [Fact]
    public void A_truncated_file_is_refused_at_every_length()
    {
        byte[] whole = PngFile.Of(5, 4, 3, new byte[60]);
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<FormatException>(() => PngReader.Read(whole[..length]));
    }

    [Theory]
    [InlineData(16, 0, 0, 4)]
    [InlineData(8, 1, 0, 4)]
    [InlineData(8, 0, 3, 4)]
    [InlineData(8, 0, 0, 0)]
    [InlineData(8, 0, 0, 1 << 30)]
    public void Kinds_that_are_not_read_are_refused(int depth, int interlace, int colourType, int width)
    {
        byte[] png = PngFile.Of(4, 1, 1, new byte[4], depth: depth, interlace: interlace, colourType: colourType);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        Assert.Throws<FormatException>(() => PngReader.Read(png));
    }

    [Property(MaxTest = 300)]
    public bool A_file_with_one_byte_changed_is_read_or_refused(int position, byte value)
    {
        byte[] png = PngFile.Of(6, 5, 3, [.. Enumerable.Range(0, 90).Select(i => (byte)(i * 7))], row => (byte)(row % 5));
        png[(position & int.MaxValue) % png.Length] = value;
        try
        {
            Picture picture = PngReader.Read(png);
            return picture.Rgb.Length == picture.Width * picture.Height * 3;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
