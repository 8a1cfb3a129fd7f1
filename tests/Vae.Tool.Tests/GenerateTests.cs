using System.Text.Json;

namespace Vae.Tool.Tests;

public sealed class GenerateTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void Each_spec_becomes_a_class_and_the_files_that_were_read_are_told()
    {
        string tiny = workspace.Spec();
        string derived = workspace.Spec("vae: 1\nname: wide\nextends: ./tiny.vae.yaml\nlatent: 3\n", "wide.vae.yaml");

        Workspace.Outcome outcome = Generate($"spec\t{tiny}\nname\ttiny\noutput\t{workspace["tiny.g.cs"]}\nspec\t{derived}\nname\twide\noutput\t{workspace["wide.g.cs"]}\nset\tlatent=4\n");

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Contains("namespace my_app.Models", Text("tiny.g.cs"), StringComparison.Ordinal);
        Assert.Contains("public sealed partial class Tiny ", Text("tiny.g.cs"), StringComparison.Ordinal);
        Assert.Contains("LatentSize = 4;", Text("wide.g.cs"), StringComparison.Ordinal);
        Assert.Equal(["inputs", "class", "inputs", "class"], Events(outcome, "event"));
        Assert.Contains(JsonSerializer.Serialize(tiny), outcome.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_stays_the_same_keeps_its_time()
    {
        string request = $"spec\t{workspace.Spec()}\nname\ttiny\noutput\t{workspace["tiny.g.cs"]}\n";
        Generate(request);
        File.SetLastWriteTimeUtc(workspace["tiny.g.cs"], DateTime.UnixEpoch.AddYears(40));

        workspace.Spec(Workspace.TinySpec + "# a comment\n");
        Assert.Equal(ExitCode.Success, Generate(request).Code);
        Assert.Equal(DateTime.UnixEpoch.AddYears(40), File.GetLastWriteTimeUtc(workspace["tiny.g.cs"]));

        workspace.Spec(Workspace.TinySpec.Replace("latent: 2", "latent: 3", StringComparison.Ordinal));
        Generate(request);
        Assert.Contains("LatentSize = 3;", Text("tiny.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_keeps_the_class_of_before_and_the_other_specs_theirs()
    {
        string tiny = workspace.Spec();
        string other = workspace.Spec(Workspace.TinySpec, "other.vae.yaml");
        string request = $"spec\t{tiny}\nname\ttiny\noutput\t{workspace["tiny.g.cs"]}\nspec\t{other}\nname\tother\noutput\t{workspace["other.g.cs"]}\n";
        Generate(request);
        File.Delete(workspace["other.g.cs"]);
        workspace.Spec(Workspace.TinySpec.Replace("latent: 2", "latnet: 2", StringComparison.Ordinal));

        Workspace.Outcome outcome = Generate(request);

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Contains("VAE1201", outcome.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(workspace["tiny.g.cs"]));
        Assert.True(File.Exists(workspace["other.g.cs"]));
    }

    [Theory]
    [InlineData("abstract: true\n")]
    [InlineData("artifacts: {onnx: []}\n")]
    public void A_spec_without_a_network_to_run_has_no_class_any_more(string line)
    {
        string text = Workspace.TinySpec.Replace("artifacts: {plots: [loss]}\n", "", StringComparison.Ordinal);
        string request = $"spec\t{workspace.Spec(text)}\nname\ttiny\noutput\t{workspace["tiny.g.cs"]}\n";
        Generate(request);
        Assert.True(File.Exists(workspace["tiny.g.cs"]));

        workspace.Spec(text + line);
        Workspace.Outcome outcome = Generate(request);

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Equal(["inputs"], Events(outcome, "event"));
        Assert.False(File.Exists(workspace["tiny.g.cs"]));
    }

    [Fact]
    public void Names_are_taken_from_the_project_where_it_gives_them_and_checked()
    {
        string spec = $"spec\t{workspace.Spec()}\nname\ttiny\noutput\t{workspace["tiny.g.cs"]}\n";

        Assert.Equal(ExitCode.Success, Generate(spec + "class\tSmall\nin\tAcme.Nets\naccess\tinternal\n").Code);
        Assert.Contains("namespace Acme.Nets", Text("tiny.g.cs"), StringComparison.Ordinal);
        Assert.Contains("internal sealed partial class Small ", Text("tiny.g.cs"), StringComparison.Ordinal);

        foreach (string wrong in (string[])["class\tnew", "class\tLoad", "in\ta..b", "access\tprotected"])
        {
            Workspace.Outcome outcome = Generate(spec + wrong + "\n");
            Assert.Equal(ExitCode.Failure, outcome.Code);
            Assert.Equal("VAE0036", Assert.Single(Events(outcome, "code")));
            Assert.Contains("my-app.csproj", outcome.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_specs_do_not_become_one_class()
    {
        string spec = workspace.Spec();

        Workspace.Outcome outcome = Generate($"spec\t{spec}\nname\tb-0\noutput\t{workspace["1.g.cs"]}\nspec\t{spec}\nname\tb.0\noutput\t{workspace["2.g.cs"]}\n");

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Equal("VAE0035", Assert.Single(Events(outcome, "code")));
        Assert.Contains("my_app.Models.B0", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_is_not_understood_is_a_mistake_of_the_caller()
    {
        Assert.Equal(ExitCode.Usage, Workspace.Vae("generate", workspace["nowhere"]).Code);
        Assert.Equal(ExitCode.Usage, Generate("colour\tred\n").Code);
        Assert.DoesNotContain("generate", Workspace.Vae("--help").Out, StringComparison.Ordinal);
    }

    private static string[] Events(Workspace.Outcome outcome, string member) =>
    [
        .. outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement).Where(json => json.TryGetProperty(member, out _)).Select(json => json.GetProperty(member).GetString()!),
    ];

    private Workspace.Outcome Generate(string specs)
    {
        File.WriteAllText(workspace["request"], $"project\t{workspace["my-app.csproj"]}\nnamespace\tmy-app\nmodels\tmodels\nnullable\ttrue\n{specs}");
        return Workspace.Vae("generate", workspace["request"]);
    }

    private string Text(string name) => File.ReadAllText(workspace[name]);
}
