using System.Globalization;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>data</c>.</summary>
internal static class DataReader
{
    public static DataSpec? Read(MapNode map, DiagnosticBag bag)
    {
        var fields = new Fields(map, Grammar.Data, bag);
        string? dataset = fields.Text("dataset"), source = fields.Text("source");
        string? path = fields.Text("path"), labels = fields.Text("labels");
        int? classes = fields.Int("classes");
        ValueList<string>? columns = fields.Texts("columns");
        string? time = fields.Text("time");
        WindowSpec? window = map["window"] is MapNode windowMap ? ReadWindow(windowMap, bag) : null;
        SplitSpec? split = map["split"] is MapNode splitMap ? ReadSplit(splitMap, bag) : null;
        Shape? shape = fields.Shape("shape");
        bool shapeFailed = shape is null && fields.Has("shape");
        string? scale = fields.Text("scale"), binarize = fields.Text("binarize");
        Amount? validation = fields.Amount("validation"), test = fields.Amount("test"), limit = fields.Amount("limit");

        if (fields.Has("dataset") && fields.Has("source"))
            bag.Add(DiagnosticTable.Syntax.Conflict, fields.At("source"), "'data' has both 'dataset' and 'source'; keep one of the two");
        else if (!fields.Has("dataset") && !fields.Has("source") && !bag.IsExcused(map, "dataset") && !bag.IsExcused(map, "source"))
            bag.Add(DiagnosticTable.Syntax.Missing, map.Location, "'data' needs 'dataset' (mnist, fashion-mnist) or 'source' (idx, csv, npy, npz, images)");

        NamedDataSet? named = dataset is null ? null : DataSetCatalogue.Find(dataset);
        if (named is not null)
            CheckNamed(named, fields, validation, bag);
        else if (source is not null)
            CheckSource(source, fields, bag);

        // A window that could not be read leaves the shape open.
        shapeFailed |= map["window"] is not null && window is null;
        if (shape is null && !shapeFailed)
            shape = named?.Shape ?? (columns is not { Count: > 0 } features ? null : window is null ? [features.Count] : [window.Length, features.Count]);
        if (shape is not null && !shapeFailed)
            shapeFailed = !TryShape(shape, named, source == "csv" ? columns : null, source == "csv" ? window : null, fields, bag);
        if (shape is null && !shapeFailed && source is not null && !bag.IsExcused(map, "shape"))
        {
            bag.Add(DiagnosticTable.Syntax.Missing, map.Location, source == "csv"
                ? $"'data' with 'source: csv' needs 'columns', or 'shape: {(window is null ? "[number of columns]" : "[window length, number of columns]")}'"
                : $"'data' with 'source: {source}' needs 'shape', the shape of one example, as in 'shape: [1, 28, 28]'");
        }

        if (binarize is "threshold" or "static" or "dynamic" && scale is not (null or "unit"))
            bag.Add(DiagnosticTable.Meaning.Combination, fields.At("binarize"), $"'binarize: {binarize}' needs values in 0..1, but 'scale' is {scale}; remove one of the two");
        CheckSplit(split, window, fields, bag);
        if (validation is { IsFraction: true, Value: >= 1 })
            bag.Add(DiagnosticTable.Meaning.Combination, fields.At("validation"), "'validation' takes the whole training set; leave some of it for training");

        // A shape that the data cannot have would only mislead the layers.
        return shape is null || shapeFailed ? null : new DataSpec
        {
            Dataset = dataset,
            Source = source,
            Path = path,
            Labels = labels,
            Classes = classes,
            Columns = columns ?? [],
            Time = time,
            Window = window,
            Shape = shape,
            Scale = Enum.TryParse(scale, ignoreCase: true, out Scaling scaling) ? scaling : Scaling.Unit,
            Binarize = Enum.TryParse(binarize, ignoreCase: true, out Binarization binarization) ? binarization : Binarization.None,
            Split = split,
            Validation = validation,
            Test = test,
            Limit = limit,
        };
    }

