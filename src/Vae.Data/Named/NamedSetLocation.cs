using Vae.Dsl.Catalogue;

namespace Vae.Data.Named;

/// <summary>Where a named set is on this machine, for those who only want to know.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Folder">The folder that holds all its files; or <c>null</c>.</param>
/// <param name="Places">Every folder that is looked into, in order.</param>
public sealed record NamedSetLocation(string Name, string? Folder, IReadOnlyList<string> Places)
{
    /// <summary>Looks for every named set of the catalogue. Reads no file.</summary>
    public static IReadOnlyList<NamedSetLocation> FindAll(DataLoadOptions options) =>
    [
        .. DataSetCatalogue.All.Select(row =>
        {
            NamedSet set = NamedSetTable.Get(row.Name);
            string[] places = [.. NamedSetSearch.Places(set, options).SelectMany(place => place.Folders)];
            return new NamedSetLocation(row.Name, places.FirstOrDefault(folder => NamedSetSearch.FindIn(set, folder) is not null), places);
        }),
    ];
}
