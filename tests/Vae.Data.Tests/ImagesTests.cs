using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Tests;

public class ImagesTests
{
    private static readonly DataSpec Spec = new() { Source = "images", Path = "p", Shape = [1, 2, 2], Scale = Scaling.None };

    [Fact]
    public void Sub_folders_are_classes_in_ordinal_order()
    {
        using TempFolder folder = new();
        folder.Write("p/b/1.png", Craft.Png(2, 2, 1, [1, 2, 3, 4]));
        folder.Write("p/a/2.PNG", Craft.Png(2, 2, 1, [5, 6, 7, 8]));
        folder.Write("p/B/1.png", Craft.Png(2, 2, 1, [9, 9, 9, 9]));
        folder.Write("p/b/notes.txt", "left alone");

        DataSet set = Loading.Load(folder, Spec);

        Assert.Equal(["B", "a", "b"], set.LabelNames!);
        Assert.Equal([0, 1, 2], set.Train.Labels!);
        Assert.Equal([[9, 9, 9, 9], [5, 6, 7, 8], [1, 2, 3, 4]], Loading.Values(set.Train));
        Assert.Equal("p", Assert.Single(set.Files).Name);
    }

    [Fact]
    public void The_digest_follows_content_and_names()
    {
        using TempFolder folder = new();
        folder.Write("p/1.png", Craft.Png(2, 2, 1, [1, 2, 3, 4]));
        string before = Loading.Load(folder, Spec).Files[0].Sha256;

        folder.Write("p/1.png", Craft.Png(2, 2, 1, [1, 2, 3, 5]));
        string changed = Loading.Load(folder, Spec).Files[0].Sha256;
        File.Move(Path.Combine(folder.Path, "p", "1.png"), Path.Combine(folder.Path, "p", "2.png"));
        string renamed = Loading.Load(folder, Spec).Files[0].Sha256;

        Assert.Equal(3, new[] { before, changed, renamed }.Distinct().Count());
    }

    [Fact]
    public void A_train_and_a_test_folder_are_the_splits()
    {
        using TempFolder folder = new();
        folder.Write("p/train/a/1.png", Craft.Png(2, 2, 1, [1, 2, 3, 4]));
        folder.Write("p/train/b/1.png", Craft.Png(2, 2, 1, [1, 2, 3, 4]));
        folder.Write("p/test/b/1.png", Craft.Png(2, 2, 1, [5, 6, 7, 8]));

        DataSet set = Loading.Load(folder, Spec);

        Assert.Equal([0, 1], set.Train.Labels!);
        Assert.Equal([1], set.Test!.Labels!);
        folder.Write("p/test/c/1.png", Craft.Png(2, 2, 1, [5, 6, 7, 8]));
        Loading.Refused(folder, Spec, DiagnosticTable.Data.LabelValue, "p", "test/c/1.png");
    }

    [Fact]
    public void Colour_is_kept_or_made_grey_as_the_shape_says()
    {
        using TempFolder folder = new();
        folder.Write("p/1.png", Craft.Png(2, 1, 3, [255, 0, 0, 10, 20, 30]));

        Assert.Equal([255, 10, 0, 20, 0, 30], Loading.Load(folder, Spec with { Shape = [3, 1, 2] }).Train.Example(0));
        float[] grey = Loading.Load(folder, Spec with { Shape = [1, 1, 2] }).Train.Example(0);
        Assert.InRange(grey[0], 75, 77);
        Assert.InRange(grey[1], 17, 19);
    }

    [Fact]
    public void Jpeg_is_read()
    {
        using TempFolder folder = new();
        folder.Write("p/1.jpg", Craft.Jpeg);

        float[] values = Loading.Load(folder, Spec with { Shape = [3, 8, 8] }).Train.Example(0);

        Assert.InRange(values[0], 198, 202);
        Assert.InRange(values[64], 98, 102);
        Assert.InRange(values[128], 48, 52);
    }

    [Fact]
    public void Larger_pictures_become_the_mean_over_areas()
    {
        using TempFolder folder = new();
        folder.Write("p/1.png", Craft.Png(4, 4, 1, [0, 4, 10, 10, 8, 12, 10, 10, 1, 2, 200, 200, 1, 1, 200, 203]));

        // The last mean but one is 1.25, the last 200.75.
        Assert.Equal([6, 10, 1, 201], Loading.Load(folder, Spec).Train.Example(0));
        folder.Write("p/1.png", Craft.Png(3, 3, 1, [90, 90, 0, 90, 90, 0, 0, 0, 0]));
        Assert.Equal([90, 30, 30, 10], Loading.Load(folder, Spec).Train.Example(0));
    }

