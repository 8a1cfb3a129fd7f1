using Vae.Artifacts.Writing;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Tests.Writing;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_file_takes_the_place_of_an_earlier_one_and_nothing_else_is_left()
    {
        string path = temporary.At("deep/er/file.bin");
        WholeFile.Write(path, [1, 2, 3]);
        WholeFile.Write(path, [4]);

        Assert.Equal([4], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void What_cannot_be_written_is_VAE5104_and_leaves_nothing_behind()
    {
        string folder = temporary.At("taken");
        Directory.CreateDirectory(folder);
        VaeException fault = Assert.Throws<VaeException>(() => WholeFile.Write(folder, [1]));

        Assert.Equal(DiagnosticTable.Snapshots.ArtifactsUnwritable, fault.Diagnostics[0].Code);
        Assert.Equal(folder, fault.Diagnostics[0].Location!.File);
        Assert.Equal([folder], Directory.GetFileSystemEntries(temporary.Path));
    }
}
