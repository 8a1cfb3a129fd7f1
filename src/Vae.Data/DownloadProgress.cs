namespace Vae.Data;

/// <summary>How far a download is.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Mirror">Where it comes from.</param>
/// <param name="Received">Bytes that are here, those of an earlier, cut download included.</param>
/// <param name="Total">Bytes in all; or <c>null</c> where the server does not say.</param>
public sealed record DownloadProgress(string File, Uri Mirror, long Received, long? Total);
