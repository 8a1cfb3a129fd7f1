using System.Globalization;
using System.Text;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Tests;

/// <summary>Series: windows over the rows of a table, splits that do not leak, times.</summary>
public class SeriesTests
{
    private static readonly DataSpec Spec = new()
    {
        Source = "csv",
        Path = "t.csv",
        Columns = ["a", "b"],
        Window = new WindowSpec(3),
        Shape = [3, 2],
        Scale = Scaling.None,
    };

    private static readonly SplitSpec Parted = new()
    {
        By = SplitBy.Order,
        Train = new Amount(0.6, true),
        Validation = new Amount(0.2, true),
        Test = new Amount(0.2, true),
    };

    [Theory]
    [InlineData(1, new[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(2, new[] { 0, 2, 4, 6 })]
    [InlineData(3, new[] { 0, 3, 6 })]
    [InlineData(5, new[] { 0, 5 })]
    public void Windows_are_the_rows_that_follow_each_other(int stride, int[] firstRows)
    {
        using TempFolder folder = Rows(10);

        Examples train = Loading.Load(folder, Spec with { Window = new WindowSpec(3, stride) }).Train;

        Assert.Equal(firstRows.Select(Window), Loading.Values(train));
        Assert.Equal([3, 2], train.Shape);
    }

    [Fact]
    public void Windows_take_no_more_memory_than_the_rows()
    {
        using TempFolder folder = Rows(1000);

        Examples train = Loading.Load(folder, Spec with { Window = new WindowSpec(100), Shape = [100, 2] }).Train;

        Assert.Equal(901, train.Count);
        Assert.Equal(2000, train.Floats!.Length);
    }

    [Fact]
    public void A_window_may_be_flat()
    {
        using TempFolder folder = Rows(5);

        Assert.Equal([Window(0), Window(1), Window(2)], Loading.Values(Loading.Load(folder, Spec with { Shape = [6] }).Train));
    }

    [Fact]
    public void No_window_crosses_the_border_of_two_splits()
    {
        using TempFolder folder = Rows(20);

        DataSet set = Loading.Load(folder, Spec with { Split = Parted });

        Assert.Equal(Enumerable.Range(0, 10).Select(Window), Loading.Values(set.Train));
        Assert.Equal([Window(12), Window(13)], Loading.Values(set.Validation!));
        Assert.Equal([Window(16), Window(17)], Loading.Values(set.Test!));
    }

    [Theory]
    [InlineData(SplitBy.Order, 1)]
    [InlineData(SplitBy.Time, 1)]
    [InlineData(SplitBy.Order, 2)]
    [InlineData(SplitBy.Random, 3)]
    [InlineData(SplitBy.Random, 4)]
    public void No_row_stands_in_two_splits(SplitBy by, int stride)
    {
        using TempFolder folder = Rows(200, start: Hour);
        DataSpec spec = Spec with { Time = "time", Window = new WindowSpec(3, stride), Split = Parted with { By = by } };

        DataSet set = Loading.Load(folder, spec);
        int[][] rows = [.. new[] { set.Train, set.Validation!, set.Test! }.Select(split => Loading.Values(split).SelectMany(window => new[] { window[0], window[2], window[4] }).Select(value => (int)value).Distinct().ToArray())];

        Assert.All(rows, split => Assert.NotEmpty(split));
        Assert.Equal(rows.Sum(split => split.Length), rows.SelectMany(split => split).Distinct().Count());
        // What a split keeps in memory is what its windows cover, and nothing of the others.
        Assert.Equal(rows.Select(split => split.Length * 2), new[] { set.Train, set.Validation!, set.Test! }.Select(split => split.Floats!.Length));
    }

    [Theory]
    [InlineData(Scaling.Standard)]
    [InlineData(Scaling.Unit)]
    [InlineData(Scaling.Symmetric)]
    public void Held_out_rows_take_no_part_in_the_scale(Scaling scale)
    {
        using TempFolder folder = Rows(20);
        DataSpec spec = Spec with { Split = Parted, Scale = scale };
        DataSet before = Loading.Load(folder, spec);
        folder.Write("t.csv", Table(Enumerable.Range(0, 20), row => row < 12 ? row : 1e6 * row));

        DataSet after = Loading.Load(folder, spec);

        Assert.Equal(before.Units, after.Units);
        Assert.Equal(before.Train.Floats, after.Train.Floats);
        Assert.NotEqual(before.Validation!.Floats, after.Validation!.Floats);
    }

    [Fact]
    public void Each_row_counts_once_for_the_scale_however_many_windows_share_it()
    {
        using TempFolder folder = Rows(20);

        DataSet set = Loading.Load(folder, Spec with { Split = Parted, Scale = Scaling.Standard });

        double mean = Enumerable.Range(0, 12).Average(), deviation = Math.Sqrt(Enumerable.Range(0, 12).Average(row => (row - mean) * (row - mean)));
        Assert.Equal([mean, 10 * mean], set.Units.Offsets.Select(value => Math.Round(value, 9)));
        Assert.Equal(deviation, set.Units.Factors[0], 1e-12);
        Assert.Equal(0, set.Train.Floats!.Where((_, i) => i % 2 == 0).Average(), 1e-6f);
    }

    [Theory]
    [InlineData(Scaling.None)]
    [InlineData(Scaling.Standard)]
    [InlineData(Scaling.Unit)]
    [InlineData(Scaling.Symmetric)]
    public void The_units_lead_back_to_the_numbers_of_the_file(Scaling scale)
    {
        using TempFolder folder = Rows(20);

        DataSet set = Loading.Load(folder, Spec with { Split = Parted, Scale = scale });

        float[] raw = set.Units.ToRaw(set.Test!.Example(1));
        Assert.Equal(Window(17), raw, (expected, value) => Math.Abs(expected - value) < 1e-3);
        Assert.Equal(set.Test.Example(1), set.Units.FromRaw(Window(17)), (expected, value) => Math.Abs(expected - value) < 1e-5);
        Assert.Equal(["a", "b"], set.Units.Columns);
    }

    [Fact]
    public void A_feature_that_never_changes_comes_back_as_it_was()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "a,b\n1,7\n2,7\n4,7\n");

        DataSet set = Loading.Load(folder, Spec with { Window = null, Shape = [2], Scale = Scaling.Standard });

        Assert.Equal([1, 7, 2, 7, 4, 7], set.Units.ToRaw(set.Train.Floats).Select(value => MathF.Round(value, 4)));
    }

