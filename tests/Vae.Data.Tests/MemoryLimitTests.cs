using System.Text;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Tests;

/// <summary>Sets beyond the memory are refused by headers and sizes of files, before anything is read in full.</summary>
public class MemoryLimitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_table_is_measured_by_its_size_and_its_first_rows(bool packed)
    {
        using TempFolder folder = new();
        byte[] table = Table(200_000);
        folder.Write("t.csv", packed ? Craft.Gzip(table) : table);
        DataSpec spec = new() { Source = "csv", Path = "t.csv", Columns = ["a", "b", "c"], Time = "time", Window = new WindowSpec(100), Shape = [100, 3], Scale = Scaling.None };

        SetSize size = Measure(folder, spec);
        VaeException fault = Assert.Throws<VaeException>(() => DataSetLoader.Load(spec, Options(folder) with { MemoryLimit = 5_000_000 }));

        Assert.InRange(size.Examples, 195_000, 205_000);
        Assert.Equal((3, 32, true), (size.Values, size.Beside, size.IsEstimate));
        Assert.Equal(DiagnosticTable.Data.TooLarge, fault.Diagnostics[0].Code);
        Assert.Contains("rows of 3 numbers take about 8.8 MB in memory; the limit here is 5 MB", fault.Message, StringComparison.Ordinal);
        Assert.Equal(199_901, DataSetLoader.Load(spec, Options(folder) with { MemoryLimit = 9_500_000 }).Train.Count);
    }

    [Fact]
    public void A_table_beyond_the_limit_is_not_read_to_its_end()
    {
        using TempFolder folder = new();
        // What is broken in the last row would be found by reading.
        folder.Write("t.csv", [.. Table(200_000), .. "broken"u8]);
        DataSpec spec = new() { Source = "csv", Path = "t.csv", Columns = ["a"], Shape = [1] };

        VaeException fault = Assert.Throws<VaeException>(() => DataSetLoader.Load(spec, Options(folder) with { MemoryLimit = 500_000 }));

        Assert.Equal(DiagnosticTable.Data.TooLarge, fault.Diagnostics[0].Code);
    }

    [Fact]
    public void A_small_table_is_counted_and_line_breaks_in_quotes_are_no_rows()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "a,\"no\nte\"\n1,\"x\ny\"\n2,z\n");

        SetSize size = Measure(folder, new DataSpec { Source = "csv", Path = "t.csv", Columns = ["a"], Labels = "no\nte", Shape = [1] });

        Assert.Equal(new SetSize(2, 1, AreBytes: false) { Beside = 4 }, size);
    }

    [Theory]
    [InlineData("idx", "x.idx", 3, true)]
    [InlineData("npy", "x.npy", 3, false)]
    [InlineData("npz", "x.npz", 4, false)]
    [InlineData("images", "pictures", 3, true)]
    public void Headers_and_names_tell_how_many_numbers_there_are(string source, string path, int examples, bool bytes)
    {
        using TempFolder folder = new();
        folder.Write("x.idx", Craft.Idx(8, [3, 2, 2], new byte[12]));
        folder.Write("x.npy", Craft.Npy("<f8", "3, 2, 2", new byte[96]));
        folder.Write("x.npz", Craft.Zip(("x_train.npy", Craft.Npy("<f4", "3, 4", new byte[48])), ("x_test.npy", Craft.Npy("<f4", "1, 4", new byte[16]))));
        foreach (string name in (string[])["train/a/1.png", "train/b/2.png", "test/a/3.png"])
            folder.Write("pictures/" + name, Craft.Png(2, 2, 1, [1, 2, 3, 4]));
        DataSpec spec = new() { Source = source, Path = path, Shape = source is "npz" ? [4] : [1, 2, 2], Scale = Scaling.None };

        Assert.Equal(new SetSize(examples, 4, bytes) { Beside = 4 }, Measure(folder, spec));
        long exact = examples * (4L * (bytes ? 1 : 4) + 4);
        Assert.Equal(4, DataSetLoader.Load(spec, Options(folder) with { MemoryLimit = source is "npz" or "images" ? 10_000 : exact }).Shape.Size);
        Loading.Refused(folder, spec, exact - 1, DiagnosticTable.Data.TooLarge, "in memory");
    }

    [Fact]
    public void A_named_set_is_measured_by_its_row_in_the_catalogue()
    {
        using TempFolder folder = new();

        Loading.Refused(folder, new DataSpec { Dataset = "mnist", Shape = [784] }, 50_000_000, DiagnosticTable.Data.TooLarge, "70,000 examples of 784 numbers take 55 MB", "the limit here is 50 MB");
    }

    private static SetSize Measure(TempFolder folder, DataSpec spec) =>
        Sources.SourceTable.Find(spec.Source!)!.Measure(new SourceRequest(spec, long.MaxValue, Options(folder)));

    private static DataLoadOptions Options(TempFolder folder) => new() { SpecDirectory = folder.Path, Offline = true };

    private static byte[] Table(int rows)
    {
        StringBuilder text = new("time,a,b,c\n");
        for (int row = 0; row < rows; row++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{100_000 + row},{row % 7},{row % 100:00},{row * 0.5:000000.0}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
