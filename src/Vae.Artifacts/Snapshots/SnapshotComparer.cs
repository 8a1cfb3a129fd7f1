using System.Text;

namespace Vae.Artifacts.Snapshots;

/// <summary>Compares a file with the accepted one.</summary>
internal abstract class SnapshotComparer
{
    /// <summary>What differs, for people, the worst first; <c>null</c> where both are equal within the tolerance.</summary>
    /// <exception cref="FormatException">The accepted file cannot be read.</exception>
    public abstract string? Compare(byte[] received, byte[] verified);

    /// <summary>A file's text, whatever an editor or a checkout made of its line ends and its byte order mark.</summary>
    protected static string Text(byte[] content) => Encoding.UTF8.GetString(content).TrimStart('\uFEFF').ReplaceLineEndings("\n");
}
