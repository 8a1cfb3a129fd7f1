using System.Globalization;
using Vae.Artifacts.Store;
using Vae.Dsl;

namespace Vae.Artifacts.Tests.Store;

public sealed class ModelStoreTests : IDisposable
{
    private static readonly string One = new('1', 64), Two = "12" + new string('2', 62);

    private readonly TemporaryFolder temporary = new();
    private readonly ModelStore store;

    public ModelStoreTests() => store = new ModelStore(temporary.At("store of models"));

    private string EntryFolder => Path.Combine(store.Folder, "11", One);

    private string Model => Path.Combine(EntryFolder, "model");

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void What_was_put_is_found_and_written_byte_for_byte()
    {
        string folder = Train(One);
        Assert.Equal(StoreStatus.Missing, store.Find(One).Status);
        Assert.False(store.Has(One));

        Assert.Null(store.Put(folder));
        StoreAnswer answer = store.Find(One);
        answer.WriteTo(temporary.At("again"));

        Assert.Equal(StoreStatus.Found, answer.Status);
        Assert.True(store.Has(One));
        Assert.Equal(Contents(folder), Contents(temporary.At("again")));
        Assert.Equal(StoreStatus.Missing, store.Find(Two).Status);
    }

    [Fact]
    public void Files_of_other_people_are_not_taken_along_and_stay_where_they_are_written()
    {
        string folder = Train(One);
        File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine");
        Assert.Null(store.Put(folder));

        string other = Train(Two, "other");
        File.WriteAllText(Path.Combine(other, "thesis.txt"), "years of work");
        store.Find(One).WriteTo(other);

        Assert.Equal(One, ArtifactFolder.VerifiedInputsOf(other)?.Fingerprint);
        Assert.True(File.Exists(Path.Combine(other, "thesis.txt")));
        Assert.False(File.Exists(Path.Combine(other, "notes.txt")));
    }

    [Fact]
    public void Altering_what_was_taken_does_not_alter_the_store()
    {
        string folder = Train(One);
        store.Put(folder);
        store.Find(One).WriteTo(temporary.At("again"));

        File.AppendAllText(Path.Combine(folder, "model.safetensors"), "x");
        File.AppendAllText(temporary.At("again", "model.safetensors"), "x");

        Assert.Equal(StoreStatus.Found, store.Find(One).Status);
    }

    [Theory]
    [InlineData("truncated", "decoder.onnx has ")]
    [InlineData("altered", "decoder.onnx has other content")]
    [InlineData("gone", "decoder.onnx")]
    [InlineData("manifest", "manifest.json has other content")]
    [InlineData("no-entry", "its entry.json cannot be read")]
    [InlineData("cut-entry", "its entry.json cannot be read")]
    [InlineData("leads-out", "its entry.json cannot be read")]
    [InlineData("another", "its entry.json is that of another entry")]
    public void A_broken_entry_is_dropped_with_its_reason_and_can_be_put_again(string damage, string reason)
    {
        string folder = Train(One);
        store.Put(folder);
        string decoder = Path.Combine(Model, "decoder.onnx"), entry = Path.Combine(EntryFolder, "entry.json"), text = File.ReadAllText(entry);
        switch (damage)
        {
            case "truncated":
                File.WriteAllBytes(decoder, File.ReadAllBytes(decoder)[..^1]);
                break;
            case "altered":
                byte[] bytes = File.ReadAllBytes(decoder);
                bytes[^1] ^= 1;
                File.WriteAllBytes(decoder, bytes);
                break;
            case "gone":
                File.Delete(decoder);
                break;
            case "manifest":
                string manifest = Path.Combine(Model, "manifest.json");
                File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("tiny", "tinY", StringComparison.Ordinal));
                break;
            case "no-entry":
                File.Delete(entry);
                break;
            case "cut-entry":
                File.WriteAllText(entry, text[..^20]);
                break;
            case "leads-out":
                File.WriteAllText(entry, text.Replace("\"decoder.onnx\"", "\"../../../decoder.onnx\"", StringComparison.Ordinal));
                break;
            default:
                File.WriteAllText(entry, text.Replace(One, Two, StringComparison.Ordinal));
                break;
        }

        StoreAnswer answer = store.Find(One);

