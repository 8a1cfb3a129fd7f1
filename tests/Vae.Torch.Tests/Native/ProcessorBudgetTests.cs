using Vae.Torch.Native;

namespace Vae.Torch.Tests.Native;

public sealed class ProcessorBudgetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vae-cores-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("0-7", 8, 4)]
    [InlineData("0,4", 8, 1)]
    [InlineData("0-1,5", 8, 2)]
    [InlineData("0-7", 3, 3)]
    [InlineData("0-7", 1, 1)]
    [InlineData("nonsense", 6, 6)]
    [InlineData("0-99", 6, 6)]
    public void Two_threads_of_a_core_count_once_within_the_quota(string allowed, int quota, int expected)
    {
        // Four cores of two threads: processor n and n + 4 share a core.
        for (int processor = 0; processor < 8; processor++)
        {
            string topology = Directory.CreateDirectory(Path.Combine(folder, $"cpu{processor}", "topology")).FullName;
            File.WriteAllText(Path.Combine(topology, "thread_siblings_list"), $"{processor % 4},{(processor % 4) + 4}\n");
        }

        string status = Path.Combine(folder, "status");
        File.WriteAllText(status, $"Name:\tx\nCpus_allowed_list:\t{allowed}\n");

        Assert.Equal(expected, ProcessorBudget.PhysicalCores(folder, status, quota));
    }

    [Fact]
    public void Without_such_files_the_quota_counts()
    {
        Assert.Equal(5, ProcessorBudget.PhysicalCores(folder, Path.Combine(folder, "missing"), 5));
        Assert.InRange(ProcessorBudget.PhysicalCores(), 1, Environment.ProcessorCount);
    }
}
