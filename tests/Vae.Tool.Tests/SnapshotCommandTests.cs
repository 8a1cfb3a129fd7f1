using System.Globalization;

namespace Vae.Tool.Tests;

public sealed class SnapshotCommandTests(SnapshotCommandTests.Trained trained) : IClassFixture<SnapshotCommandTests.Trained>, IDisposable
{
    private readonly Workspace workspace = new();

    private string Spec => workspace["tiny.vae.yaml"];

    private string Snapshots => workspace["snapshots"];

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void A_model_without_snapshots_differs_until_it_is_accepted()
    {
        workspace.Spec();
        Workspace.Outcome fresh = Vae("verify", Spec, "--artifacts", trained.Folder);
        Assert.Equal(ExitCode.Failure, fresh.Code);
        // The spec's key 'checks'.
        Assert.Contains($"{Spec}(13,1): error VAE5005: tiny.architecture.txt has no snapshot yet; look at tiny.architecture.received.txt", fresh.Error, StringComparison.Ordinal);
        Assert.EndsWith($"0 of 6 snapshots are equal within their tolerances: {Snapshots}", fresh.Lines[^1], StringComparison.Ordinal);

        Workspace.Outcome accepted = Vae("accept", workspace.Folder);
        Assert.Equal(ExitCode.Success, accepted.Code);
        Assert.Equal($"new      {Path.Combine(Snapshots, "tiny.architecture.verified.txt")}", accepted.Lines[0]);
        Assert.Equal("look at the change, and commit it", accepted.Lines[^1]);
        Assert.Equal(ExitCode.Success, Vae("verify", Spec, "--artifacts", trained.Folder).Code);
        Assert.Equal("nothing to accept", Assert.Single(Vae("accept", Spec).Lines));
    }

