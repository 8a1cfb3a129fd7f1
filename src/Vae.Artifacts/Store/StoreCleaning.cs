namespace Vae.Artifacts.Store;

/// <summary>Which entries of a store are to go.</summary>
public sealed record StoreCleaning
{
    /// <summary>Entries that were last used longer ago than this go; <c>null</c> for no limit of age.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>What the store may take, in bytes: the entries that were used the longest time ago go first; <c>null</c> for no limit.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Whether every entry goes.</summary>
    public bool All { get; init; }

    /// <summary>Entries that go whatever their age.</summary>
    public IReadOnlySet<string> Named { get; init; } = new HashSet<string>();

    /// <summary>Entries that stay, whatever else is said.</summary>
    public IReadOnlySet<string> Kept { get; init; } = new HashSet<string>();

    /// <summary>The entries that are to go, each with the reason. Broken ones always are.</summary>
    /// <param name="entries">What the store has.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyDictionary<string, string> Choose(IReadOnlyList<StoreEntry> entries, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Dictionary<string, string> chosen = new(StringComparer.Ordinal);
        foreach (StoreEntry entry in entries)
        {
            if (ReasonFor(entry, now) is { } reason)
                chosen[entry.Fingerprint] = reason;
        }

        long bytes = entries.Where(entry => !chosen.ContainsKey(entry.Fingerprint)).Sum(entry => entry.Bytes);
        foreach (StoreEntry entry in entries.Where(entry => !chosen.ContainsKey(entry.Fingerprint) && !Kept.Contains(entry.Fingerprint)).OrderBy(entry => entry.LastUsed))
        {
            if (bytes <= (MaxBytes ?? long.MaxValue))
                break;
            chosen[entry.Fingerprint] = "size";
            bytes -= entry.Bytes;
        }

        return chosen;
    }

    private string? ReasonFor(StoreEntry entry, DateTimeOffset now) =>
        entry.IsBroken ? "broken"
        : Kept.Contains(entry.Fingerprint) ? null
        : All ? "all"
        : Named.Contains(entry.Fingerprint) ? "named"
        : now - entry.LastUsed > OlderThan ? "age"
        : null;
}
