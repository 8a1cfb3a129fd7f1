using Vae.Artifacts;
using Vae.Artifacts.Store;
using Vae.Tool.Output;

namespace Vae.Tool.Tests;

/// <summary>The store is filled by trainings of the blink-of-an-eye spec.</summary>
public sealed class GcTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void An_empty_store_is_no_error() =>
        Assert.Equal($"removed 0 of 0 models, 0 B of 0 B: {workspace["store"]}", Assert.Single(Gc().Lines));

    [Fact]
    public void Models_are_listed_and_go_by_age_by_name_and_all_at_once()
    {
        string quick = Train("quick", "--variant", "short"), whole = Train("whole", "--lock");
        ModelStore store = new(workspace["store"]);
        Age(quick, days: 40);

        Workspace.Outcome listed = Gc();
        Assert.Matches($"^tiny +{whole[..12]} +[0-9.]+ kB +just now *$", listed.Lines[1]);
        Assert.Matches($"^tiny +{quick[..12]} +[0-9.]+ kB +40 days ago *$", listed.Lines[2]);
        Assert.StartsWith("removed 0 of 2 models, 0 B of ", listed.Lines[3], StringComparison.Ordinal);

        Workspace.Outcome dry = Gc("--older-than", "30d", "--dry-run");
        Assert.Matches($"^tiny +{quick[..12]} .* age *$", dry.Lines[2]);
        Assert.StartsWith("would remove 1 of 2 models", dry.Lines[3], StringComparison.Ordinal);
        Assert.Equal(2, store.List().Count);

        Assert.StartsWith("removed 1 of 2 models", Gc("--older-than", "4w").Lines[^1], StringComparison.Ordinal);
        Assert.StartsWith("removed 0 of 1 models", Gc("--all", "--keep-locked", workspace.Folder + Path.DirectorySeparatorChar).Lines[^1], StringComparison.Ordinal);
        Assert.StartsWith("removed 1 of 1 models", Gc("--of", workspace["tiny.vae.lock"]).Lines[^1], StringComparison.Ordinal);
        Assert.Empty(store.List());
    }

    [Fact]
    public void Models_are_named_by_folders_too_and_go_by_size()
    {
        string first = Train("one", "--set", "train.seed=1"), second = Train("two", "--set", "train.seed=2");
        ModelStore store = new(workspace["store"]);
        Age(first, days: 1);

        long bytes = store.List().Max(entry => entry.Bytes);
        Assert.StartsWith("removed 1 of 2 models", Gc("--max-size", $"{bytes}B").Lines[^1], StringComparison.Ordinal);
        Assert.Equal(second, Assert.Single(store.List()).Fingerprint);

        Assert.StartsWith("removed 0 of 1 models", Gc("--of", workspace["one"]).Lines[^1], StringComparison.Ordinal);
        Assert.StartsWith("removed 1 of 1 models", Gc("--of", workspace.Folder).Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_in_use_is_kept()
    {
        string fingerprint = Train("one");
        ModelStore store = new(workspace["store"]);
        using FileLock other = FileLock.TryTake(store.LockOf(fingerprint))!;

        Workspace.Outcome outcome = Gc("--all");

        Assert.Matches("in use, kept *$", outcome.Lines[1]);
        Assert.True(store.Has(fingerprint));
    }

    [Fact]
    public void What_is_not_understood_is_named()
    {
        Assert.Contains("--older-than expects a time, 12h, 90d or 4w, got 'soon'", Refused("--older-than", "soon"), StringComparison.Ordinal);
        Assert.Contains("--max-size expects a size, 500MB or 20GB, got '-1GB'", Refused("--max-size", "-1GB"), StringComparison.Ordinal);

        Workspace.Outcome nowhere = Gc("--of", workspace["nowhere"]);
        Assert.Equal(ExitCode.Failure, nowhere.Code);
        Assert.StartsWith($"{workspace["nowhere"]}: error VAE6005: ", nowhere.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500MB", 500_000_000)]
    [InlineData("1.5 gb", 1_500_000_000)]
    [InlineData("12B", 12)]
    public void Sizes_are_read(string text, long bytes)
    {
        Assert.True(Quantity.TryBytes(text, out long read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("90m", 1.5)]
    [InlineData("12h", 12)]
    [InlineData("2d", 48)]
    [InlineData("1w", 168)]
    public void Times_are_read(string text, double hours)
    {
        Assert.True(Quantity.TryTime(text, out TimeSpan read));
        Assert.Equal(TimeSpan.FromHours(hours), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("GB")]
    [InlineData("-3d")]
    [InlineData("3")]
    [InlineData("3y")]
    public void Other_texts_are_no_quantities(string text)
    {
        Assert.False(Quantity.TryTime(text, out _));
        Assert.False(Quantity.TryBytes(text, out _));
    }

    private string Refused(params string[] options)
    {
        Workspace.Outcome outcome = Gc(options);
        Assert.Equal(ExitCode.Usage, outcome.Code);
        return outcome.Error;
    }

    private string Train(string name, params string[] options)
    {
        Workspace.Outcome outcome = Workspace.Vae(["train", workspace.Spec(), "-o", workspace[name], "--store", workspace["store"], .. options]);
        Assert.Equal((ExitCode.Success, ""), (outcome.Code, outcome.Error));
        return ArtifactFolder.FingerprintOf(workspace[name])!;
    }

    private void Age(string fingerprint, int days) =>
        File.SetLastWriteTimeUtc(Path.Combine(workspace["store"], fingerprint[..2], fingerprint, "entry.json"), DateTime.UtcNow.AddDays(-days).AddMinutes(-1));

    private Workspace.Outcome Gc(params string[] options) => Workspace.Vae(["gc", "--store", workspace["store"], .. options]);
}
