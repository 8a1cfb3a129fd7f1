using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Tests;

public class SplitTests
{
    private static readonly DataSpec Spec = new() { Source = "idx", Path = "x", Labels = "y", Shape = [2], Scale = Scaling.None };

    [Fact]
    public void The_splits_are_disjoint_and_together_everything()
    {
        using TempFolder folder = Hundred();

        DataSet set = Loading.Load(folder, Spec with { Validation = new Amount(0.1, true), Test = new Amount(20, false) });

        Assert.Equal((72, 8, 20), (set.Train.Count, set.Validation!.Count, set.Test!.Count));
        Assert.Equal(Enumerable.Range(0, 100), Ids(set.Train).Concat(Ids(set.Validation)).Concat(Ids(set.Test)).Order());
        Assert.Equal(Ids(set.Train).Order(), Ids(set.Train));
        Assert.Equal(Ids(set.Train).Select(id => id % 7), set.Train.Labels!);
        Assert.Equal(Ids(set.Test).Select(id => id % 7), set.Test.Labels!);
    }

    [Fact]
    public void A_seed_means_the_same_split_for_ever()
    {
        using TempFolder folder = Hundred();
        DataSpec spec = Spec with { Validation = new Amount(8, false) };

        Assert.Equal([14, 29, 38, 43, 46, 76, 83, 95], Ids(Loading.Load(folder, spec).Validation!));
        Assert.NotEqual(Ids(Loading.Load(folder, spec).Validation!), Ids(Loading.Load(folder, spec, options => options with { Seed = 43 }).Validation!));
    }

    [Fact]
    public void The_limit_and_the_test_set_have_draws_of_their_own()
    {
        using TempFolder folder = Hundred();
        DataSpec limited = Spec with { Limit = new Amount(30, false), Test = new Amount(10, false) };

        DataSet set = Loading.Load(folder, limited with { Validation = new Amount(0.2, true) });

        Assert.Equal((24, 6, 10), (set.Train.Count, set.Validation!.Count, set.Test!.Count));
        Assert.Equal(Ids(Loading.Load(folder, Spec with { Test = new Amount(10, false) }).Test!), Ids(set.Test));
        Assert.Equal(Ids(Loading.Load(folder, limited).Train), Ids(set.Train).Concat(Ids(set.Validation)).Order());
        Assert.Equal(100, Loading.Load(folder, Spec with { Limit = new Amount(6000, false) }).Train.Count);
    }

    [Fact]
    public void Every_example_is_drawn_equally_often()
    {
        int[] hits = new int[10];
        for (int seed = 0; seed < 5000; seed++)
        {
            foreach (int index in SeededDraw.Part(10, 3, seed, "limit").Drawn)
                hits[index]++;
        }

        // 1500 each; the standard deviation is 32.
        Assert.All(hits, count => Assert.InRange(count, 1350, 1650));
    }

    [Fact]
    public void A_split_that_leaves_nothing_is_refused()
    {
        using TempFolder folder = Hundred();

        Loading.Refused(folder, Spec with { Validation = new Amount(100, false) }, DiagnosticTable.Data.EmptySplit, "x", "training");
        Loading.Refused(folder, Spec with { Validation = new Amount(0.001, true) }, DiagnosticTable.Data.EmptySplit, "x", "validation");
        Loading.Refused(folder, Spec with { Test = new Amount(0.001, true) }, DiagnosticTable.Data.EmptySplit, "x", "test");
        Loading.Refused(folder, Spec with { Limit = new Amount(0, false) }, DiagnosticTable.Data.EmptySplit, "x", "training");
    }

    [Fact]
    public void Statistics_come_from_the_training_split_alone()
    {
        using TempFolder folder = Hundred();
        DataSpec spec = Spec with { Labels = null, Validation = new Amount(30, false), Scale = Scaling.Standard };

        DataSet set = Loading.Load(folder, spec);
        float[] train = [.. Loading.Values(set.Train).Select(values => values[0])];

        Assert.Equal(0, train.Average(), 1e-5f);
        Assert.Equal(1, train.Average(value => value * value), 1e-4f);
        Assert.True(Math.Abs(Loading.Values(set.Validation!).Average(values => values[0])) > 1e-3);
    }

    [Fact]
    public void A_threshold_is_at_one_half_and_dynamic_binarization_is_left_to_the_trainer()
    {
        using TempFolder folder = new();
        folder.Write("x", Craft.Idx(8, [2, 2], [127, 128, 0, 255]));
        DataSpec spec = Spec with { Labels = null, Scale = Scaling.Unit };

        Assert.Equal([[0, 1], [0, 1]], Loading.Values(Loading.Load(folder, spec with { Binarize = Binarization.Threshold }).Train));
        Assert.Equal(127 / 255f, Loading.Load(folder, spec with { Binarize = Binarization.Dynamic }).Train.Example(0)[0], 1e-6f);
        folder.Write("t.csv", "a,b\n0,5\n10,6\n5,9\n");
        Assert.Equal(
            [[0, 0], [1, 0], [1, 1]],
            Loading.Values(Loading.Load(folder, spec with { Source = "csv", Path = "t.csv", Binarize = Binarization.Threshold }).Train));
    }

