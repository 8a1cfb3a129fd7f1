using System.Text;
using Vae.Artifacts.Writing;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Report;

/// <summary>The page of a folder that a training left long ago, perhaps by an older version.</summary>
public static class ReportFolder
{
    /// <summary>Writes <c>report.html</c> of a folder anew, and its digest into the manifest, so that the folder stays whole.</summary>
    /// <param name="folder">What <see cref="ArtifactWriter"/> wrote.</param>
    /// <param name="context">What the caller knows besides.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="VaeException">VAE5103: a file is missing or cannot be read. VAE5104: the page cannot be written.</exception>
    public static string Rebuild(string folder, ReportContext? context = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        byte[] page = Encoding.UTF8.GetBytes(HtmlReport.Write(ReportContent.Read(folder, context)));
        string path = Path.Combine(folder, ArtifactFolder.Report), manifest = Path.Combine(folder, ArtifactFolder.Manifest);
        WholeFile.Write(path, page);
        WholeFile.Write(manifest, Encoding.UTF8.GetBytes(Manifest.With(File.ReadAllText(manifest), ArtifactFolder.Report, FileDigest.Of(page))));
        return path;
    }
}
