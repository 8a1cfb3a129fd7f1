using Vae.Artifacts.Writing;

namespace Vae.Artifacts.Store;

/// <summary>What a store answered. The files of a model that was found are in memory and have their digests: what is written is what was verified.</summary>
public sealed class StoreAnswer
{
    private readonly IReadOnlyDictionary<string, byte[]> files;

    internal StoreAnswer(StoreStatus status, string reason, IReadOnlyDictionary<string, byte[]> files)
    {
        Status = status;
        Reason = reason;
        this.files = files;
    }

    /// <summary>Whether there is a model.</summary>
    public StoreStatus Status { get; }

    /// <summary>What is wrong with an entry that is broken, a sentence's part; else empty.</summary>
    public string Reason { get; }

    /// <summary>The digests of the files that hold the result, by path: see <see cref="SpecLockEntry.Outputs"/>. Empty unless a model was found.</summary>
    public IReadOnlyDictionary<string, string> Outputs =>
        SpecLockEntry.OutputsOf(files.Keys.Where(path => path is not (ArtifactFolder.Manifest or ArtifactFolder.Run)).Select(path => new KeyValuePair<string, string>(path, Sha256.Of(files[path]))));

    /// <summary>Writes the model that was found in the place of a folder, whole or not at all.</summary>
    /// <exception cref="Dsl.Diagnostics.VaeException">VAE5104: the folder cannot be written, or holds something else.</exception>
    public void WriteTo(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (Status != StoreStatus.Found)
            throw new InvalidOperationException("there is no model to write");
        FolderSwap.Replace(folder, files);
    }
}
