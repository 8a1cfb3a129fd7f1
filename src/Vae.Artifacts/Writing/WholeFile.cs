using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Writing;

/// <summary>Files that are whole or not there.</summary>
public static class WholeFile
{
    /// <summary>Writes a file under a temporary name and puts it in the place of an earlier one; the folders above it are made.</summary>
    /// <exception cref="VaeException">VAE5104: it cannot be written.</exception>
    public static void Write(string path, byte[] content)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
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

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fault">What it is where the file cannot be opened, from the reason.</param>
    /// <exception cref="VaeException">It cannot be opened.</exception>
    internal static byte[] Read(string path, Func<string, Exception, VaeException> fault)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw fault(e.Message, e);
        }
    }
}
