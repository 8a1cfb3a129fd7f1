using Vae.Artifacts.Store;

namespace Vae.Artifacts.Tests.Store;

public class StoreCleaningTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly StoreEntry[] Entries = [Entry("new", 0, 10), Entry("week", 7, 20), Entry("old", 40, 30), Entry("older", 90, 40)];

    [Fact]
    public void Nothing_is_chosen_unless_somebody_asks() => Assert.Empty(new StoreCleaning().Choose(Entries, Now));

    [Fact]
    public void Age_chooses_what_was_not_used_for_longer() =>
        Assert.Equal([("old", "age"), ("older", "age")], Chosen(new StoreCleaning { OlderThan = TimeSpan.FromDays(30) }));

    [Fact]
    public void Size_chooses_what_was_used_the_longest_time_ago_until_the_rest_fits()
    {
        Assert.Empty(Chosen(new StoreCleaning { MaxBytes = 100 }));
        Assert.Equal([("older", "size")], Chosen(new StoreCleaning { MaxBytes = 60 }));
        Assert.Equal([("old", "size"), ("older", "size")], Chosen(new StoreCleaning { MaxBytes = 59 }));
        Assert.Equal(4, Chosen(new StoreCleaning { MaxBytes = 0 }).Length);
    }

    [Fact]
    public void What_is_kept_stays_and_counts_as_size()
    {
        StoreCleaning cleaning = new() { Kept = new HashSet<string> { "older" }, MaxBytes = 55 };

        Assert.Equal([("old", "size"), ("week", "size")], Chosen(cleaning));
        Assert.Equal(["new", "old", "week"], Chosen(cleaning with { All = true, MaxBytes = null }).Select(entry => entry.Fingerprint));
        Assert.Empty(Chosen(cleaning with { MaxBytes = null, Named = new HashSet<string> { "older" } }));
    }

    [Fact]
    public void Names_choose_whatever_the_age() => Assert.Equal([("new", "named")], Chosen(new StoreCleaning { Named = new HashSet<string> { "new" } }));

    [Fact]
    public void What_is_broken_goes_even_where_it_is_kept()
    {
        StoreEntry broken = Entry("broken", 0, 5) with { IsBroken = true };

        Assert.Equal("broken", Assert.Single(new StoreCleaning { Kept = new HashSet<string> { "broken" } }.Choose([broken], Now)).Value);
    }

    private static (string Fingerprint, string Reason)[] Chosen(StoreCleaning cleaning) =>
        [.. cleaning.Choose(Entries, Now).Select(entry => (entry.Key, entry.Value)).OrderBy(entry => entry.Key, StringComparer.Ordinal)];

    private static StoreEntry Entry(string name, int days, long bytes) => new(name, name, bytes, Now.AddDays(-days), IsBroken: false);
}
