using System.Text.Json;

namespace Vae.Tool.Tests;

public sealed class DiffTests(DiffTests.Trained trained) : IClassFixture<DiffTests.Trained>, IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void A_training_is_no_different_from_itself()
    {
        Workspace.Outcome outcome = Workspace.Vae("diff", trained.Folder, trained.Folder, "--fail-on", "different");

        Assert.Equal((ExitCode.Success, ""), (outcome.Code, outcome.Error));
        Assert.Contains("The resolved specs are the same", outcome.Out, StringComparison.Ordinal);
        Assert.Matches(@"Final metrics: \d+ the same\n", outcome.Out);
        Assert.Matches(@"Loss curves: \d+ the same\n", outcome.Out);
    }

    [Fact]
    public void What_is_worse_fails_and_what_is_better_does_not()
    {
        string worse = Copy("worse", metrics => Scaled(metrics, "test.loss", 1.5));

        Workspace.Outcome outcome = Workspace.Vae("diff", trained.Folder, worse);
        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.StartsWith($"{worse}: error VAE5106: test.loss is worse: ", outcome.Error, StringComparison.Ordinal);
        Assert.Matches(@"test\.loss +[\d.]+ +[\d.]+ +\+50\.0 % +worse", outcome.Out);

        Workspace.Outcome better = Workspace.Vae("diff", worse, trained.Folder);
        Assert.Equal((ExitCode.Success, ""), (better.Code, better.Error));
        Assert.Matches(@"test\.loss +[\d.]+ +[\d.]+ +−33\.3 % +better", better.Out);
        Assert.Contains("error VAE5107: ", Workspace.Vae("diff", worse, trained.Folder, "--fail-on", "different").Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, Workspace.Vae("diff", trained.Folder, worse, "--tolerance", "60%").Code);
        Assert.Equal(ExitCode.Success, Workspace.Vae("diff", trained.Folder, worse, "--tolerance", "0.6").Code);
        Assert.Equal(ExitCode.Success, Workspace.Vae("diff", trained.Folder, worse, "--fail-on", "never").Code);
    }

    [Fact]
    public void A_kl_that_moves_is_different_and_neither_better_nor_worse()
    {
        string moved = Copy("moved", metrics => Scaled(metrics, "test.kl", 2));

        Workspace.Outcome outcome = Workspace.Vae("diff", trained.Folder, moved);
        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Matches(@"test\.kl .* different", outcome.Out);
    }

    [Fact]
    public void A_metric_that_is_no_number_any_more_is_worse_and_one_that_is_not_there_is_missing()
    {
        string broken = Copy("broken", metrics => Replaced(metrics, "test.loss", _ => "\"NaN\""));
        Assert.Matches(@"test\.loss .* worse", Workspace.Vae("diff", trained.Folder, broken).Out);

        string missing = Copy("missing", metrics => Replaced(metrics, "test.loss", number => number).Replace("\"test.loss\"", "\"test.other\"", StringComparison.Ordinal));
        Workspace.Outcome outcome = Workspace.Vae("diff", trained.Folder, missing);
        Assert.Matches(@"test\.loss +[\d.]+ +— +missing", outcome.Out);
        Assert.Matches(@"test\.other +— +[\d.]+ +missing", outcome.Out);
    }

    [Fact]
    public void The_checks_of_the_first_spec_say_what_is_good()
    {
        string text = File.ReadAllText(Path.Combine(trained.Folder, "spec.resolved.yaml"));
        string strict = Copy("strict", metrics => metrics);
        int checks = text.IndexOf("checks:", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(strict, "spec.resolved.yaml"), text[..checks] + "checks: {metrics: {test.kl: {tolerance: 10%, better: lower}}}\n");
        string moved = Copy("moved", metrics => Scaled(metrics, "test.kl", 1.2));

        Assert.Contains("VAE5106: test.kl is worse", Workspace.Vae("diff", strict, moved).Error, StringComparison.Ordinal);
        string little = Copy("little", metrics => Scaled(metrics, "test.kl", 1.08));
        Assert.Equal(ExitCode.Success, Workspace.Vae("diff", strict, little).Code);
    }

    [Fact]
    public void A_curve_that_ends_worse_fails_too()
    {
        string worse = Copy("worse", metrics => metrics);
        string path = Path.Combine(worse, "loss.csv");
        string[] lines = File.ReadAllLines(path);
        string[] cells = lines[^1].Split(',');
        cells[1] = "1000";
        lines[^1] = string.Join(',', cells);
        File.WriteAllLines(path, lines);

        Workspace.Outcome outcome = Workspace.Vae("diff", trained.Folder, worse);
        Assert.Contains("VAE5106: the end of the curve train.loss is worse: 1000", outcome.Error, StringComparison.Ordinal);
        Assert.Matches(@"train\.loss .*▁.*█ .*worse", outcome.Out);
    }

    [Fact]
    public void Specs_are_compared_value_by_value_and_layers_are_aligned()
    {
        string first = workspace.Spec();
        string second = workspace.Spec(
            Workspace.TinySpec
                .Replace("  - linear: {out: 16, act: relu}\nlatent: 2", "  - dropout: 0.2\n  - linear: {out: 24, act: relu}\nlatent: 3", StringComparison.Ordinal)
                .Replace("lr: 1e-2", "lr: 2e-2", StringComparison.Ordinal),
            "other.vae.yaml");

        Workspace.Outcome outcome = Workspace.Vae("diff", first, second);
        Assert.Equal((ExitCode.Success, ""), (outcome.Code, outcome.Error));
        Assert.Contains("The resolved specs differ in 4 values", outcome.Out, StringComparison.Ordinal);
        Assert.Matches(@"encoder\.0 +— +dropout: \{p: 0\.2\}", outcome.Out);
        Assert.Matches(@"encoder\.0\.linear\.out +16 +24", outcome.Out);
        Assert.Matches(@"latent\.dim +2 +3", outcome.Out);
        Assert.Matches(@"train\.lr +0\.01 +0\.02", outcome.Out);
        Assert.DoesNotContain("Final metrics", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failure, Workspace.Vae("diff", first, second, "--fail-on", "different").Code);
    }

    [Fact]
    public void What_is_laid_over_a_spec_is_laid_over_the_second()
    {
        string spec = workspace.Spec();
        Assert.Matches(@"differ in 1 value\n.*\n +train\.epochs +3 +1\n", Workspace.Vae("diff", spec, spec, "--variant", "short").Out);
        Assert.Matches(@"train\.epochs +3 +5\n", Workspace.Vae("diff", trained.Folder, spec, "--set", "train.epochs=5").Out);
    }

    [Fact]
    public void It_is_written_for_programs_and_for_pull_requests()
    {
        string worse = Copy("worse", metrics => Scaled(metrics, "test.loss", 1.5));
        Workspace.Outcome json = Workspace.Vae("diff", trained.Folder, worse, "--format", "json");
        using JsonDocument document = JsonDocument.Parse(json.Out);
        Assert.True(document.RootElement.GetProperty("worse").GetBoolean());
        JsonElement loss = document.RootElement.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("name").GetString() == "test.loss");
        Assert.Equal("worse", loss.GetProperty("verdict").GetString());
        Assert.Equal(0.5, loss.GetProperty("change").GetDouble(), 9);
        Assert.Equal(3, document.RootElement.GetProperty("curves")[0].GetProperty("first").GetArrayLength());

        Workspace.Outcome markdown = Workspace.Vae("diff", trained.Folder, worse, "--format", "markdown", "-o", workspace["diff.md"]);
        Assert.Empty(markdown.Out);
        Assert.Equal(ExitCode.Failure, markdown.Code);
        string text = File.ReadAllText(workspace["diff.md"]);
        Assert.Matches(@"\n\| test\.loss \| [\d.]+ \| [\d.]+ \| \+50\.0 % \| \*\*worse\*\* \|\n", text);
    }

    [Fact]
    public void Losses_of_another_definition_are_told_to_be()
    {
        string other = Copy("other", metrics => metrics);
        string path = Path.Combine(other, "spec.resolved.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("kl: {weight: 0.5}", "kl: {weight: 4}", StringComparison.Ordinal));

        Assert.Contains("the losses need not mean the same: loss.kl.weight differs", Workspace.Vae("diff", trained.Folder, other).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_neither_folder_nor_spec_is_a_diagnostic()
    {
        Assert.Contains("error VAE", Workspace.Vae("diff", trained.Folder, workspace["nowhere"]).Error, StringComparison.Ordinal);
        Assert.Contains("error VAE5103: ", Workspace.Vae("diff", trained.Folder, workspace.Folder).Error, StringComparison.Ordinal);
    }

    private static string Scaled(string metrics, string name, double factor) =>
        Replaced(metrics, name, number => (double.Parse(number, System.Globalization.CultureInfo.InvariantCulture) * factor).ToString("R", System.Globalization.CultureInfo.InvariantCulture));

    private static string Replaced(string metrics, string name, Func<string, string> change)
    {
        string key = $"\"{name}\": ";
        int start = metrics.IndexOf(key, StringComparison.Ordinal) + key.Length;
        int end = metrics.IndexOfAny([',', '\n'], start);
        return metrics[..start] + change(metrics[start..end]) + metrics[end..];
    }

    private string Copy(string name, Func<string, string> change)
    {
        Directory.CreateDirectory(workspace[name]);
        foreach (string file in (string[])["spec.resolved.yaml", "metrics.json", "loss.csv"])
            File.Copy(Path.Combine(trained.Folder, file), Path.Combine(workspace[name], file));
        string metrics = Path.Combine(workspace[name], "metrics.json");
        File.WriteAllText(metrics, change(File.ReadAllText(metrics)));
        return workspace[name];
    }

    public sealed class Trained : IDisposable
    {
        private readonly Workspace workspace = new();

        public Trained() => Assert.Equal(ExitCode.Success, Workspace.Vae("train", workspace.Spec(), "--output", Folder).Code);

        public string Folder => workspace["model"];

        public void Dispose() => workspace.Dispose();
    }
}
