using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Tests.Drawing;

public class PngEncoderTests
{
    [Property(MaxTest = 60)]
    public Property What_is_written_reads_back() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var bitmap = new Bitmap(random.Next(1, 40), random.Next(1, 40));
            bool grey = random.Next(2) == 0;
            bool opaque = random.Next(2) == 0;
            bool smooth = random.Next(2) == 0;
            for (int i = 0; i < bitmap.Rgba.Length; i += 4)
            {
                byte level = (byte)(smooth ? i / 16 : random.Next(256));
                bitmap.Rgba[i] = level;
                bitmap.Rgba[i + 1] = grey ? level : (byte)(smooth ? i / 8 : random.Next(256));
                bitmap.Rgba[i + 2] = grey ? level : (byte)(255 - level);
                bitmap.Rgba[i + 3] = opaque ? (byte)255 : (byte)random.Next(256);
            }

            Assert.Equal(bitmap.Rgba, Png.Decode(PngEncoder.Encode(bitmap)).Rgba);
        });

    [Theory]
    [InlineData(7, 7, 7, 255, 0)]
    [InlineData(7, 7, 7, 90, 4)]
    [InlineData(7, 8, 9, 255, 2)]
    [InlineData(7, 8, 9, 90, 6)]
    public void Only_the_channels_that_are_needed_are_written(byte red, byte green, byte blue, byte opacity, int colourType)
    {
        var bitmap = new Bitmap(1, 1);
        new[] { red, green, blue, opacity }.CopyTo(bitmap.Rgba, 0);
        Assert.Equal(colourType, PngEncoder.Encode(bitmap)[25]);
    }

    [Fact]
    public void The_density_says_how_large_it_should_look()
    {
        byte[] file = PngEncoder.Encode(new Bitmap(1, 1), dotsPerPixel: 2);
        int at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes("pHYs"));
        Assert.Equal(7559, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 4)));
    }
}
