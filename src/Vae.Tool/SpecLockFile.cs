using Vae.Artifacts;
using Vae.Artifacts.Store;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Tool;

/// <summary>The lock file of one spec, as a training uses it: compared with before, and written after.</summary>
/// <param name="specPath">The spec; the lock file is beside it.</param>
/// <param name="asked">What was asked for: it names the entry.</param>
internal sealed class SpecLockFile(string specPath, SpecLoadOptions asked)
{
    private readonly string path = SpecLock.PathFor(Path.GetFullPath(specPath));

    private string Name => Path.GetFileName(path);

    /// <summary>The entry that fits these inputs.</summary>
    /// <param name="inputs">What would be trained.</param>
    /// <param name="values">Every value of its resolved spec.</param>
    /// <param name="valuesOf">Every value of the resolved spec of a fingerprint, where it is still known.</param>
    /// <exception cref="VaeException">VAE6001: there is none; it says what is different. VAE6004: the file cannot be read.</exception>
    public SpecLockEntry Require(InputRecord inputs, IReadOnlyList<Origin> values, Func<string, IReadOnlyList<Origin>> valuesOf)
    {
        string key = SpecLock.KeyFor(asked, inputs.Device);
        SpecLock file = SpecLock.Read(path) ?? throw Differs($"there is no {Name} beside the spec");
        if (!file.Entries.TryGetValue(key, out SpecLockEntry? entry))
            throw Differs($"{Name} has no entry '{key}'; it has {(file.Entries.Count == 0 ? "none" : string.Join(", ", file.Entries.Keys.Order(StringComparer.Ordinal).Select(other => $"'{other}'")))}");
        IReadOnlyList<string> changes = entry.Inputs.ChangesTo(inputs, valuesOf(entry.Inputs.Fingerprint), values);
        return changes.Count == 0 ? entry : throw Differs($"since {Name} was written ('{key}'), {string.Join("; ", changes)}");
    }

    /// <summary>The entry of what was asked for; <c>null</c> where there is none that can be read.</summary>
    public SpecLockEntry? Find(string device)
    {
        try
        {
            return SpecLock.Read(path)?.Entries.GetValueOrDefault(SpecLock.KeyFor(asked, device));
        }
        catch (VaeException)
        {
            return null;
        }
    }

    /// <summary>Writes what a folder holds into the file, unless it says so already.</summary>
    /// <param name="modelFolder">The folder of the trained spec.</param>
    /// <param name="note">Told where the file could not be read or written: that is no reason to fail.</param>
    /// <param name="cancellationToken">Ends the waiting for another process that writes it.</param>
    public void Keep(string modelFolder, Action<string> note, CancellationToken cancellationToken)
    {
        if (SpecLockEntry.Of(modelFolder) is not { } entry)
            return;
        try
        {
            using FileLock? mine = MachineLock.Take("lock-file " + path, _ => { }, cancellationToken);
            SpecLock before = ReadOrBegin(note);
            SpecLock after = before.With(SpecLock.KeyFor(asked, entry.Inputs.Device), entry);
            if (after != before)
                after.Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            note($"{Name} could not be written beside the spec: {e.Message}");
        }
    }

    private SpecLock ReadOrBegin(Action<string> note)
    {
        try
        {
            return SpecLock.Read(path) ?? SpecLock.Empty;
        }
        catch (VaeException e)
        {
            note($"{e.Diagnostics[0].Message}. It is written anew.");
            return SpecLock.Empty;
        }
    }

    private VaeException Differs(string why) => new(DiagnosticTable.Store.LockDiffers.At(
        new Location(specPath, 1, 1),
        $"nothing is trained with the lock, and {why}. Train once without it (VaeMode=Auto), look at the model, and commit {Name}"));
}
