using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Tests;

public class IdxTests
{
    private static readonly DataSpec Spec = new() { Source = "idx", Path = "x", Labels = "y", Shape = [1, 2, 2] };
    private static readonly byte[] Eight = [0, 51, 102, 153, 204, 255, 0, 0];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Images_and_labels_are_read_plain_and_gzipped_with_the_same_digest(bool gzip)
    {
        using TempFolder folder = new();
        byte[] images = Craft.Idx(8, [2, 2, 2], Eight);
        byte[] labels = Craft.Idx(8, [2], [3, 1]);
        folder.Write("x", gzip ? Craft.Gzip(images) : images);
        folder.Write("y", gzip ? Craft.Gzip(labels) : labels);

        DataSet set = Loading.Load(folder, Spec);

        Assert.Equal([0, 0.2f, 0.4f, 0.6f, 0.8f, 1, 0, 0], Loading.Values(set.Train).SelectMany(values => values), (x, y) => MathF.Abs(x - y) < 1e-6f);
        Assert.Equal([3, 1], set.Train.Labels!);
        Assert.Equal(4, set.Classes);
        Assert.Equal("x", set.Files[0].Name);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(images)), set.Files[0].Sha256);
        Assert.Equal("x", set.Name);
        Assert.Null(set.Test);
    }

    [Fact]
    public void A_folder_with_the_four_names_of_mnist_is_a_source_too()
    {
        using TempFolder folder = new();
        folder.Write("x/train-images-idx3-ubyte", Craft.Idx(8, [2, 2, 2], Eight));
        folder.Write("x/train-labels-idx1-ubyte.gz", Craft.Gzip(Craft.Idx(8, [2], [0, 1])));
        folder.Write("x/t10k-images-idx3-ubyte", Craft.Idx(8, [1, 2, 2], [9, 9, 9, 9]));
        folder.Write("x/t10k-labels-idx1-ubyte", Craft.Idx(8, [1], [1]));

        DataSet set = Loading.Load(folder, Spec with { Labels = null });

        Assert.Equal((2, 1), (set.Train.Count, set.Test!.Count));
        Assert.Equal([0, 1], set.Train.Labels!);
        Assert.Equal(2, set.Classes);
        Loading.Refused(folder, Spec, DiagnosticTable.Data.LabelCount, "x", "'labels'");
    }

    [Theory]
    [InlineData(0x09, new byte[] { 0xFF, 2 }, new float[] { -1, 2 })]
    [InlineData(0x0B, new byte[] { 0xFF, 0xFE, 1, 0 }, new float[] { -2, 256 })]
    [InlineData(0x0C, new byte[] { 0, 0, 1, 1, 0xFF, 0xFF, 0xFF, 0xFF }, new float[] { 257, -1 })]
    [InlineData(0x0D, new byte[] { 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0 }, new float[] { 1, -2 })]
    [InlineData(0x0E, new byte[] { 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 }, new float[] { 1, -2 })]
    public void Other_types_become_floats(byte type, byte[] raw, float[] expected)
    {
        using TempFolder folder = new();
        folder.Write("x", Craft.Idx(type, [1, 2], raw));

        DataSet set = Loading.Load(folder, Spec with { Labels = null, Shape = [2], Scale = Scaling.None });

        Assert.Equal(expected, set.Train.Floats!);
    }

    [Fact]
    public void Broken_files_are_refused_by_what_is_wrong_with_them()
    {
        using TempFolder folder = new();
        DataSpec spec = Spec with { Labels = null };
        byte[] good = Craft.Idx(8, [2, 2, 2], Eight);

        Loading.Refused(folder, spec, DiagnosticTable.Data.NotFound, "x", "not there");
        folder.Write("x", good[..^3]);
        Loading.Refused(folder, spec, DiagnosticTable.Data.Truncated, "x", "8 more bytes are due, 5 are there");
        folder.Write("x", good[..7]);
        Loading.Refused(folder, spec, DiagnosticTable.Data.Truncated, "x", "12 more bytes are due, 3 are there");
        folder.Write("x", [.. good, 1]);
        Loading.Refused(folder, spec, DiagnosticTable.Data.TooLong, "x", "24 bytes");
        folder.Write("x", [0x50, 0x4B, .. good]);
        Loading.Refused(folder, spec, DiagnosticTable.Data.Malformed, "x", "00 00", "50 4b");
        folder.Write("x", Craft.Idx(7, [2, 2, 2], Eight));
        Loading.Refused(folder, spec, DiagnosticTable.Data.ElementType, "x", "0x07");
        folder.Write("x", Craft.Idx(8, [], []));
        Loading.Refused(folder, spec, DiagnosticTable.Data.Malformed, "x", "no axes");
        folder.Write("x", Craft.Idx(8, [8], Eight));
        Loading.Refused(folder, spec, DiagnosticTable.Data.Malformed, "x", "at least two axes");
        folder.Write("x", Craft.Idx(8, [0, 2, 2], []));
        Loading.Refused(folder, spec, DiagnosticTable.Data.Empty, "x", "[0,2,2]");
        folder.Write("x", Craft.Idx(8, [2, 4, 1], Eight));
        Loading.Refused(folder, spec, DiagnosticTable.Data.ShapeMismatch, "x", "[4,1]", "[1,2,2]");
        folder.Write("x", Craft.Idx(0x0D, [1, 2, 2], Craft.Floats(0, 0, 0, BitConverter.Int32BitsToSingle(0x0000C07F))));
        Loading.Refused(folder, spec, DiagnosticTable.Data.BadNumber, "x", "value 3 of example 0", "NaN");
    }

    [Fact]
    public void Broken_packing_is_told_from_a_cut_file()
    {
        using TempFolder folder = new();
        DataSpec spec = Spec with { Labels = null };
        byte[] noise = new byte[4000];
        new Random(1).NextBytes(noise);
        byte[] packed = Craft.Gzip(Craft.Idx(8, [1000, 2, 2], noise));

        byte[] wrong = [.. packed];
        wrong[^6] ^= 1;
        folder.Write("x", wrong);
        Loading.Refused(folder, spec, DiagnosticTable.Data.Malformed, "x", "packing is broken");
        folder.Write("x", packed[..(packed.Length / 2)]);
        VaeException cut = Assert.Throws<VaeException>(() => Loading.Load(folder, spec));
        Assert.Contains(cut.Diagnostics[0].Code, new[] { DiagnosticTable.Data.Truncated, DiagnosticTable.Data.Malformed });
    }

    [Fact]
    public void A_header_that_claims_the_moon_is_refused_before_anything_is_allocated()
    {
        using TempFolder folder = new();
        DataSpec spec = Spec with { Labels = null };

        folder.Write("x", Craft.Idx(8, [int.MaxValue, int.MaxValue, int.MaxValue], Eight));
        Loading.Refused(folder, spec, DiagnosticTable.Data.TooLarge, "x", "MB in memory");
        folder.Write("x", Craft.Idx(8, [-1, 2, 2], Eight));
        Loading.Refused(folder, spec, DiagnosticTable.Data.TooLarge, "x", "4,294,967,295");
        folder.Write("x", Craft.Idx(8, [0, int.MaxValue, int.MaxValue, int.MaxValue], []));
        Loading.Refused(folder, spec, DiagnosticTable.Data.Empty, "x");

        long before = GC.GetAllocatedBytesForCurrentThread();
        folder.Write("x", Craft.Gzip(Craft.Idx(8, [10_000_000, 2, 2], Eight)));
        Loading.Refused(folder, spec, DiagnosticTable.Data.Truncated, "x", "40000000");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 5_000_000);
    }

    [Fact]
    public void Labels_must_be_as_many_as_the_examples_and_class_numbers()
    {
        using TempFolder folder = new();
        folder.Write("x", Craft.Idx(8, [2, 2, 2], Eight));

        folder.Write("y", Craft.Idx(8, [3], [0, 1, 2]));
        Loading.Refused(folder, Spec, DiagnosticTable.Data.LabelCount, "y", "3 labels for the 2 examples of x");
        folder.Write("y", Craft.Idx(8, [2, 2], [0, 1, 2, 3]));
        Loading.Refused(folder, Spec, DiagnosticTable.Data.LabelCount, "y", "[2]");
        folder.Write("y", Craft.Idx(9, [2], [0, 0xFF]));
        Loading.Refused(folder, Spec, DiagnosticTable.Data.LabelValue, "y", "label 1 (from 0) is -1");
        folder.Write("y", Craft.Idx(0x0C, [2], [0, 0, 0, 0, 0, 1, 0, 0]));
        Loading.Refused(folder, Spec, DiagnosticTable.Data.LabelValue, "y", "65536");
    }

    [Fact]
    public void Any_bytes_whatever_are_read_or_refused_with_a_code()
    {
        using TempFolder folder = new();
        Random random = new(7);
        byte[] good = Craft.Idx(8, [2, 2, 2], Eight);
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = [.. good[..random.Next(good.Length + 1)]];
            for (int i = 0; i < 3 && bytes.Length > 0; i++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            folder.Write("x", round % 3 == 0 ? Craft.Gzip(bytes) : bytes);
            Exception? fault = Record.Exception(() => Loading.Load(folder, Spec with { Labels = null }));
            Assert.True(fault is null or VaeException, fault?.ToString());
        }
    }
}
