using System.Globalization;

namespace Vae.Artifacts.Store;

/// <summary>Who holds a lock, for those who wait for it.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Since">When it took the lock.</param>
public sealed record LockOwner(int ProcessId, string Host, DateTimeOffset Since)
{
    /// <summary>This process, from now on.</summary>
    internal static LockOwner OfThisProcess() => new(Environment.ProcessId, Environment.MachineName, DateTimeOffset.UtcNow);

    /// <summary>The owner that a file names; <c>null</c> where there is none, or it is being written.</summary>
    internal static LockOwner? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Split('\n') is [string process, string host, string since, ..]
                && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && DateTimeOffset.TryParseExact(since, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
                ? new LockOwner(id, host, time)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal void Write(string path) => File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{ProcessId}\n{Host}\n{Since:O}\n"));

    /// <summary><c>process 4711 (since 14:32:10)</c>, with the machine where it is another one.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"process {ProcessId}{(Host == Environment.MachineName ? "" : " on " + Host)} (since {Since.ToLocalTime():HH:mm:ss})");
}
