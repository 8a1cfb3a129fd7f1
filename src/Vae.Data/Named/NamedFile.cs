namespace Vae.Data.Named;

/// <summary>A file of a named set.</summary>
/// <param name="Name">Its name, without <c>.gz</c>.</param>
/// <param name="Sha256">The SHA-256 of its unpacked content, so that packing does not matter.</param>
/// <param name="Length">The bytes of its unpacked content: what bounds a download from a stranger.</param>
internal sealed record NamedFile(string Name, string Sha256, long Length);