    [Fact]
    public void Smaller_pictures_are_interpolated()
    {
        using TempFolder folder = new();
        folder.Write("p/1.png", Craft.Png(2, 2, 1, [0, 100, 0, 100]));

        float[] values = Loading.Load(folder, Spec with { Shape = [1, 4, 4] }).Train.Example(0);

        Assert.Equal([0, 25, 75, 100, 0, 25, 75, 100], values[..8]);
    }

    [Fact]
    public void A_picture_with_other_proportions_is_refused_by_name()
    {
        using TempFolder folder = new();
        folder.Write("p/1.png", Craft.Png(2, 2, 1, [1, 2, 3, 4]));
        folder.Write("p/2.png", Craft.Png(4, 2, 1, [1, 2, 3, 4, 5, 6, 7, 8]));

        Loading.Refused(folder, Spec, DiagnosticTable.Data.ImageSize, "2.png", "4×2", "2×2");
        Loading.Refused(folder, Spec with { Shape = [4] }, DiagnosticTable.Data.ImageSize, "2.png", "4×2");
        Loading.Refused(folder, Spec with { Shape = [5] }, DiagnosticTable.Data.ShapeMismatch, "1.png", "4 values in grey");
        Loading.Refused(folder, Spec with { Shape = [2, 2, 2] }, DiagnosticTable.Data.ShapeMismatch, "p", "[3,H,W]");
    }

    [Fact]
    public void A_flat_shape_takes_the_pictures_as_they_are()
    {
        using TempFolder folder = new();
        folder.Write("p/1.png", Craft.Png(2, 2, 1, [1, 2, 3, 4]));

        Assert.Equal([1, 2, 3, 4], Loading.Load(folder, Spec with { Shape = [4] }).Train.Example(0));
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4], Loading.Load(folder, Spec with { Shape = [12] }).Train.Example(0));
    }

    [Fact]
    public void Broken_pictures_are_refused_by_name()
    {
        using TempFolder folder = new();
        byte[] good = Craft.Png(2, 2, 1, [1, 2, 3, 4]);

        Loading.Refused(folder, Spec, DiagnosticTable.Data.NotFound, "p", "no such folder");
        folder.Write("p/readme.txt", "nothing");
        Loading.Refused(folder, Spec, DiagnosticTable.Data.Empty, "p", "no PNG or JPEG");
        string path = folder.Write("p/1.png", "not a picture");
        Loading.Refused(folder, Spec, DiagnosticTable.Data.Image, "1.png", "neither");
        folder.Write("p/1.png", good[..^12]);
        Loading.Refused(folder, Spec, DiagnosticTable.Data.Truncated, "1.png", "end is missing");
        folder.Write("p/1.png", [.. good[..45], .. good[50..]]);
        Loading.Refused(folder, Spec, DiagnosticTable.Data.Image, "1.png");
        byte[] vast = [.. good];
        vast[16] = vast[20] = 0x7F;
        folder.Write("p/1.png", vast);
        VaeException refused = Assert.Throws<VaeException>(() => Loading.Load(folder, Spec));
        Assert.Contains(refused.Diagnostics[0].Code, new[] { DiagnosticTable.Data.TooLarge, DiagnosticTable.Data.Image });
        File.Delete(path);
        folder.Write("p/1.jpg", Craft.Jpeg[..^2]);
        Loading.Refused(folder, Spec with { Shape = [1, 8, 8] }, DiagnosticTable.Data.Truncated, "1.jpg");
        folder.Write("p/1.gif", "GIF89a");
        Loading.Refused(folder, Spec, DiagnosticTable.Data.Image, "1.gif", ".gif");
    }

    [Fact]
    public void Any_bytes_whatever_are_decoded_or_refused_with_a_code()
    {
        using TempFolder folder = new();
        Random random = new(5);
        byte[][] good = [Craft.Png(8, 8, 3, new byte[192]), Craft.Jpeg];
        for (int round = 0; round < 400; round++)
        {
            byte[] bytes = [.. good[round % 2]];
            for (int i = 0; i < 4; i++)
                bytes[random.Next(4, bytes.Length)] = (byte)random.Next(256);
            folder.Write("p/1.png", bytes);
            Exception? fault = Record.Exception(() => Loading.Load(folder, Spec with { Shape = [1, 8, 8] }));
            Assert.True(fault is null or VaeException, fault?.ToString());
        }
    }

    [Fact]
    public void A_picture_without_a_class_beside_classes_is_refused()
    {
        using TempFolder folder = new();
        folder.Write("p/a/1.png", Craft.Png(2, 2, 1, [1, 2, 3, 4]));
        folder.Write("p/2.png", Craft.Png(2, 2, 1, [1, 2, 3, 4]));

        Loading.Refused(folder, Spec, DiagnosticTable.Data.LabelCount, "p", "2.png");
        Loading.Refused(folder, Spec with { Labels = "y" }, DiagnosticTable.Data.LabelCount, "p", "'labels'");
    }
}