        Assert.Equal(StoreStatus.Broken, answer.Status);
        Assert.Contains(reason, answer.Reason, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => answer.WriteTo(temporary.At("never")));
        Assert.Equal(StoreStatus.Missing, store.Find(One).Status);
        Assert.Null(store.Put(folder));
        Assert.Equal(StoreStatus.Found, store.Find(One).Status);
    }

    [Fact]
    public void A_folder_that_is_not_whole_is_not_put()
    {
        string folder = Train(One);
        File.AppendAllText(Path.Combine(folder, "loss.csv"), "9,9\n");

        Assert.Contains("is not whole", store.Put(folder), StringComparison.Ordinal);
        Assert.False(store.Has(One));
    }

    [Fact]
    public void A_place_that_is_no_folder_is_a_reason_and_no_exception()
    {
        File.WriteAllText(temporary.At("file"), "");
        ModelStore nowhere = new(temporary.At("file", "store"));

        Assert.NotNull(nowhere.Put(Train(One)));
        Assert.Equal(StoreStatus.Missing, nowhere.Find(One).Status);
        Assert.Empty(nowhere.List());
    }

    [Fact]
    public void The_list_has_names_sizes_and_times_and_tells_what_is_broken()
    {
        store.Put(Train(One));
        store.Put(Train(Two));
        File.Delete(Path.Combine(Model, "loss.csv"));
        Directory.CreateDirectory(Path.Combine(store.Folder, "ab", "no entry"));

        IReadOnlyList<StoreEntry> entries = store.List();

        Assert.Equal([One, Two], entries.Select(entry => entry.Fingerprint));
        Assert.Equal(["tiny", "tiny"], entries.Select(entry => entry.Spec));
        Assert.Equal([true, false], entries.Select(entry => entry.IsBroken));
        Assert.All(entries, entry => Assert.InRange(entry.LastUsed, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5)));
        Assert.Equal(Directory.EnumerateFiles(Path.Combine(store.Folder, "12"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length), entries[1].Bytes);
    }

    [Fact]
    public void Finding_counts_as_use()
    {
        store.Put(Train(One));
        File.SetLastWriteTimeUtc(Path.Combine(EntryFolder, "entry.json"), DateTime.UtcNow.AddDays(-30));
        Assert.InRange(store.List()[0].LastUsed, DateTimeOffset.UtcNow.AddDays(-31), DateTimeOffset.UtcNow.AddDays(-29));

        store.Find(One);

        Assert.True(store.List()[0].LastUsed > DateTimeOffset.UtcNow.AddHours(-1));
    }

    [Fact]
    public void An_entry_that_is_in_use_is_not_removed()
    {
        store.Put(Train(One));
        using (FileLock.TryTake(store.LockOf(One)))
            Assert.False(store.Remove(One));
        Assert.True(store.Has(One));

        Assert.True(store.Remove(One));
        Assert.False(Directory.Exists(EntryFolder));
    }

    [Fact]
    public void Remains_go_once_they_are_a_day_old()
    {
        store.Put(Train(One));
        using (FileLock.TryTake(store.LockOf(Two)))
        {
        }

        Directory.CreateDirectory(Path.Combine(store.Folder, "tmp", "x", "model"));
        File.WriteAllText(Path.Combine(store.Folder, "tmp", "x", "model", "half"), "12345");
        DateTimeOffset tomorrow = DateTimeOffset.UtcNow.AddHours(25);

        Assert.Equal(0, store.RemoveRemains(DateTimeOffset.UtcNow, dryRun: false));
        Assert.Equal(5, store.RemoveRemains(tomorrow, dryRun: true));
        Assert.Equal(5, store.RemoveRemains(tomorrow, dryRun: false));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(store.Folder, "tmp")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(store.Folder, "locks")));
        Assert.Equal(StoreStatus.Found, store.Find(One).Status);
    }

    [Fact]
    public void The_store_of_a_user_is_where_the_system_keeps_caches() =>
        Assert.Equal("/x/vae/models", UserCache.FolderOf("models", name => name == "XDG_CACHE_HOME" ? "/x" : null));

    private string Train(string fingerprint, string name = "out")
    {
        string folder = temporary.At(name);
        ArtifactWriter.Write(Results.Of(Specs.Tiny()), folder, fingerprint);
        return folder;
    }

    private static List<string> Contents(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, file)} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}")),
    ];
}
