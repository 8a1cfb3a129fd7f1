using System.Text;

namespace Vae.Torch.Native;

/// <summary>
/// What a process that exists to train should be started with. glibc keeps small freed pieces in a cache of each thread, among them
/// those that it cuts off when it aligns a tensor's memory; such a piece keeps its large neighbours from growing together again, and
/// a training grows by 60 to 190 MB an epoch. Without that cache it stays flat and is faster, but only the start of a process can say so.
/// </summary>
public static class WorkerProcess
{
    /// <summary>The environment variable that glibc reads at the start of a process.</summary>
    public const string Variable = "GLIBC_TUNABLES";

    private const string Setting = "glibc.malloc.tcache_count=0";

    /// <summary>The variable's value for a worker: what is there already, and our setting unless the user has one of the kind.</summary>
    /// <param name="existing">The value so far, or <c>null</c>.</param>
    public static string Value(string? existing) =>
        string.IsNullOrEmpty(existing) ? Setting
        : existing.Contains("glibc.malloc.tcache_count", StringComparison.Ordinal) ? existing
        : existing + ":" + Setting;

    /// <summary>
    /// Starts this process anew, in its own place, with <see cref="Variable"/> set: same process id, arguments, streams and folder.
    /// Does not return where it succeeds. Returns where it is set already, where the system is not Linux, and where the start fails:
    /// the training then runs all the same. Call it before anything else is done.
    /// </summary>
    public static void Relaunch()
    {
        string? existing = Environment.GetEnvironmentVariable(Variable);
        string value = Value(existing);
        if (!OperatingSystem.IsLinux() || value == existing)
            return;
        try
        {
            string[] arguments = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).TrimEnd('\0').Split('\0');
            string program = File.ResolveLinkTarget("/proc/self/exe", returnFinalTarget: true)?.FullName ?? arguments[0];
            LibC.SetVariable(Variable, value);
            LibC.Execute(program, arguments);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or EntryPointNotFoundException)
        {
            // Without /proc there is no way to know the own arguments.
        }
    }
}