    [Fact]
    public void Fractions_leave_the_training_set_what_rounding_leaves()
    {
        using TempFolder folder = Rows(11);
        DataSpec rows = Spec with { Window = null, Shape = [2] };

        DataSet set = Loading.Load(folder, rows with { Split = Parted });

        Assert.Equal((7, 2, 2), (set.Train.Count, set.Validation!.Count, set.Test!.Count));
        Assert.Equal([7f, 8f], Loading.Values(set.Validation).Select(row => row[0]));
        Assert.Equal([9f, 10f], Loading.Values(set.Test).Select(row => row[0]));
    }

    [Fact]
    public void Counts_take_the_last_rows_and_leave_the_oldest_out()
    {
        using TempFolder folder = Rows(20);
        DataSpec rows = Spec with { Window = null, Shape = [2] };

        DataSet set = Loading.Load(folder, rows with { Split = new SplitSpec { By = SplitBy.Order, Train = new Amount(10, false), Test = new Amount(4, false) } });

        Assert.Equal((6f, 15f), (set.Train.Example(0)[0], set.Train.Example(9)[0]));
        Assert.Equal(16, set.Test!.Example(0)[0]);
        Assert.Null(set.Validation);
    }

    [Fact]
    public void Parts_that_take_more_than_there_is_are_refused()
    {
        using TempFolder folder = Rows(20);
        DataSpec rows = Spec with { Window = null, Shape = [2] };

        Loading.Refused(folder, rows with { Split = new SplitSpec { By = SplitBy.Order, Train = new Amount(17, false), Test = new Amount(4, false) } }, DiagnosticTable.Data.SplitTooLarge, "t.csv", "training", "17 of 20", "leave 16");
        Loading.Refused(folder, rows with { Split = new SplitSpec { By = SplitBy.Random, Train = new Amount(17, false), Test = new Amount(4, false) } }, DiagnosticTable.Data.SplitTooLarge, "t.csv", "training", "leave 16");
        Loading.Refused(folder, rows with { Split = new SplitSpec { By = SplitBy.Order, Validation = new Amount(0.9, true), Test = new Amount(4, false) } }, DiagnosticTable.Data.SplitTooLarge, "t.csv", "validation", "leave 16");
        Loading.Refused(folder, rows with { Split = new SplitSpec { By = SplitBy.Random, Validation = new Amount(0.9, true), Test = new Amount(4, false) } }, DiagnosticTable.Data.SplitTooLarge, "t.csv", "validation", "leave 16");
    }

