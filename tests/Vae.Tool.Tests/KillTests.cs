using System.Diagnostics;
using System.Globalization;
using Vae.Artifacts;
using Vae.Artifacts.Store;

namespace Vae.Tool.Tests;

/// <summary>
/// The tool is killed, with all its processes, at moments that a seed draws: some of them anywhere in its run, most while it writes.
/// Vae.Artifacts has the same with more moments, without the cost of trainings.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 5;

    private readonly Workspace workspace = new();
    private readonly Random random = new(20261125);

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task A_kill_at_any_moment_leaves_the_old_model_or_the_new_one_and_the_next_run_works()
    {
        string spec = workspace.Spec(), output = workspace["out"];
        ModelStore store = new(workspace["store"]);
        string[] Arguments(int seed) =>
            ["train", spec, "-o", output, "--store", store.Folder, "--lock", "--json", "--set", string.Create(CultureInfo.InvariantCulture, $"train.seed={seed}")];
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(ExitCode.Success, (await ToolProcess.Run(Arguments(0))).Code);
        TimeSpan whole = watch.Elapsed;

        HashSet<string> seen = [ArtifactFolder.VerifiedInputsOf(output)!.Fingerprint];
        for (int kill = 1; kill <= Kills; kill++)
        {
            string before = ArtifactFolder.VerifiedInputsOf(output)!.Fingerprint;
            await (kill == 1
                ? KillAfter(Arguments(kill), line: null, random.NextDouble() * whole)
                : KillAfter(Arguments(kill), line: "\"epoch\":3", TimeSpan.FromMilliseconds(random.Next(150))));

            ArtifactFolder.Recover(output);
            string after = ArtifactFolder.VerifiedInputsOf(output)?.Fingerprint ?? throw new Xunit.Sdk.XunitException($"after kill {kill} the folder is no whole model");
            Assert.True(after == before || seen.Add(after), $"after kill {kill} the folder holds neither the old model nor the new one");
            Assert.DoesNotContain(store.List(), entry => entry.IsBroken);
            Assert.NotNull(SpecLock.Read(SpecLock.PathFor(spec)));
            Assert.DoesNotContain(Directory.EnumerateDirectories(workspace.Folder), folder => folder.StartsWith(output + ".", StringComparison.Ordinal));
        }

        (int code, string _, string error) = await ToolProcess.Run(Arguments(Kills));
        Assert.Equal((ExitCode.Success, ""), (code, error));
        Assert.Equal(StoreStatus.Found, store.Find(ArtifactFolder.VerifiedInputsOf(output)!.Fingerprint).Status);
    }

    /// <summary>Starts the tool and kills it so long after its start, or after a line that it prints.</summary>
    private static async Task KillAfter(string[] arguments, string? line, TimeSpan moment)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(VaeCommand).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        while (line is not null && await process.StandardOutput.ReadLineAsync() is { } said && !said.Contains(line, StringComparison.Ordinal))
        {
        }

        await Task.Delay(moment);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }
}