    [Fact]
    public void A_number_that_moved_is_told_worst_first_and_accepting_tells_by_how_much()
    {
        workspace.Spec();
        Assert.Equal(ExitCode.Success, Vae("accept", Spec, "--artifacts", trained.Folder).Code);
        string loss = Path.Combine(Snapshots, "tiny.loss.verified.csv");
        string[] lines = File.ReadAllLines(loss);
        string[] cells = lines[2].Split(',');
        double was = double.Parse(cells[1], CultureInfo.InvariantCulture);
        cells[1] = (was * 2).ToString("R", CultureInfo.InvariantCulture);
        lines[2] = string.Join(',', cells);
        File.WriteAllLines(loss, lines);

        Workspace.Outcome outcome = Vae("verify", Spec, "--artifacts", trained.Folder);
        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Matches(@"\(13,1\): error VAE5003: tiny\.loss\.csv differs from its snapshot: epoch 2 train\.loss [\d.]+, verified [\d.]+, −50 % > 2 %; look at tiny\.loss\.received\.csv", outcome.Error);
        Workspace.Outcome json = Vae("verify", Spec, "--artifacts", trained.Folder, "--json", "--no-received");
        Assert.Contains("\"code\":\"VAE5003\"", json.Lines[0], StringComparison.Ordinal);
        Assert.Equal("""{"event":"verified","equal":5,"different":1}""", json.Lines[^1]);

        Workspace.Outcome accepted = Vae("accept", Spec);
        Assert.Equal($"changed  {loss}", accepted.Lines[0]);
        Assert.Matches(@"^epoch 2 train\.loss [\d.]+, verified [\d.]+, −50 % > 2 %$", accepted.Lines[1]);
        Assert.Equal(was, double.Parse(File.ReadAllLines(loss)[2].Split(',')[1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_tolerances_are_those_that_the_spec_says_now()
    {
        workspace.Spec();
        Vae("accept", Spec, "--artifacts", trained.Folder);
        string metrics = Path.Combine(Snapshots, "tiny.metrics.verified.json");
        string text = File.ReadAllText(metrics);
        int at = text.IndexOf("\"test.kl\": ", StringComparison.Ordinal) + 11;
        File.WriteAllText(metrics, text.Insert(at, "9"));
        Assert.Equal(ExitCode.Failure, Vae("verify", Spec, "--artifacts", trained.Folder, "--no-received").Code);
        Assert.Equal(ExitCode.Success, Vae("verify", Spec, "--artifacts", trained.Folder, "--no-received", "--set", "checks.metrics.test.kl.absolute=1000").Code);
        Assert.Equal(ExitCode.Success, Vae("verify", Spec, "--artifacts", trained.Folder, "--no-received", "--set", "checks.metrics.test.kl.better=lower").Code);
    }

    [Fact]
    public void A_build_server_accepts_nothing()
    {
        workspace.Spec();
        Vae("verify", Spec, "--artifacts", trained.Folder);
        foreach (string[] command in (string[][])[["accept", workspace.Folder], ["accept", Spec, "--artifacts", trained.Folder]])
        {
            Workspace.Outcome refused = Vae(isBuildServer: true, command);
            Assert.Equal(ExitCode.Failure, refused.Code);
            Assert.Contains("error VAE5004: ", refused.Error, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(Snapshots, "*.verified.*"));
    }

    [Fact]
    public void A_variant_has_snapshots_of_its_own()
    {
        workspace.Spec();
        Vae("accept", Spec, "--artifacts", trained.Folder, "--variant", "short");
        Assert.All(Directory.GetFiles(Snapshots), path => Assert.StartsWith("tiny-short.", Path.GetFileName(path), StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_is_not_there_and_a_broken_spec_are_diagnostics()
    {
        workspace.Spec();
        Assert.Contains("error VAE5103: ", Vae("verify", Spec, "--artifacts", workspace["nowhere"]).Error, StringComparison.Ordinal);
        Assert.Contains("error VAE5009: ", Vae("accept", workspace["nowhere"]).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, Vae("accept", "--artifacts", trained.Folder).Code);
        workspace.Spec("vae: 1\nlatnet: 2\n");
        Assert.Contains("(2,1): error VAE1201: ", Vae("verify", Spec, "--artifacts", trained.Folder).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Calibrating_trains_with_seeds_and_threads_and_prints_checks_that_load()
    {
        workspace.Spec();
        Workspace.Outcome outcome = Vae("calibrate", Spec, "--seeds", "3", "--threads", "1,2", "--output", workspace["runs"]);

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Equal(["seed-7-threads-1", "seed-7-threads-2", "seed-8-threads-1", "seed-9-threads-1"], Directory.GetDirectories(workspace["runs"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Contains("training 4 of 4: seed 9, 1 thread", outcome.Out, StringComparison.Ordinal);
        Assert.Matches(@"loss\.csv train\.kl +[\d.]+ +[\d.]+ % +[\d.]+ % +[\d.]+ %", outcome.Out);
        string checks = outcome.Out[outcome.Out.IndexOf("checks:\n", StringComparison.Ordinal)..];
        Assert.Contains("test.reconstruction: {max: 1000, tolerance: ", checks, StringComparison.Ordinal);
        workspace.Spec(Workspace.TinySpec.Replace("checks: {metrics: {test.reconstruction: {max: 1000}}}\n", checks, StringComparison.Ordinal));
        Assert.Equal(ExitCode.Success, Vae("check", Spec).Code);

        // Every training that the tolerances come from passes with them.
        Vae("accept", Spec, "--artifacts", workspace["runs/seed-7-threads-1"]);
        Workspace.Outcome other = Vae("verify", Spec, "--artifacts", workspace["runs/seed-9-threads-1"], "--no-received");
        Assert.DoesNotContain("VAE5003", other.Error, StringComparison.Ordinal);
    }

    private static Workspace.Outcome Vae(params string[] args) => Vae(isBuildServer: false, args);

    private static Workspace.Outcome Vae(bool isBuildServer, string[] args)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int code = VaeCommand.Run(args, ToolConsole.Plain(output, error) with { IsBuildServer = isBuildServer }, CancellationToken.None);
        return new Workspace.Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>One training for all tests.</summary>
    public sealed class Trained : IDisposable
    {
        private readonly Workspace workspace = new();

        public Trained() => Workspace.Vae("train", workspace.Spec(), "--output", Folder);

        public string Folder => workspace["model"];

        public void Dispose() => workspace.Dispose();
    }
}