    [Fact]
    public void Static_binarization_draws_once_with_the_value_as_probability()
    {
        using TempFolder folder = new();
        const int Count = 500;
        byte[] values = [.. Enumerable.Range(0, Count).SelectMany(i => (byte[])[0, 51, 204, 255, (byte)(i % 251), (byte)(i / 251)])];
        folder.Write("x", Craft.Idx(8, [Count, 6], values));
        DataSpec spec = Spec with { Labels = null, Scale = Scaling.Unit, Shape = [6], Binarize = Binarization.Static };
        float[][] drawn = Loading.Values(Loading.Load(folder, spec).Train);

        Assert.All(drawn, example => Assert.All(example, value => Assert.True(value is 0 or 1)));
        Assert.All(drawn, example => Assert.Equal((0f, 1f), (example[0], example[3])));
        // Four standard deviations of a mean of 500 draws.
        Assert.InRange(drawn.Average(example => example[1]), 0.2 - 0.072, 0.2 + 0.072);
        Assert.InRange(drawn.Average(example => example[2]), 0.8 - 0.072, 0.8 + 0.072);

        // The same example is the same in another order and another split.
        Assert.Equal(drawn, Loading.Values(Loading.Load(folder, spec).Train));
        folder.Write("x", Craft.Idx(8, [Count, 6], [.. values.Chunk(6).Reverse().SelectMany(example => example)]));
        Assert.Equal(drawn.Reverse(), Loading.Values(Loading.Load(folder, spec).Train));
    }

    [Fact]
    public void The_draw_of_an_example_stays_what_it_is()
    {
        byte[] half = Binarizer.Apply(Binarization.Static, 32, 16, i => i < 16 ? 0.5f : 0.25f);

        Assert.Equal("10010001111000100011000000000100", string.Concat(half));
    }

    [Fact]
    public void Symmetric_bytes_reach_from_minus_one_to_one()
    {
        using TempFolder folder = new();
        folder.Write("x", Craft.Idx(8, [1, 2], [0, 255]));

        Examples train = Loading.Load(folder, Spec with { Labels = null, Scale = Scaling.Symmetric }).Train;

        Assert.NotNull(train.Bytes);
        Assert.Equal([-1, 1], train.Example(0));
    }

    [Fact]
    public void A_set_larger_than_the_memory_is_refused_with_the_estimate()
    {
        using TempFolder folder = new();
        folder.Write("x", Craft.Idx(8, [1_000_000, 2], new byte[2_000_000]));
        DataLoadOptions options = new() { SpecDirectory = folder.Path, MemoryLimit = 7_000_000 };
        DataSpec spec = Spec with { Labels = null };

        // Bytes that stay bytes fit; standardized ones become floats.
        Assert.Equal(1_000_000, DataSetLoader.Load(spec, options).Train.Count);
        VaeException fault = Assert.Throws<VaeException>(() => DataSetLoader.Load(spec with { Scale = Scaling.Standard }, options));

        Assert.Equal(DiagnosticTable.Data.TooLarge, fault.Diagnostics[0].Code);
        Assert.Contains("1,000,000 examples of 2 numbers take 12 MB in memory; the limit here is 7 MB", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_none_is_not_found()
    {
        using TempFolder folder = new();

        Loading.Refused(folder, Spec with { Path = "" }, DiagnosticTable.Data.NotFound, Path.GetFileName(folder.Path));
        Loading.Refused(folder, Spec with { Path = "a\0b" }, DiagnosticTable.Data.NotFound, Path.GetFileName(folder.Path));
        Loading.Refused(folder, Spec with { Path = "no/such" }, DiagnosticTable.Data.NotFound, "such");
    }

    [Fact]
    public void Cancellation_stops_a_read()
    {
        using TempFolder folder = Hundred();
        DataLoadOptions options = new() { SpecDirectory = folder.Path, Cancellation = new CancellationToken(canceled: true) };

        Assert.Throws<OperationCanceledException>(() => DataSetLoader.Load(Spec, options));
    }

    /// <summary>A hundred examples: number i is [i, 0], its label i modulo 7.</summary>
    private static TempFolder Hundred()
    {
        TempFolder folder = new();
        folder.Write("x", Craft.Idx(8, [100, 2], [.. Enumerable.Range(0, 100).SelectMany(i => new byte[] { (byte)i, 0 })]));
        folder.Write("y", Craft.Idx(8, [100], [.. Enumerable.Range(0, 100).Select(i => (byte)(i % 7))]));
        return folder;
    }

    private static int[] Ids(Examples examples) => [.. Loading.Values(examples).Select(values => (int)values[0])];
}
