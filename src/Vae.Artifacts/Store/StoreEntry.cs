namespace Vae.Artifacts.Store;

/// <summary>A model in a store.</summary>
/// <param name="Fingerprint">That of its inputs; its name in the store.</param>
/// <param name="Spec">The name of the spec that it was trained for; empty where the entry is broken.</param>
/// <param name="Bytes">What it takes.</param>
/// <param name="LastUsed">When it was last put or taken.</param>
/// <param name="IsBroken">Whether it cannot be what it should be: without its list of files, or with files of other sizes.</param>
public sealed record StoreEntry(string Fingerprint, string Spec, long Bytes, DateTimeOffset LastUsed, bool IsBroken);
