using Vae.Dsl.Diagnostics;

namespace Vae.Tool.Inference;

/// <summary>Files that are whole or not there.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file, and the folders above it.</summary>
    /// <exception cref="VaeException">VAE5104: it cannot be written.</exception>
    public static void Write(string path, byte[] content)
    {
        string full = Path.GetFullPath(path);
        string temporary = full + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnwritable.At(new Location(path, 0, 0), e.Message), e);
        }
    }
}
