using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Tests;

public class NpyTests
{
    private static readonly DataSpec Npy = new() { Source = "npy", Path = "x.npy", Shape = [2], Scale = Scaling.None };
    private static readonly DataSpec Npz = Npy with { Source = "npz", Path = "x.npz" };

    [Theory]
    [InlineData("|i1", new byte[] { 0xFF, 2 }, new float[] { -1, 2 })]
    [InlineData("<i2", new byte[] { 0xFE, 0xFF, 0, 1 }, new float[] { -2, 256 })]
    [InlineData(">i2", new byte[] { 0xFF, 0xFE, 1, 0 }, new float[] { -2, 256 })]
    [InlineData("<u2", new byte[] { 0xFF, 0xFF, 0, 1 }, new float[] { 65535, 256 })]
    [InlineData("<i4", new byte[] { 1, 1, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF }, new float[] { 257, -1 })]
    [InlineData("<i8", new byte[] { 1, 1, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, new float[] { 257, -1 })]
    [InlineData("<f2", new byte[] { 0, 0x3C, 0, 0xC0 }, new float[] { 1, -2 })]
    [InlineData("<f4", new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0 }, new float[] { 1, -2 })]
    [InlineData(">f4", new byte[] { 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0 }, new float[] { 1, -2 })]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 }, new float[] { 1, -2 })]
    [InlineData("|u1", new byte[] { 7, 255 }, new float[] { 7, 255 })]
    [InlineData("|b1", new byte[] { 0, 1 }, new float[] { 0, 1 })]
    public void Every_listed_type_is_read(string descr, byte[] raw, float[] expected)
    {
        using TempFolder folder = new();
        folder.Write("x.npy", Craft.Npy(descr, "1, 2", raw));

        Assert.Equal(expected, Loading.Load(folder, Npy).Train.Example(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_version_of_the_header_is_read(int version)
    {
        using TempFolder folder = new();
        folder.Write("x.npy", Craft.Npy("<f4", "2, 2", Craft.Floats(1, 2, 3, 4), version: version));

        Assert.Equal([[1, 2], [3, 4]], Loading.Values(Loading.Load(folder, Npy).Train));
    }

    [Fact]
    public void Fortran_order_becomes_c_order()
    {
        using TempFolder folder = new();

        // The array [[[0,1,2],[3,4,5]],[[6,7,8],[9,10,11]]] with its first axis running fastest.
        folder.Write("x.npy", Craft.Npy("|u1", "2, 2, 3", [0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11], fortran: true));

        Assert.Equal([[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]], Loading.Values(Loading.Load(folder, Npy with { Shape = [2, 3] }).Train));
    }

    [Fact]
    public void Truth_values_fill_the_unit_interval_without_a_division_by_255()
    {
        using TempFolder folder = new();
        folder.Write("x.npy", Craft.Npy("|b1", "2, 2", [0, 1, 1, 1]));

        Assert.Equal([[0, 1], [1, 1]], Loading.Values(Loading.Load(folder, Npy with { Scale = Scaling.Unit }).Train));
        Assert.Equal([[-1, 1], [1, 1]], Loading.Values(Loading.Load(folder, Npy with { Scale = Scaling.Symmetric }).Train));
    }

    [Fact]
    public void Images_with_their_channels_last_get_them_first()
    {
        using TempFolder folder = new();
        folder.Write("x.npy", Craft.Npy("|u1", "1, 1, 2, 3", [1, 2, 3, 4, 5, 6]));

        Assert.Equal([1, 4, 2, 5, 3, 6], Loading.Load(folder, Npy with { Shape = [3, 1, 2] }).Train.Example(0));
    }

    [Fact]
    public void Labels_come_from_a_second_file()
    {
        using TempFolder folder = new();
        folder.Write("x.npy", Craft.Npy("<f4", "2, 2", Craft.Floats(1, 2, 3, 4)));
        folder.Write("y.npy", Craft.Npy("<i8", "2,", [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));

        DataSet set = Loading.Load(folder, Npy with { Labels = "y.npy" });

        Assert.Equal([2, 0], set.Train.Labels!);
        Assert.Equal(["x.npy", "y.npy"], set.Files.Select(file => file.Name));
    }

    [Fact]
    public void Broken_arrays_are_refused_by_what_is_wrong_with_them()
    {
        using TempFolder folder = new();
        byte[] good = Craft.Npy("<f4", "1, 2", Craft.Floats(1, 2));

        folder.Write("x.npy", good[..^1]);
        Loading.Refused(folder, Npy, DiagnosticTable.Data.Truncated, "x.npy", "8 more bytes are due, 7 are there");
        folder.Write("x.npy", [.. good, 0]);
        Loading.Refused(folder, Npy, DiagnosticTable.Data.TooLong, "x.npy", "136 bytes");
        folder.Write("x.npy", "a text that is long enough");
        Loading.Refused(folder, Npy, DiagnosticTable.Data.Malformed, "x.npy", "NUMPY");
        folder.Write("x.npy", Craft.NpyWithHeader("{'descr': '<f4'}", []));
        Loading.Refused(folder, Npy, DiagnosticTable.Data.Malformed, "x.npy", "lacks");
        folder.Write("x.npy", [.. good[..6], 9, .. good[7..]]);
        Loading.Refused(folder, Npy, DiagnosticTable.Data.Malformed, "x.npy", "version 9");
        folder.Write("x.npy", [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        Loading.Refused(folder, Npy, DiagnosticTable.Data.Malformed, "x.npy", "4294967295");
        folder.Write("x.npy", Craft.Npy("<c8", "1, 1", Craft.Floats(1, 2)));
        Loading.Refused(folder, Npy, DiagnosticTable.Data.ElementType, "x.npy", "<c8", "f4");
        folder.Write("x.npy", Craft.NpyWithHeader("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 2), }", []));
        Loading.Refused(folder, Npy, DiagnosticTable.Data.ElementType, "x.npy", "structures");
        folder.Write("x.npy", Craft.Npy("<f4", "-1, 2", []));
        Loading.Refused(folder, Npy, DiagnosticTable.Data.Malformed, "x.npy", "-1");
        folder.Write("x.npy", Craft.Npy("<f4", "99999999999999999999, 2", []));
        Loading.Refused(folder, Npy, DiagnosticTable.Data.Malformed, "x.npy", "99999999999999999999");
        folder.Write("x.npy", Craft.Npy("<f4", "9223372036854775807, 2", []));
        Loading.Refused(folder, Npy, DiagnosticTable.Data.TooLarge, "x.npy");
        folder.Write("x.npy", Craft.Npy("<f4", "", Craft.Floats(1)));
        Loading.Refused(folder, Npy, DiagnosticTable.Data.Malformed, "x.npy", "single number");
        folder.Write("x.npy", Craft.Npy("|b1", "1, 2", [0, 2]));
        Loading.Refused(folder, Npy, DiagnosticTable.Data.BadNumber, "x.npy", "value 1", "is 2");
        folder.Write("x.npy", Craft.Npy("<f4", "2, 2", Craft.Floats(1, 2, float.PositiveInfinity, 4)));
        Loading.Refused(folder, Npy, DiagnosticTable.Data.BadNumber, "x.npy", "value 0 of example 1", "Infinity");
        folder.Write("x.npy", Craft.Npy("<f8", "1, 2", [.. BitConverter.GetBytes(1e300), .. BitConverter.GetBytes(0d)]));
        Loading.Refused(folder, Npy, DiagnosticTable.Data.BadNumber, "x.npy", "value 0 of example 0");
    }

    [Fact]
    public void An_archive_of_keras_has_train_and_test()
    {
        using TempFolder folder = new();
        folder.Write("x.npz", Craft.Zip(
            ("x_test.npy", Craft.Npy("|u1", "1, 2", [9, 9])),
            ("x_train.npy", Craft.Npy("|u1", "2, 2", [1, 2, 3, 4])),
            ("y_test.npy", Craft.Npy("|u1", "1,", [1])),
            ("y_train.npy", Craft.Npy("|u1", "2,", [0, 1]))));

        DataSet set = Loading.Load(folder, Npz);

        Assert.Equal([[1, 2], [3, 4]], Loading.Values(set.Train));
        Assert.Equal([[9, 9]], Loading.Values(set.Test!));
        Assert.Equal([0, 1], set.Train.Labels!);
        Assert.Equal([1], set.Test!.Labels!);
    }

    [Fact]
    public void The_data_of_an_archive_is_the_array_beside_the_labels()
    {
        using TempFolder folder = new();
        folder.Write("x.npz", Craft.Zip(("arr_0.npy", Craft.Npy("|u1", "2, 2", [1, 2, 3, 4])), ("classes.npy", Craft.Npy("|u1", "2,", [0, 1]))));

        Assert.Equal([0, 1], Loading.Load(folder, Npz with { Labels = "classes" }).Train.Labels!);
        Loading.Refused(folder, Npz, DiagnosticTable.Data.Array, "x.npz", "arr_0, classes");
        Loading.Refused(folder, Npz with { Labels = "y" }, DiagnosticTable.Data.Array, "x.npz", "'y'", "arr_0, classes");
    }

    [Fact]
    public void Broken_archives_are_refused()
    {
        using TempFolder folder = new();
        folder.Write("x.npz", "no zip at all");
        Loading.Refused(folder, Npz, DiagnosticTable.Data.Malformed, "x.npz", "zip");
        folder.Write("x.npz", Craft.Zip(("data.npy", Craft.Npy("<f4", "50, 2", Craft.Floats(1)))));
        Loading.Refused(folder, Npz, DiagnosticTable.Data.Truncated, "x.npz/data.npy", "400 more bytes are due, 4 are there");

        byte[] good = Craft.Zip(("data.npy", Craft.Npy("<f4", "2, 2", Craft.Floats(1, 2, 3, 4))));
        Random random = new(3);
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = [.. good[..(round % 2 == 0 ? good.Length : random.Next(good.Length))]];
            for (int i = 0; i < 3 && bytes.Length > 0; i++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            folder.Write("x.npz", bytes);
            Exception? fault = Record.Exception(() => Loading.Load(folder, Npz));
            Assert.True(fault is null or VaeException, fault?.ToString());
        }
    }
}
