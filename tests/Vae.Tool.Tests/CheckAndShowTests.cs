using Vae.Dsl;

namespace Vae.Tool.Tests;

public sealed class CheckAndShowTests : IDisposable
{
    private readonly Workspace workspace = new();

    [Fact]
    public void A_right_spec_is_summed_up_in_a_line()
    {
        string path = workspace.Spec();

        Workspace.Outcome outcome = Workspace.Vae("check", path);

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Equal($"{path}: tiny is right: [36] -> z 2 -> [36], 1,320 parameters", Assert.Single(outcome.Lines));
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public void All_mistakes_of_all_specs_are_reported_in_the_canonical_form()
    {
        string first = workspace.Spec(Workspace.TinySpec.Replace("latent: 2", "latnet: 2", StringComparison.Ordinal), "first.vae.yaml");
        string second = workspace.Spec(Workspace.TinySpec.Replace("batch: 16", "batch: -1", StringComparison.Ordinal), "second.vae.yaml");

        Workspace.Outcome outcome = Workspace.Vae("check", first, second);

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Contains($"{first}(6,1): error VAE1201: unknown key 'latnet'. Did you mean 'latent'?", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"{second}(11,", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_a_diagnostic()
    {
        Workspace.Outcome outcome = Workspace.Vae("check", workspace["nowhere.vae.yaml"]);

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Contains("nowhere.vae.yaml", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("error VAE", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_from_outside_change_what_is_shown()
    {
        string path = workspace.Spec();

        Workspace.Outcome outcome = Workspace.Vae("show", path, "--resolved", "--variant", "short", "--set", "latent=3");

        Spec? spec = SpecLoader.Parse(outcome.Out, "shown.vae.yaml").Spec;
        Assert.NotNull(spec);
        Assert.Equal(3, spec.Latent.Dim);
        Assert.Equal(1, spec.Train.Length);
    }

    [Fact]
    public void The_architecture_lists_layers_shapes_and_the_total()
    {
        string shown = Workspace.Vae("show", workspace.Spec()).Out;

        Assert.Contains("linear", shown, StringComparison.Ordinal);
        Assert.Contains("[36]", shown, StringComparison.Ordinal);
        Assert.Contains("1,320", shown, StringComparison.Ordinal);
    }

    public void Dispose() => workspace.Dispose();
}