    private static void CheckNamed(NamedDataSet named, Fields fields, Amount? validation, DiagnosticBag bag)
    {
        foreach (string key in (string[])["path", "labels", "classes", "columns", "time", "window", "test"])
        {
            if (fields.Has(key))
                bag.Add(DiagnosticTable.Meaning.DataKeys, fields.At(key), $"'{key}' is for 'source'; the data set '{named.Name}' brings its own files, labels and test set");
        }

        if ((fields.Map["split"] as MapNode)?["test"] is Node test)
            bag.Add(DiagnosticTable.Meaning.DataKeys, test.Location, $"'test' of 'split' is for 'source'; the data set '{named.Name}' brings its own test set");

        if (validation is { IsFraction: false, Value: var count } && count >= named.Train)
            bag.Add(DiagnosticTable.Meaning.Combination, fields.At("validation"), $"'validation' takes {Number(count)} of the {Number(named.Train)} training examples of '{named.Name}'; leave some for training");
    }

    private static void CheckSource(string source, Fields fields, DiagnosticBag bag)
    {
        if (!fields.Has("path") && !bag.IsExcused(fields.Map, "path"))
            bag.Add(DiagnosticTable.Syntax.Missing, fields.Map.Location, $"'data' with 'source: {source}' needs 'path', the file or folder, relative to the spec");
        foreach (string key in (string[])["columns", "time", "window"])
        {
            if (source != "csv" && fields.Has(key))
                bag.Add(DiagnosticTable.Meaning.DataKeys, fields.At(key), $"'{key}' is for 'source: csv', not for '{source}'");
        }

        if (source is "csv" or "npy" && fields.Has("classes") && !fields.Has("labels") && !bag.IsExcused(fields.Map, "labels"))
            bag.Add(DiagnosticTable.Meaning.DataKeys, fields.At("classes"), $"'classes' counts labels, but 'source: {source}' has none without 'labels'; add it, or remove 'classes'");
    }

    private static WindowSpec? ReadWindow(MapNode map, DiagnosticBag bag)
    {
        var fields = new Fields(map, Grammar.Window, bag);
        int? length = fields.Int("length"), stride = fields.Int("stride");
        return length is null || stride is null ? null : new WindowSpec(length.Value, stride.Value);
    }

    private static SplitSpec? ReadSplit(MapNode map, DiagnosticBag bag)
    {
        var fields = new Fields(map, Grammar.Split, bag);
        string? by = fields.Text("by");
        Amount? train = fields.Amount("train"), validation = fields.Amount("validation"), test = fields.Amount("test");
        if (!Enum.TryParse(by, ignoreCase: true, out SplitBy chosen))
            return null;
        if (!fields.Has("validation") && !fields.Has("test"))
            bag.Add(DiagnosticTable.Meaning.SplitParts, map.Location, "'split' holds nothing out; give it 'validation' or 'test', as in '{by: time, validation: 15%, test: 15%}', or remove it");

        Amount[] held = [.. new[] { validation, test }.OfType<Amount>()];
        bool wrote = held.All(part => part.IsFraction);
        double sum = held.Sum(part => part.Value) + (train is { IsFraction: true, Value: var share } ? share : 0);
        string percent = Numerals.Write(Math.Round(100 * sum, 6));
        if (wrote && train is { IsFraction: true } && Math.Abs(sum - 1) > 1e-6)
            bag.Add(DiagnosticTable.Meaning.SplitParts, map.Location, $"the parts of 'split' add up to {percent}%, not to 100%; leave 'train' out, and it is what the others leave");
        else if (wrote && train is null && sum >= 1 - 1e-6)
            bag.Add(DiagnosticTable.Meaning.SplitParts, map.Location, $"'validation' and 'test' of 'split' take {percent}%; leave some for training");
        return new SplitSpec { By = chosen, Train = train, Validation = validation, Test = test };
    }

