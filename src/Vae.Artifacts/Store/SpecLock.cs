using System.Text;
using System.Text.Json;
using Vae.Artifacts.Formats;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Store;

/// <summary>
/// <c>mnist.vae.lock</c> beside <c>mnist.vae.yaml</c>: what each training of the spec started from and what it left, to be committed.
/// An entry for everything that is asked for, so that a quick variant does not take the place of the whole training.
/// </summary>
/// <param name="Entries">By what was asked for: <see cref="KeyFor"/>.</param>
public sealed record SpecLock(IReadOnlyDictionary<string, SpecLockEntry> Entries)
{
    /// <summary>The file's last letters.</summary>
    public const string Extension = ".lock";

    private const string Whole = "default";

    /// <summary>No entry.</summary>
    public static SpecLock Empty { get; } = new(new Dictionary<string, SpecLockEntry>());

    /// <summary>The file as it is written: keys sorted, LF, a final newline.</summary>
    public string Text => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("entries");
        foreach ((string key, SpecLockEntry entry) in Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(key);
            entry.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteNumber("vae", 1);
        json.WriteEndObject();
    });

    /// <summary>The lock file of a spec: beside it, <c>.lock</c> in the place of <c>.yaml</c>.</summary>
    public static string PathFor(string specPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(specPath);
        return Path.ChangeExtension(specPath, Extension);
    }

    /// <summary>
    /// The key of an entry: <c>default</c>, or <c>variant=quick; param=beta=0.1; set=train.epochs=3; device=cuda</c>. The device counts as it
    /// turned out, not as it was asked for: one machine has a graphics card, another has none, and both may commit what they trained.
    /// </summary>
    public static string KeyFor(SpecLoadOptions asked, string device)
    {
        ArgumentNullException.ThrowIfNull(asked);
        List<string> parts = [];
        if (asked.Variant is { } variant)
            parts.Add("variant=" + variant);
        parts.AddRange(asked.Parameters.Order(StringComparer.Ordinal).Select(value => "param=" + value));
        // A later value of the same key wins, so their order counts.
        parts.AddRange(asked.Sets.Select(value => "set=" + value));
        if (device != "cpu")
            parts.Add("device=" + device);
        return parts.Count == 0 ? Whole : string.Join("; ", parts);
    }

    /// <summary>Reads a lock file; <c>null</c> where there is none.</summary>
    /// <exception cref="VaeException">VAE6004: it cannot be read.</exception>
    public static SpecLock? Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (!File.Exists(path))
                return null;
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
            return json.RootElement.GetProperty("vae").GetInt32() == 1
                ? new SpecLock(json.RootElement.GetProperty("entries").EnumerateObject().ToDictionary(entry => entry.Name, entry => SpecLockEntry.Read(entry.Value), StringComparer.Ordinal))
                : throw Unreadable(path, new Location(path, 0, 0), "it was written by a newer version");
        }
        catch (JsonException e)
        {
            // Markers of a merge are the usual cause, and their place helps.
            throw Unreadable(path, new Location(path, (int)(e.LineNumber ?? -1) + 1, (int)(e.BytePositionInLine ?? 0) + 1), "it is no JSON; are there markers of a merge in it?", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Unreadable(path, new Location(path, 0, 0), e.Message, e);
        }
    }

    /// <summary>
    /// The same with an entry more, or in the place of an earlier one. One of the same fingerprint and the same files stays: on another machine the
    /// last digits may differ, and a lock file that every machine rewrites says nothing.
    /// </summary>
    /// <returns>This where nothing changes.</returns>
    public SpecLock With(string key, SpecLockEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Entries.TryGetValue(key, out SpecLockEntry? there) && there.Inputs.Fingerprint == entry.Inputs.Fingerprint
                && there.Outputs.Keys.Order(StringComparer.Ordinal).SequenceEqual(entry.Outputs.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal)
            ? this
            : new SpecLock(new Dictionary<string, SpecLockEntry>(Entries, StringComparer.Ordinal) { [key] = entry });
    }

    /// <summary>Writes the file under a temporary name and puts it in the place of an earlier one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of rights.</exception>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string fresh = $"{path}.{Guid.NewGuid().ToString("N")[..8]}.tmp";
        try
        {
            File.WriteAllText(fresh, Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(fresh, path, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    private static VaeException Unreadable(string path, Location location, string why, Exception? inner = null) =>
        new(DiagnosticTable.Store.LockUnreadable.At(location, $"the lock file '{Path.GetFileName(path)}' cannot be read: {why}"), inner);
}
