namespace Vae.Dsl.Results;

/// <summary>A data file that was read.</summary>
/// <param name="Name">The file's name without its folder.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal, of the content (of a gzipped file: of what is inside, so that packing does not matter).</param>
public sealed record DataFileDigest(string Name, string Sha256);
