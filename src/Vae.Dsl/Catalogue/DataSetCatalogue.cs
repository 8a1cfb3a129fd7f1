namespace Vae.Dsl.Catalogue;

/// <summary>The named data sets. A new one is a row here and its files in Vae.Data.</summary>
public static class DataSetCatalogue
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<NamedDataSet> All { get; } =
    [
        new("mnist", [1, 28, 28], 10, 60_000, 10_000, "Handwritten digits: LeCun, Cortes and Burges 1998."),
        new("fashion-mnist", [1, 28, 28], 10, 60_000, 10_000, "Articles of clothing: Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747."),
    ];

    /// <summary>The row of that name, or <c>null</c>.</summary>
    public static NamedDataSet? Find(string name) => All.FirstOrDefault(row => row.Name == name);
}