    private static void CheckSplit(SplitSpec? split, WindowSpec? window, Fields fields, DiagnosticBag bag)
    {
        foreach (string key in (string[])["validation", "test"])
        {
            if (fields.Has("split") && fields.Has(key))
                bag.Add(DiagnosticTable.Syntax.Conflict, fields.At(key), $"'{key}' stands beside 'split', which says how the whole is parted; move it into 'split'");
        }

        var parts = fields.Map["split"] as MapNode;
        const string Overlap = "windows that overlap share rows";
        if (split?.By == SplitBy.Random && window is { Overlaps: true })
            bag.Add(DiagnosticTable.Meaning.LeakySplit, parts!["by"]!.Location, $"{Overlap}, so 'by: random' would put the same rows into two sets; split by 'time' or 'order', or give 'window' a stride of at least {Number(window.Length)}");
        if (split?.By == SplitBy.Time && !fields.Has("time"))
            bag.Add(DiagnosticTable.Meaning.NoTime, parts!["by"]!.Location, "'by: time' needs the column of times; name it with 'data: {time: timestamp}', or split by 'order'");

        // A moment cuts the series; a fraction or a count outside of 'split' is drawn.
        foreach ((string key, MapNode map) in Amounts(fields.Map, parts))
        {
            if (map[key] is MapNode && split?.By is SplitBy.Order or SplitBy.Random && map == parts)
                bag.Add(DiagnosticTable.Meaning.Combination, map[key]!.Location, $"'{key}' of 'split' begins at a moment, which only 'by: time' can find; write 'by: time', or a fraction or a count");
            else if (map[key] is MapNode && !fields.Has("time"))
                bag.Add(DiagnosticTable.Meaning.NoTime, map[key]!.Location, $"'{key}' begins at a moment, but the data has no column of times; name it with 'data: {{time: timestamp}}'");
            else if (map[key] is ScalarNode && map != parts && key != "limit" && window is { Overlaps: true } && !fields.Has("split"))
                bag.Add(DiagnosticTable.Meaning.LeakySplit, map[key]!.Location, $"'{key}' is drawn at random, and {Overlap}: the same rows would stand in two sets; write 'split: {{by: {(fields.Has("time") ? "time" : "order")}, {key}: {((ScalarNode)map[key]!).Text}}}'");
        }
    }

    private static IEnumerable<(string Key, MapNode Map)> Amounts(MapNode data, MapNode? split) =>
    [
        ("validation", data), ("test", data), ("limit", data),
        .. split is null ? (IEnumerable<(string, MapNode)>)[] : [("train", split), ("validation", split), ("test", split)],
    ];

    private static bool TryShape(Shape shape, NamedDataSet? named, ValueList<string>? columns, WindowSpec? window, Fields fields, DiagnosticBag bag)
    {
        double size = shape.Aggregate(1.0, (product, axis) => product * axis);
        if (named is not null && size != named.Shape.Size && !IsOtherSizeOf(named.Shape, shape))
            bag.Add(DiagnosticTable.Meaning.DataShape, fields.At("shape"), $"'{named.Name}' has {named.Shape} = {Number(named.Shape.Size)} numbers an example, but 'shape' is {shape} = {Number(size)}; write {named.Shape}, [{Number(named.Shape.Size)}], or a picture of the same proportions, as {Doubled(named.Shape)}");
        else if (window is not null && !FitsWindow(shape, size, window, columns))
            bag.Add(DiagnosticTable.Meaning.DataShape, fields.At("shape"), $"a window of {Number(window.Length)} rows of {(columns is { Count: > 0 } ? Number(columns.Count) : "F")} columns is [{Number(window.Length)},{(columns is { Count: > 0 } ? Number(columns.Count) : "F")}], or flat with as many numbers, but 'shape' is {shape}{(columns is { Count: > 0 } ? "; leave 'shape' out" : "")}");
        else if (window is null && columns is { Count: > 0 } && size != columns.Count)
            bag.Add(DiagnosticTable.Meaning.DataShape, fields.At("shape"), $"'columns' names {Number(columns.Count)} columns, but 'shape' is {shape} = {Number(size)} numbers; leave 'shape' out");
        else if (size > int.MaxValue)
            bag.Add(DiagnosticTable.Meaning.ModelTooLarge, fields.At("shape"), $"'shape' {shape} has more than 2,147,483,647 numbers");
        else
            return true;
        return false;
    }

    /// <summary>A picture [C,H,W] of the same channels and proportions is resized.</summary>
    private static bool IsOtherSizeOf(Shape picture, Shape asked) =>
        picture.Rank == 3 && asked.Rank == 3 && asked[0] == picture[0] && (long)asked[1] * picture[2] == (long)asked[2] * picture[1];

    private static Shape Doubled(Shape picture) => [picture[0], 2 * picture[1], 2 * picture[2]];

    /// <summary>[T,F] as it is, or flattened.</summary>
    private static bool FitsWindow(Shape shape, double size, WindowSpec window, ValueList<string>? columns) =>
        (columns is { Count: > 0 } ? size == (double)window.Length * columns.Count : size % window.Length == 0) &&
        (shape.Rank == 1 || (shape.Rank == 2 && shape[0] == window.Length));

    private static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
