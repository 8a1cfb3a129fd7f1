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

        if (shape is null && !shapeFailed)
            shape = named?.Shape ?? (columns is { Count: > 0 } features ? [features.Count] : null);
        if (shape is not null)
            shapeFailed = !TryShape(shape, named, source == "csv" ? columns : null, fields, bag);
        if (shape is null && !shapeFailed && source is not null && !bag.IsExcused(map, "shape"))
        {
            bag.Add(DiagnosticTable.Syntax.Missing, map.Location, source == "csv"
                ? "'data' with 'source: csv' needs 'columns', or 'shape: [number of columns]'"
                : $"'data' with 'source: {source}' needs 'shape', the shape of one example, as in 'shape: [1, 28, 28]'");
        }

        if (binarize is "static" or "dynamic" && scale is not (null or "unit"))
            bag.Add(DiagnosticTable.Meaning.Combination, fields.At("binarize"), $"'binarize: {binarize}' needs values in 0..1, but 'scale' is {scale}; remove one of the two");
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
            Shape = shape,
            Scale = Enum.TryParse(scale, ignoreCase: true, out Scaling scaling) ? scaling : Scaling.Unit,
            Binarize = Enum.TryParse(binarize, ignoreCase: true, out Binarization binarization) ? binarization : Binarization.None,
            Validation = validation,
            Test = test,
            Limit = limit,
        };
    }

    private static void CheckNamed(NamedDataSet named, Fields fields, Amount? validation, DiagnosticBag bag)
    {
        foreach (string key in (string[])["path", "labels", "classes", "columns", "test"])
        {
            if (fields.Has(key))
                bag.Add(DiagnosticTable.Meaning.DataKeys, fields.At(key), $"'{key}' is for 'source'; the data set '{named.Name}' brings its own files, labels and test set");
        }

        if (validation is { IsFraction: false, Value: var count } && count >= named.Train)
            bag.Add(DiagnosticTable.Meaning.Combination, fields.At("validation"), $"'validation' takes {Number(count)} of the {Number(named.Train)} training examples of '{named.Name}'; leave some for training");
    }

    private static void CheckSource(string source, Fields fields, DiagnosticBag bag)
    {
        if (!fields.Has("path") && !bag.IsExcused(fields.Map, "path"))
            bag.Add(DiagnosticTable.Syntax.Missing, fields.Map.Location, $"'data' with 'source: {source}' needs 'path', the file or folder, relative to the spec");
        if (source != "csv" && fields.Has("columns"))
            bag.Add(DiagnosticTable.Meaning.DataKeys, fields.At("columns"), $"'columns' is for 'source: csv', not for '{source}'");
        if (source is "csv" or "npy" && fields.Has("classes") && !fields.Has("labels") && !bag.IsExcused(fields.Map, "labels"))
            bag.Add(DiagnosticTable.Meaning.DataKeys, fields.At("classes"), $"'classes' counts labels, but 'source: {source}' has none without 'labels'; add it, or remove 'classes'");
    }

    private static bool TryShape(Shape shape, NamedDataSet? named, ValueList<string>? columns, Fields fields, DiagnosticBag bag)
    {
        double size = shape.Aggregate(1.0, (product, axis) => product * axis);
        if (named is not null && size != named.Shape.Size)
            bag.Add(DiagnosticTable.Meaning.DataShape, fields.At("shape"), $"'{named.Name}' has {named.Shape} = {Number(named.Shape.Size)} numbers an example, but 'shape' is {shape} = {Number(size)}; write {named.Shape} or [{Number(named.Shape.Size)}]");
        else if (columns is { Count: > 0 } && size != columns.Count)
            bag.Add(DiagnosticTable.Meaning.DataShape, fields.At("shape"), $"'columns' names {Number(columns.Count)} columns, but 'shape' is {shape} = {Number(size)} numbers; leave 'shape' out");
        else if (size > int.MaxValue)
            bag.Add(DiagnosticTable.Meaning.ModelTooLarge, fields.At("shape"), $"'shape' {shape} has more than 2,147,483,647 numbers");
        else
            return true;
        return false;
    }

    private static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
