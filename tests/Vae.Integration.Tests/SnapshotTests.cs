using Vae.Artifacts;
using Vae.Artifacts.Snapshots;
using Vae.Testing;

namespace Vae.Integration.Tests;

/// <summary>
/// What a quick training of the example leaves, against the accepted files in <c>snapshots</c>: loss curve and metrics within
/// tolerance, architecture and resolved spec exactly, pictures by similarity. After a wanted change:
/// <c>VAE_SNAPSHOT=accept dotnet test tests/Vae.Integration.Tests --filter SnapshotTests</c>.
/// </summary>
public sealed class SnapshotTests(QuickTraining training) : IClassFixture<QuickTraining>
{
    [Fact]
    public async Task A_quick_training_of_the_example_leaves_what_was_accepted() => await VaeSnapshot.Verify(training.Model);

    [Fact]
    public async Task Ten_times_the_beta_is_refused_with_a_message_that_names_what_moved()
    {
        string model = await training.TrainAsync("beta", "--param", "beta=0.01");

        // Against a copy: nothing may be received beside the accepted files here, and nothing accepted.
        string accepted = Path.Combine(Path.GetDirectoryName(model)!, "accepted");
        Directory.CreateDirectory(accepted);
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("tests", "Vae.Integration.Tests", "snapshots")))
            File.Copy(file, Path.Combine(accepted, Path.GetFileName(file)));
        SnapshotResult result = SnapshotVerifier.Verify(model, accepted, ArtifactFolder.ReadSpec(model));

        Assert.False(result.Passed);
        Assert.Contains("NotEqual:", result.Message, StringComparison.Ordinal);
        Assert.Matches(@"test\.kl.*, verified .*% > ", result.Message);
    }
}
