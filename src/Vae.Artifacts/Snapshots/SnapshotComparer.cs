using System.Text;

namespace Vae.Artifacts.Snapshots;

/// <summary>Compares a file with the accepted one.</summary>
internal abstract class SnapshotComparer
{
    /// <summary>Compares.</summary>
    /// <exception cref="FormatException">The accepted file cannot be read.</exception>
    public abstract Comparison Compare(byte[] received, byte[] verified);

    /// <summary>A PNG file that shows where both differ; <c>null</c> where there is nothing to see.</summary>
    public virtual byte[]? Draw(byte[] received, byte[] verified) => null;

    /// <summary>A file's text, whatever an editor or a checkout made of its line ends and its byte order mark.</summary>
    protected static string Text(byte[] content) => Encoding.UTF8.GetString(content).TrimStart('\uFEFF').ReplaceLineEndings("\n");
}
