using System.Diagnostics;
using System.Globalization;
using Vae.Artifacts.Store;

namespace Vae.Artifacts.Tests.Store;

public sealed class KillTests : IDisposable
{
    private const int Kills = 20;

    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task A_kill_at_any_of_twenty_moments_leaves_whole_models_in_folder_store_and_lock_file()
    {
        Random random = new(20261125);
        string output = temporary.At("out"), lockFile = temporary.At("tiny.vae.lock");
        ModelStore store = new(temporary.At("store"));
        HashSet<string> seen = [];
        for (int kill = 0; kill < Kills; kill++)
        {
            await KillAsync([output, store.Folder, lockFile, (kill * 100).ToString(CultureInfo.InvariantCulture)], TimeSpan.FromMilliseconds(random.NextDouble() * 40));

            ArtifactFolder.Recover(output);
            InputRecord inputs = ArtifactFolder.VerifiedInputsOf(output) ?? throw new Xunit.Sdk.XunitException($"after kill {kill} the folder is no whole model");
            seen.Add(inputs.Fingerprint);
            Assert.All(store.List(), entry => Assert.Equal(StoreStatus.Found, store.Find(entry.Fingerprint).Status));
            Assert.Single(SpecLock.Read(lockFile)!.Entries);
            Assert.DoesNotContain(Directory.EnumerateDirectories(temporary.Path), folder => folder.StartsWith(output + ".", StringComparison.Ordinal));
        }

        Assert.True(seen.Count > 1, "the writer was always killed at the same place");
    }

    private static async Task KillAsync(string[] arguments, TimeSpan moment)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        using Process process = Process.Start(new ProcessStartInfo(host, ["exec", typeof(Writer).Assembly.Location, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        // Its first model is whole: from now on there is an old one.
        Assert.NotNull(await process.StandardOutput.ReadLineAsync());
        await Task.Delay(moment);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }
}
