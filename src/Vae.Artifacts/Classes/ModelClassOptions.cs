namespace Vae.Artifacts.Classes;

/// <summary>What a generated class is called and where it finds its model.</summary>
/// <param name="Class">Its name, a C# identifier.</param>
/// <param name="Namespace">Its namespace, dotted identifiers.</param>
/// <param name="Source">The file that the spec came from, without its folder: comments name it.</param>
/// <param name="ModelsFolder">The folder of the models beside the program.</param>
/// <param name="Model">The model's folder in it.</param>
public sealed record ModelClassOptions(string Class, string Namespace, string Source, string ModelsFolder, string Model)
{
    /// <summary>Whether other projects see the class.</summary>
    public bool IsPublic { get; init; } = true;

    /// <summary>Whether the project's compiler knows annotations of nullable references.</summary>
    public bool IsNullableAware { get; init; }
}
