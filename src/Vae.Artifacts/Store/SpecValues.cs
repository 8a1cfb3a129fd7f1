using Vae.Dsl;

namespace Vae.Artifacts.Store;

/// <summary>The values of an earlier training's resolved spec, to name what changed since.</summary>
public static class SpecValues
{
    /// <summary>Every value of the resolved spec in a folder of a trained spec; empty where there is none that this version of the language reads.</summary>
    public static IReadOnlyList<Origin> Of(string modelFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelFolder);
        string path = Path.Combine(modelFolder, ArtifactFolder.ResolvedSpec);
        return File.Exists(path) ? SpecLoader.Load(path).Origins : [];
    }
}
