using Vae.Artifacts.Store;

namespace Vae.Artifacts.Tests.Store;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    private string LockPath => temporary.At("deep", "x.lock");

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void One_has_it_until_it_is_let_go()
    {
        FileLock? first = FileLock.TryTake(LockPath);
        Assert.NotNull(first);
        Assert.Null(FileLock.TryTake(LockPath));

        first.Dispose();

        using FileLock? second = FileLock.TryTake(LockPath);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task Whoever_waits_is_told_once_for_whom_and_goes_on_when_it_is_free()
    {
        FileLock first = FileLock.TryTake(LockPath)!;
        List<LockOwner?> owners = [];
        using SemaphoreSlim waits = new(0);
        Task<FileLock> second = Task.Run(() => FileLock.Take(
            LockPath,
            owner =>
            {
                owners.Add(owner);
                waits.Release();
            },
            CancellationToken.None));
        Assert.True(await waits.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.False(second.IsCompleted);

        first.Dispose();

        using FileLock taken = await second.WaitAsync(TimeSpan.FromSeconds(30));
        LockOwner owner = Assert.Single(owners)!;
        Assert.Equal((Environment.ProcessId, Environment.MachineName), (owner.ProcessId, owner.Host));
        Assert.StartsWith($"process {Environment.ProcessId} (since ", owner.ToString(), StringComparison.Ordinal);
        Assert.Contains(" on elsewhere ", (owner with { Host = "elsewhere" }).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_ends_when_it_is_cancelled()
    {
        using FileLock first = FileLock.TryTake(LockPath)!;
        using CancellationTokenSource cancellation = new();

        Assert.Throws<OperationCanceledException>(() => FileLock.Take(LockPath, _ => cancellation.Cancel(), cancellation.Token));
    }

    [Fact]
    public void What_a_dead_process_left_is_no_lock()
    {
        Directory.CreateDirectory(temporary.At("deep"));
        File.WriteAllText(LockPath, "");
        File.WriteAllText(Path.ChangeExtension(LockPath, ".owner"), "999999\nelsewhere\n2020-01-01T00:00:00.0000000+00:00\n");

        using FileLock? taken = FileLock.TryTake(LockPath);

        Assert.NotNull(taken);
    }
}
