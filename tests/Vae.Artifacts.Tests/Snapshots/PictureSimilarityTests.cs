using FsCheck.Xunit;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Snapshots;
using Vae.Artifacts.Tests.Formats;

namespace Vae.Artifacts.Tests.Snapshots;

public class PictureSimilarityTests
{
    [Property]
    public bool A_picture_is_fully_similar_to_itself_and_similarity_is_symmetric(int seed, byte width, byte height)
    {
        Picture a = Noise(seed, (width % 20) + 1, (height % 20) + 1), b = Noise(seed + 1, a.Width, a.Height);
        PictureSimilarity same = PictureSimilarity.Of(a, a), forth = PictureSimilarity.Of(a, b), back = PictureSimilarity.Of(b, a);
        return Math.Abs(same.Mean - 1) < 1e-9 && Math.Abs(same.Worst - 1) < 1e-9 && same.LargestDifference == 0
            && Math.Abs(forth.Mean - back.Mean) < 1e-9 && Math.Abs(forth.Worst - back.Worst) < 1e-9;
    }

    [Fact]
    public void A_small_change_of_every_pixel_counts_little()
    {
        Picture a = Disks(0, 0), b = new(a.Width, a.Height, [.. a.Rgb.Select((v, i) => (byte)Math.Clamp(v + ((i * 7919) % 5) - 2, 0, 255))]);
        PictureSimilarity similarity = PictureSimilarity.Of(a, b);
        Assert.True(similarity is { Mean: > 0.98, Worst: > 0.9, LargestDifference: 2 }, similarity.ToString());
    }

    [Fact]
    public void A_shift_by_a_quarter_of_a_pixel_counts_little()
    {
        PictureSimilarity similarity = PictureSimilarity.Of(Disks(0, 0), Disks(0.25, 0));
        Assert.True(similarity is { Mean: > 0.98, Worst: > 0.9 }, similarity.ToString());
    }

    [Fact]
    public void A_missing_point_is_found_and_placed_though_the_mean_hides_it()
    {
        PictureSimilarity similarity = PictureSimilarity.Of(Disks(0, 0), Disks(0, 0, without: 3));
        Assert.True(similarity is { Mean: > 0.95, Worst: < 0.1 }, similarity.ToString());
        Assert.True(similarity.WorstX is >= 48 and <= 64 && similarity.WorstY is >= 0 and <= 16, similarity.ToString());
    }

    [Fact]
    public void Another_colour_of_the_same_brightness_is_found()
    {
        Picture red = Flat(150, 60, 60), green = Flat(60, 106, 60);
        Assert.True(PictureSimilarity.Of(red, green).Worst < 0.8);
    }

    [Fact]
    public void The_comparer_tells_what_it_saw()
    {
        var comparer = new PictureComparer(0.95, 0.5);
        byte[] with = Png(Disks(0, 0)), without = Png(Disks(0, 0, without: 3));
        Assert.Equal(0, comparer.Compare(with, with).Used, 9);
        string message = comparer.Compare(without, with).Text;
        Assert.Contains("worst window 0.0", message, StringComparison.Ordinal);
        Assert.Contains(" < 0.5, at pixel ", message, StringComparison.Ordinal);
        Assert.Contains(" of 255", message, StringComparison.Ordinal);
        Assert.Equal("1×1 pixels, verified 80×80", comparer.Compare(PngFile.Of(1, 1, 3, [0, 0, 0]), with).Text);
        Assert.Null(comparer.Draw(PngFile.Of(1, 1, 3, [0, 0, 0]), with));
    }

    [Fact]
    public void The_heat_map_shows_where_and_frames_the_worst_window()
    {
        Picture before = Disks(0, 0), after = Disks(0, 0, without: 3);
        Picture map = PngReader.Read(new PictureComparer(0.95, 0.5).Draw(Png(after), Png(before))!);
        (byte Red, byte Green, byte Blue) At(int x, int y) => (map.Rgb[((y * 80) + x) * 3], map.Rgb[(((y * 80) + x) * 3) + 1], map.Rgb[(((y * 80) + x) * 3) + 2]);

        Assert.Equal((80, 80), (map.Width, map.Height));
        // The fourth disk of the first row is gone; the first is where it was, and pale.
        Assert.True(At(56, 8) is { Red: > 100, Green: < 100, Blue: 0 }, At(56, 8).ToString());
        Assert.True(At(8, 8) is { Red: > 190 } grey && grey.Red == grey.Green && grey.Green == grey.Blue, At(8, 8).ToString());
        Assert.Contains((0, 70, 220), Enumerable.Range(0, 80 * 80).Select(i => At(i % 80, i / 80)).Select(p => ((int)p.Red, (int)p.Green, (int)p.Blue)));
    }

    private static byte[] Png(Picture picture) => PngFile.Of(picture.Width, picture.Height, 3, picture.Rgb);

    private static Picture Noise(int seed, int width, int height)
    {
        var rgb = new byte[width * height * 3];
        new Random(seed).NextBytes(rgb);
        return new Picture(width, height, rgb);
    }

    private static Picture Flat(byte red, byte green, byte blue) =>
        new(16, 16, [.. Enumerable.Range(0, 256).SelectMany(_ => new[] { red, green, blue })]);

    // A page with 5×5 dark disks of radius 3 with soft edges.
    private static Picture Disks(double shiftX, double shiftY, int without = -1)
    {
        var rgb = new byte[80 * 80 * 3];
        for (int i = 0; i < 80 * 80; i++)
        {
            double ink = 0;
            for (int disk = 0; disk < 25; disk++)
            {
                double x = (i % 80) - (8 + (disk % 5 * 16) + shiftX), y = (i / 80) - (8 + (disk / 5 * 16) + shiftY);
                if (disk != without)
                    ink = Math.Max(ink, Math.Clamp(3.5 - Math.Sqrt((x * x) + (y * y)), 0, 1));
            }

            for (int c = 0; c < 3; c++)
                rgb[(i * 3) + c] = (byte)Math.Round(255 - (ink * (100 + (50 * c))));
        }

        return new Picture(80, 80, rgb);
    }
}
