namespace Vae.Artifacts.Report;

/// <summary>A file of the folder.</summary>
/// <param name="Path">With forward slashes.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its digest, lower-case hexadecimal.</param>
public sealed record ReportFile(string Path, long Bytes, string Sha256);
