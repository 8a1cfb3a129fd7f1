namespace Vae.Artifacts.Tests.Writing;

public sealed class FolderSwapTests : IDisposable
{
    // No system has a process of this number.
    private const string Dead = "2147483647-0123abcd";

    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void An_old_folder_on_its_way_out_comes_back_where_nothing_has_its_place()
    {
        Train("one");
        Directory.Move(temporary.At("out"), temporary.At($"out.{Dead}.old"));
        Directory.CreateDirectory(temporary.At($"out.{Dead}.new", "plots"));

        ArtifactFolder.Recover(temporary.At("out"));

        Assert.Equal("one", ArtifactFolder.VerifiedInputsOf(temporary.At("out"))?.Fingerprint);
        Assert.Equal([temporary.At("out")], Directory.GetFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void Remains_beside_a_whole_folder_are_removed_and_those_of_others_are_not()
    {
        Train("two");
        string running = temporary.At($"out.{Environment.ProcessId}-0123abcd.new"), other = temporary.At($"output.{Dead}.new"), own = temporary.At("out.my-notes.old");
        foreach (string folder in (string[])[temporary.At($"out.{Dead}.old"), temporary.At($"out.{Dead}.new"), running, other, own])
            Directory.CreateDirectory(folder);

        ArtifactFolder.Recover(temporary.At("out"));

        Assert.Equal("two", ArtifactFolder.VerifiedInputsOf(temporary.At("out"))?.Fingerprint);
        Assert.Equal(((string[])[temporary.At("out"), running, other, own]).Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(temporary.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_a_folder_whose_files_have_their_digests_is_verified()
    {
        Train("one");
        string weights = temporary.At("out", "model.safetensors");
        byte[] bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);

        Assert.Equal("one", ArtifactFolder.FingerprintOf(temporary.At("out")));
        Assert.Null(ArtifactFolder.VerifiedInputsOf(temporary.At("out")));
        Assert.Equal("one", ArtifactFolder.InputsOf(temporary.At("out"))?.Fingerprint);
    }

    private void Train(string fingerprint) => ArtifactWriter.Write(Results.Of(Specs.Tiny()), temporary.At("out"), fingerprint);
}
