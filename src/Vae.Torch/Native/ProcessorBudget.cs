namespace Vae.Torch.Native;

/// <summary>How many processor cores this process may keep busy.</summary>
public static class ProcessorBudget
{
    /// <summary>
    /// The physical cores among the processors that the process may use, no more than its control group's quota allows.
    /// Two threads on one core share its arithmetic units, so training gains nothing from the second. At least 1.
    /// Where the system does not tell cores from threads, all processors count.
    /// </summary>
    public static int PhysicalCores() => PhysicalCores("/sys/devices/system/cpu", "/proc/self/status", Environment.ProcessorCount);

    /// <param name="topology">The folder with one <c>cpuN</c> a processor.</param>
    /// <param name="status">The file that lists the allowed processors.</param>
    /// <param name="quota">What .NET allows itself: it respects affinity and control groups.</param>
    internal static int PhysicalCores(string topology, string status, int quota)
    {
        const string Allowed = "Cpus_allowed_list:";
        if (!File.Exists(status) || File.ReadLines(status).FirstOrDefault(line => line.StartsWith(Allowed, StringComparison.Ordinal)) is not { } line)
            return Math.Max(1, quota);
        HashSet<string> cores = new(StringComparer.Ordinal);
        foreach (int processor in Numbers(line[Allowed.Length..]))
        {
            // Threads of one core name the same siblings.
            string siblings = Path.Combine(topology, $"cpu{processor}", "topology", "thread_siblings_list");
            if (!File.Exists(siblings))
                return Math.Max(1, quota);
            cores.Add(File.ReadAllText(siblings).Trim());
        }

        return Math.Max(1, cores.Count == 0 ? quota : Math.Min(cores.Count, quota));
    }

    /// <summary>The numbers of a list such as <c>0-3,8</c>.</summary>
    private static IEnumerable<int> Numbers(string list)
    {
        foreach (string part in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-');
            if (!int.TryParse(ends[0], out int first) || !int.TryParse(ends[^1], out int last))
                yield break;
            for (int number = first; number <= last; number++)
                yield return number;
        }
    }
}
