namespace Vae.Data.Sources;

/// <summary>The kinds of data. A new one is a row here and a file beside this one.</summary>
internal static class SourceTable
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<DataSource> All { get; } =
    [
        new IdxSource(),
        new CsvSource(),
        new NpySource(),
        new NpzSource(),
        new ImagesSource(),
    ];

    /// <summary>The row of that name, or <c>null</c>.</summary>
    public static DataSource? Find(string name) => All.FirstOrDefault(row => row.Name == name);
}
