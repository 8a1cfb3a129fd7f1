namespace Vae.Dsl.Reading;

/// <summary>A package of specs.</summary>
/// <param name="Id">Its id, as the project spells it.</param>
/// <param name="Folder">The folder of its specs.</param>
internal sealed record SpecPackage(string Id, string Folder);
