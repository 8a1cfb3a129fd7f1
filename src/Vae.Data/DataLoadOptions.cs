namespace Vae.Data;

/// <summary>What loading needs besides the spec. Everything that comes from the machine can be given, so that tests need none of it.</summary>
public sealed record DataLoadOptions
{
    /// <summary>The folder of the spec that is trained: relative paths start there, and named sets are looked for there and above.</summary>
    public required string SpecDirectory { get; init; }

    /// <summary>The seed of the split and of the limit's draw. They use streams of their own: no other use of the seed moves them.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>The per-user cache of downloaded sets; <c>null</c> for the machine's own.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Whether nothing may be downloaded.</summary>
    public bool Offline { get; init; }

    /// <summary>Is told how far a download is.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>Stops a download or a long read.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>How many bytes a set may take in memory; <c>null</c> for half of the memory that the process may use.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Environment variables by name: <c>VAE_DATA</c>, <c>XDG_CACHE_HOME</c>.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Where the system's packages put data sets.</summary>
    public string SystemDirectory { get; init; } = "/usr/share/datasets";

    /// <summary>The folders that named sets are downloaded from, tried in order; <c>null</c> for the catalogue's.</summary>
    public IReadOnlyList<Uri>? Mirrors { get; init; }
}