    [Fact]
    public void A_random_split_takes_fractions_of_the_whole()
    {
        using TempFolder folder = Rows(100);
        DataSpec rows = Spec with { Window = null, Shape = [2] };

        DataSet set = Loading.Load(folder, rows with { Split = Parted with { By = SplitBy.Random } });
        DataSet limited = Loading.Load(folder, rows with { Split = new SplitSpec { By = SplitBy.Random, Train = new Amount(30, false), Test = new Amount(0.2, true) } });

        Assert.Equal((60, 20, 20), (set.Train.Count, set.Validation!.Count, set.Test!.Count));
        Assert.Equal(Enumerable.Range(0, 100), new[] { set.Train, set.Validation, set.Test }.SelectMany(Loading.Values).Select(row => (int)row[0]).Order());
        Assert.Equal((30, 20), (limited.Train.Count, limited.Test!.Count));
    }

    [Fact]
    public void A_series_too_short_for_a_window_says_in_which_split()
    {
        using TempFolder folder = Rows(10);

        Loading.Refused(folder, Spec with { Split = Parted }, DiagnosticTable.Data.NoWindow, "t.csv", "3 rows", "validation", "10 rows");
        Loading.Refused(folder, Spec with { Window = new WindowSpec(11), Shape = [11, 2] }, DiagnosticTable.Data.NoWindow, "t.csv", "training");
    }

    [Theory]
    [InlineData("2024-01-01T10:00:00Z", 10)]
    [InlineData("2024-01-01T09:30:00Z", 10)]
    [InlineData("2024-01-01T12:00:00+02:00", 10)]
    [InlineData("2023-01-01", 0)]
    public void A_part_may_begin_at_a_moment(string moment, int firstRow)
    {
        using TempFolder folder = Rows(20, start: Hour);
        Assert.True(Moment.TryParse(moment, out Moment from));
        DataSpec rows = Spec with { Window = null, Shape = [2], Time = "time" };

        if (firstRow == 0)
        {
            Loading.Refused(folder, rows with { Test = Amount.Since(from) }, DiagnosticTable.Data.EmptySplit, "t.csv", "training", "2024-01-01 to 2024-01-01T19:00:00Z");
            return;
        }

        Assert.Equal(firstRow, Loading.Load(folder, rows with { Test = Amount.Since(from) }).Test!.Example(0)[0]);
        Assert.Equal(firstRow, Loading.Load(folder, rows with { Validation = Amount.Since(from) }).Validation!.Example(0)[0]);
        Assert.Equal(firstRow, Loading.Load(folder, rows with { Limit = Amount.Since(from) }).Train.Example(0)[0]);
        DataSet split = Loading.Load(folder, Spec with { Time = "time", Split = new SplitSpec { By = SplitBy.Time, Validation = Amount.Since(from), Test = new Amount(4, false) } });
        Assert.Equal(Window(firstRow), split.Validation!.Example(0));
        Assert.Equal(Window(16), split.Test!.Example(0));
        Assert.Equal(Window(firstRow - 3), split.Train.Example(split.Train.Count - 1));
    }

    [Fact]
    public void A_limit_draws_windows_of_the_training_split_only()
    {
        using TempFolder folder = Rows(100);

        DataSet all = Loading.Load(folder, Spec with { Split = Parted });
        DataSet set = Loading.Load(folder, Spec with { Split = Parted, Limit = new Amount(5, false) });

        Assert.Equal(5, set.Train.Count);
        Assert.Equal(all.Validation!.Floats, set.Validation!.Floats);
        Assert.All(Loading.Values(set.Train), window => Assert.Contains(window, Loading.Values(all.Train)));
        Assert.InRange(set.Train.Floats!.Length, 6, 30);
    }

    [Fact]
    public void No_window_crosses_a_gap_in_a_regular_series_and_a_warning_says_where_it_is()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", Table([.. Enumerable.Range(0, 10), .. Enumerable.Range(14, 10)], start: Hour));

