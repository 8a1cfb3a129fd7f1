namespace Vae.Testing;

/// <summary>Finds the folder of a model from what a test calls it.</summary>
internal static class ModelFolder
{
    /// <summary>A full path as it is; else what is there beside the tests, in <c>models</c> beside the tests, or in the current folder.</summary>
    public static string Find(string model, string assemblyFolder)
    {
        if (Path.IsPathFullyQualified(model))
            return model;
        string beside = Path.GetFullPath(model, assemblyFolder);
        string named = Path.GetFullPath(Path.Combine("models", model), assemblyFolder);
        return Directory.Exists(beside) ? beside : Directory.Exists(named) || !Directory.Exists(model) ? named : Path.GetFullPath(model);
    }
}
