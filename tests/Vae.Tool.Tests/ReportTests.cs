using Vae.Artifacts;

namespace Vae.Tool.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly Workspace workspace = new();

    private string Page => workspace["model/report.html"];

    public ReportTests() => Assert.Equal(ExitCode.Success, Workspace.Vae("train", workspace.Spec(), "--output", workspace["model"]).Code);

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void The_page_of_a_folder_is_the_one_that_the_training_wrote()
    {
        string trained = File.ReadAllText(Page);
        string manifest = File.ReadAllText(workspace["model/manifest.json"]);
        File.WriteAllText(Page, "spoilt");

        Workspace.Outcome outcome = Workspace.Vae("report", workspace["model"], "--spec", workspace["tiny.vae.yaml"]);
        Assert.Equal((ExitCode.Success, ""), (outcome.Code, outcome.Error));
        Assert.Equal(Page, Assert.Single(outcome.Lines));
        Assert.Equal(trained, File.ReadAllText(Page));
        Assert.Equal(manifest, File.ReadAllText(workspace["model/manifest.json"]));
    }

    [Fact]
    public void A_page_without_its_spec_leaves_the_folder_whole()
    {
        File.Delete(Page);
        Assert.Null(ArtifactFolder.VerifiedInputsOf(workspace["model"]));

        Assert.Equal(ExitCode.Success, Workspace.Vae("report", workspace["model"]).Code);
        Assert.Contains("</html>", File.ReadAllText(Page), StringComparison.Ordinal);
        Assert.NotNull(ArtifactFolder.VerifiedInputsOf(workspace["model"]));
        Assert.Contains("up to date", Workspace.Vae("train", workspace["tiny.vae.yaml"], "--output", workspace["model"], "--if-changed").Out, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_page_can_be_written_elsewhere()
    {
        string before = File.ReadAllText(Page);
        Assert.Equal(ExitCode.Success, Workspace.Vae("report", workspace["model"], "-o", workspace["pages/tiny.html"]).Code);
        Assert.Contains("</html>", File.ReadAllText(workspace["pages/tiny.html"]), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Page));
    }

    [Fact]
    public void Another_spec_and_a_folder_that_is_none_are_diagnostics()
    {
        string other = workspace.Spec(Workspace.TinySpec.Replace("latent: 2", "latent: 3", StringComparison.Ordinal), "other.vae.yaml");
        Assert.StartsWith($"{workspace["model"]}: error VAE5109: ", Workspace.Vae("report", workspace["model"], "--spec", other).Error, StringComparison.Ordinal);
        Assert.StartsWith($"{workspace["model"]}: error VAE5109: ", Workspace.Vae("report", workspace["model"], "--spec", workspace["tiny.vae.yaml"], "--variant", "short").Error, StringComparison.Ordinal);
        Assert.Contains("error VAE5103: ", Workspace.Vae("report", workspace["nowhere"]).Error, StringComparison.Ordinal);

        // Another bound of a check is no other training.
        string stricter = workspace.Spec(Workspace.TinySpec.Replace("max: 1000", "max: 900", StringComparison.Ordinal), "stricter.vae.yaml");
        Assert.Equal(ExitCode.Success, Workspace.Vae("report", workspace["model"], "--spec", stricter).Code);
    }
}