        DataSet set = Loading.Load(folder, Spec with { Time = "time" });

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18, 19, 20, 21], Loading.Values(set.Train).Select(window => (int)window[0]));
        Diagnostic warning = Assert.Single(set.Warnings);
        Assert.Equal(("VAE3033", Severity.Warning, 12), (warning.Code.Id, warning.Severity, warning.Location!.Line));
        Assert.Contains("a row every 1 h, and one gap from 2024-01-01T09:00:00Z to 2024-01-01T14:00:00Z", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_little_jitter_is_no_gap()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "time,a,b\n0,0,0\n10.4,1,0\n19.8,2,0\n30,3,0\n40.3,4,0\n");

        DataSet set = Loading.Load(folder, Spec with { Time = "time" });

        Assert.Equal(3, set.Train.Count);
        Assert.Empty(set.Warnings);
    }

    [Fact]
    public void Times_without_a_step_have_no_gaps_but_a_warning()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "time,a,b\n0,0,0\n1,1,0\n5,2,0\n6.5,3,0\n90,4,0\n");

        DataSet set = Loading.Load(folder, Spec with { Time = "time" });

        Assert.Equal(3, set.Train.Count);
        Assert.Equal("VAE3034", Assert.Single(set.Warnings).Code.Id);
    }

    [Theory]
    [InlineData("2024-01-01", "2024-01-02", "", "VAE3030", 4, "is empty")]
    [InlineData("2024-01-01", "yesterday", "2024-01-03", "VAE3030", 3, "'yesterday'")]
    [InlineData("01.02.2024", "02.02.2024", "03.02.2024", "VAE3030", 2, "ISO 8601")]
    [InlineData("2024-01-01", "2024-01-02", "5", "VAE3030", 4, "a number, but a date in line 2")]
    [InlineData("2024-01-01", "2024-01-03", "2024-01-02", "VAE3031", 4, "before 2024-01-03 in line 3")]
    [InlineData("2024-01-01T02:00+01:00", "2024-01-01T01:30Z", "2024-01-01T02:15+01:00", "VAE3031", 4, "before 2024-01-01T01:30:00Z")]
    [InlineData("1", "2", "2.0", "VAE3032", 4, "line 3 has already")]
    [InlineData("2024-01-01 00:00", "2024-01-01T00:00:00", "2024-01-02", "VAE3032", 3, "line 2 has already")]
    [InlineData("3", "2", "1", "VAE3031", 3, "before 3 in line 2")]
    public void Times_that_do_not_ascend_or_cannot_be_read_are_named_with_their_line(string first, string second, string third, string code, int line, string message)
    {
        using TempFolder folder = new();
        folder.Write("t.csv", $"time,a,b\n{first},1,2\n{second},3,4\n{third},5,6\n");

        VaeException fault = Assert.Throws<VaeException>(() => Loading.Load(folder, Spec with { Time = "time" }));

        Assert.Equal((code, line), (fault.Diagnostics[0].Code.Id, fault.Diagnostics[0].Location!.Line));
        Assert.Contains(message, fault.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_value_in_a_series_is_refused_with_its_line()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "time,a,b\n1,1,2\n2,3,\n3,5,6\n");

        Diagnostic fault = Loading.Refused(folder, Spec with { Time = "time" }, DiagnosticTable.Data.BadNumber, "t.csv", "'b' is empty");
        Assert.Equal(3, fault.Location!.Line);
    }

    [Fact]
    public void A_moment_is_of_the_kind_that_the_column_holds()
    {
        using TempFolder folder = Rows(20, start: Hour);

        Loading.Refused(folder, Spec with { Time = "time", Test = Amount.Since(new Moment(5, false)) }, DiagnosticTable.Data.BadTime, "t.csv", "begins at 5, a number", "holds dates");
    }

    [Fact]
    public void The_time_is_no_feature_unless_it_is_named_as_one()
    {
        using TempFolder folder = new();
        folder.Write("t.csv", "time,a,kind\n1,5,x\n2,6,y\n3,7,y\n");
        DataSpec spec = Spec with { Columns = [], Time = "time", Labels = "kind", Window = new WindowSpec(2), Shape = [2, 1] };

        DataSet set = Loading.Load(folder, spec);

        Assert.Equal([[5, 6], [6, 7]], Loading.Values(set.Train));
        Assert.Equal(["a"], set.Units.Columns);
        Assert.Equal(["x", "y"], set.Units.Labels);
        // A window has the label of its last row.
        Assert.Equal([1, 1], set.Train.Labels!);
        Assert.Equal([[1, 2], [2, 3]], Loading.Values(Loading.Load(folder, spec with { Columns = ["time"] }).Train));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    public void Neither_culture_nor_calendar_changes_times_and_numbers(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            using TempFolder folder = new();
            folder.Write("t.csv", "time;a;b\n2024-12-31 23:59:58.5;1.5;2e-1\n2024-12-31 23:59:59;2.5;.3\n2024-12-31 23:59:59.5;3.5;0.4\n2025-01-01 00:00:00;4.5;0.5\n");

            DataSet set = Loading.Load(folder, Spec with { Time = "time" });

            Assert.Equal([1.5f, 0.2f, 2.5f, 0.3f, 3.5f, 0.4f], set.Train.Example(0));
            Assert.Equal(2, set.Train.Count);
            Assert.Empty(set.Warnings);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_source_with_a_test_set_of_its_own_refuses_another()
    {
        using TempFolder folder = new();
        folder.Write("x.npz", Craft.Zip(("x_train.npy", Craft.Npy("<f4", "4, 2", Craft.Floats(1, 2, 3, 4, 5, 6, 7, 8))), ("x_test.npy", Craft.Npy("<f4", "1, 2", Craft.Floats(1, 2)))));
        DataSpec spec = new() { Source = "npz", Path = "x.npz", Shape = [2], Scale = Scaling.None };

        Loading.Refused(folder, spec with { Split = Parted }, DiagnosticTable.Data.TestTwice, "x_train.npy");
        DataSet set = Loading.Load(folder, spec with { Split = new SplitSpec { By = SplitBy.Order, Validation = new Amount(0.25, true) } });
        Assert.Equal((3, 1, 1), (set.Train.Count, set.Validation!.Count, set.Test!.Count));
        Assert.Equal([7, 8], set.Validation.Example(0));
    }

    [Fact]
    public void The_series_of_the_example_is_regular_and_parted_by_time()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "VaeDsl.sln")))
            folder = Path.GetDirectoryName(folder)!;
        DataSpec spec = new()
        {
            Source = "csv",
            Path = "data/turbine.csv",
            Columns = ["rpm", "temp", "vibration"],
            Time = "timestamp",
            Window = new WindowSpec(96),
            Shape = [96, 3],
            Scale = Scaling.Standard,
            Split = new SplitSpec { By = SplitBy.Time, Train = new Amount(0.7, true), Validation = new Amount(0.15, true), Test = new Amount(0.15, true) },
        };

        DataSet set = DataSetLoader.Load(spec, new DataLoadOptions { SpecDirectory = Path.Combine(folder, "examples", "Turbine") });

        Assert.Empty(set.Warnings);
        Assert.Equal((15_120 - 95, 3_240 - 95, 3_240 - 95), (set.Train.Count, set.Validation!.Count, set.Test!.Count));
        Assert.Equal(15_120 * 3, set.Train.Floats!.Length);
        Assert.InRange(set.Units.Offsets[0], 2500, 3500);
    }

    private static string Hour(int row) => new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(row).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Row i is [i, 10 i].</summary>
    private static TempFolder Rows(int count, Func<int, string>? start = null)
    {
        TempFolder folder = new();
        folder.Write("t.csv", Table(Enumerable.Range(0, count), start: start));
        return folder;
    }

    private static string Table(IEnumerable<int> rows, Func<int, double>? value = null, Func<int, string>? start = null)
    {
        StringBuilder text = new(start is null ? "a,b\n" : "time,a,b\n");
        foreach (int row in rows)
        {
            double number = value?.Invoke(row) ?? row;
            text.Append(CultureInfo.InvariantCulture, $"{(start is null ? "" : start(row) + ",")}{number},{10 * number}\n");
        }

        return text.ToString();
    }

    /// <summary>The window of three rows that begins at a row.</summary>
    private static float[] Window(int row) => [row, 10 * row, row + 1, 10 * (row + 1), row + 2, 10 * (row + 2)];
}
