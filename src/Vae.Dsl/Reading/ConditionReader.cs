using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>condition</c>.</summary>
internal static class ConditionReader
{
    /// <summary>The condition; <c>null</c> where a diagnostic says what is wrong with it, or with the data that it needs.</summary>
    public static ConditionSpec? Read(MapNode map, DataSpec? data, DiagnosticBag bag)
    {
        if (map["label"] is not Node label)
        {
            if (!bag.IsExcused(map, "label"))
                bag.Add(DiagnosticTable.Syntax.Missing, map.Location, $"'condition' needs 'label': {Grammar.Condition.Find("label")!.Help}");
            return null;
        }

        if (ComponentReader.Read(label, ConditionCatalogue.Rows, bag) is not Component form || data is null || Classes(data, label, bag) is not int classes)
            return null;
        return form.Kind == "one-hot"
            ? new ConditionSpec(ConditionKind.OneHot, classes, classes)
            : new ConditionSpec(ConditionKind.Embedding, classes, form.Arguments.Int("size"));
    }

    /// <summary>How many labels the data has, as far as that is known before it is read.</summary>
    private static int? Classes(DataSpec data, Node label, DiagnosticBag bag)
    {
        if (data.Dataset is string named)
            return DataSetCatalogue.Find(named)?.Classes;
        // A folder of idx files, an npz archive and folders of images may bring labels without a word of the spec.
        if (data is { Source: "csv" or "npy", Labels: null })
        {
            string what = data.Source == "csv" ? "the column of labels" : "the .npy file of labels";
            bag.Add(DiagnosticTable.Meaning.NoLabels, label.Location, $"'condition' needs labels, but 'source: {data.Source}' has none without 'data.labels'; name {what} there");
            return null;
        }

        if (data.Classes is null)
            bag.Add(DiagnosticTable.Meaning.NoClasses, label.Location, "'condition' needs the number of classes, which shapes depend on before the data is read; write it as 'data: {classes: 10}'");
        return data.Classes;
    }
}
