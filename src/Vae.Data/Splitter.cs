using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data;

/// <summary>
/// Parts a data set. First what is cut off its end, test behind validation behind training; then, with a window, each piece is cut
/// into windows, none across a border or a gap; then what is drawn.
/// </summary>
internal sealed class Splitter
{
    private readonly DataSpec spec;
    private readonly int seed;
    private readonly int rows;
    private readonly Timeline? times;
    private readonly int[] gaps;
    private readonly string path;
    private int trainEnd;

    /// <param name="spec">What to part, and how.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="rows">How many rows there are; a row is an example where there is no window.</param>
    /// <param name="times">Their times; or <c>null</c>.</param>
    /// <param name="gaps">The rows before which rows are missing.</param>
    /// <param name="path">The file, for messages.</param>
    public Splitter(DataSpec spec, int seed, int rows, Timeline? times, int[] gaps, string path)
    {
        this.spec = spec;
        this.seed = seed;
        this.rows = rows;
        this.times = times;
        this.gaps = gaps;
        this.path = path;
        trainEnd = rows;
    }

    /// <summary>The examples of each split, as the numbers of their first rows, ascending.</summary>
    /// <param name="hasTest">Whether the source brought a test set, which no <c>test</c> then takes from it.</param>
    public (int[] Train, int[]? Validation, int[]? Test) Part(bool hasTest)
    {
        if (hasTest && spec.Split?.Test is not null)
            throw DataFault.At(DiagnosticTable.Data.TestTwice, path, "the source brings a test set of its own, and 'split' holds out another");
        Amount? testPart = hasTest ? null : spec.Split is null ? spec.Test : spec.Split.Test;
        Amount? validationPart = spec.Split is null ? spec.Validation : spec.Split.Validation;

        int[]? test = IsCut(testPart) ? CutOff(testPart!.Value, "test") : null;
        int[]? validation = IsCut(validationPart) ? CutOff(validationPart!.Value, "validation") : null;
        int[] train = Between(IsCut(spec.Split?.Train) ? FirstOfTraining() : 0, trainEnd);

        // In 'split' amounts are of the whole; elsewhere they are of what is left, and the limit comes before the validation set.
        int whole = train.Length;
        if (testPart is not null && test is null)
            (test, train) = Draw(train, Count(testPart.Value, train.Length, whole, "test"), "test");
        if (spec.Split is null)
            train = Limit(train);
        if (validationPart is not null && validation is null)
            (validation, train) = Draw(train, Count(validationPart.Value, train.Length, spec.Split is null ? train.Length : whole, "validation"), "validation");
        if (spec.Split is { By: SplitBy.Random, Train: { } part } && !IsRest(part))
            (train, _) = Draw(train, Count(part, train.Length, whole, "training"), "train");
        if (spec.Split is not null)
            train = Limit(train);
        return (train, validation, test);
    }

    /// <summary>A fault of a split without examples.</summary>
    public VaeException Empty(string name)
    {
        string extent = times is null ? "" : $"; the times run from {times.Extent}";
        return spec.Window is { } window
            ? DataFault.At(DiagnosticTable.Data.NoWindow, path, string.Create(CultureInfo.InvariantCulture, $"no window of {window.Length} rows fits into the {name} split of a series of {rows} rows{extent}"))
            : DataFault.At(DiagnosticTable.Data.EmptySplit, path, $"no examples are left for the {name} split{extent}");
    }

    private bool IsCut(Amount? part) => part is { } given && (given.From is not null || spec.Split?.By is SplitBy.Time or SplitBy.Order);

    /// <summary>Fractions that make a whole leave the training set the rest, so that rounding loses no row.</summary>
    private bool IsRest(Amount train) =>
        train.IsFraction && spec.Split is { } split && (split.Validation?.IsFraction ?? true) && (split.Test?.IsFraction ?? true);

    private int[] CutOff(Amount part, string name)
    {
        int first = part.From is Moment moment
            ? Math.Min(times!.RowsBefore(moment, name + " split"), trainEnd)
            : trainEnd - part.Of(rows);
        if (first < 0)
            throw TooLarge(name, part.Of(rows), trainEnd);
        int[] examples = Between(first, trainEnd);
        trainEnd = first;
        return examples;
    }

    private int FirstOfTraining()
    {
        Amount train = spec.Split!.Train!.Value;
        if (train.From is Moment moment)
            return Math.Min(times!.RowsBefore(moment, "training split"), trainEnd);
        if (IsRest(train))
            return 0;
        int count = train.Of(rows);
        return count <= trainEnd ? trainEnd - count : throw TooLarge("training", count, trainEnd);
    }

    /// <summary>The examples that lie wholly between two rows.</summary>
    private int[] Between(int first, int end)
    {
        if (spec.Window is not { } window)
            return [.. Enumerable.Range(first, end - first)];
        List<int> starts = [];
        int piece = first;
        foreach (int border in gaps.Where(gap => gap > first && gap < end).Append(end))
        {
            for (int start = piece; start <= border - window.Length; start += window.Stride)
                starts.Add(start);
            piece = border;
        }

        return [.. starts];
    }

    private int[] Limit(int[] train)
    {
        if (spec.Limit is not { } limit)
            return train;
        if (limit.From is not Moment moment)
            return Draw(train, limit.Of(train.Length), "limit").Drawn;
        int first = times!.RowsBefore(moment, "limit of the training split");
        return [.. train.Where(example => example >= first)];
    }

    private int Count(Amount part, int left, int whole, string name)
    {
        int count = part.Of(whole);
        return count <= left ? count : throw TooLarge(name, count, left);
    }

    private (int[] Drawn, int[] Others) Draw(int[] examples, int count, string purpose)
    {
        (int[] drawn, int[] others) = SeededDraw.Part(examples.Length, count, seed, purpose);
        return (Array.ConvertAll(drawn, place => examples[place]), Array.ConvertAll(others, place => examples[place]));
    }

    private VaeException TooLarge(string name, int asked, int left) => DataFault.At(
        DiagnosticTable.Data.SplitTooLarge,
        path,
        string.Create(CultureInfo.InvariantCulture, $"the {name} split takes {asked} of {rows} rows, but the others leave {left}"));
}
