using Vae.Torch.Native;

namespace Vae.Torch.Tests.Native;

public sealed class WorkerProcessTests
{
    [Theory]
    [InlineData(null, "glibc.malloc.tcache_count=0")]
    [InlineData("", "glibc.malloc.tcache_count=0")]
    [InlineData("glibc.malloc.arena_max=1", "glibc.malloc.arena_max=1:glibc.malloc.tcache_count=0")]
    [InlineData("glibc.malloc.tcache_count=9", "glibc.malloc.tcache_count=9")]
    public void A_user_s_own_settings_are_kept(string? existing, string expected) =>
        Assert.Equal(expected, WorkerProcess.Value(existing));

    [Fact]
    public void The_value_for_a_worker_is_its_own_value_again() =>
        Assert.Equal(WorkerProcess.Value(null), WorkerProcess.Value(WorkerProcess.Value(null)));
}
