using System.Text;
using FsCheck.Xunit;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Snapshots;
using Vae.Artifacts.Tests.Formats;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Artifacts.Tests.Snapshots;

public sealed class SnapshotVerifierTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    private string Artifacts => temporary.At("tiny");

    private string Snapshots => temporary.At("snapshots");

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void Without_snapshots_everything_is_new_and_fails()
    {
        Spec spec = Train();
        SnapshotResult result = SnapshotVerifier.Verify(Artifacts, Snapshots, spec);
        Assert.False(result.Passed);
        Assert.All(result.Entries, entry => Assert.Equal(SnapshotStatus.New, entry.Status));
        Assert.Equal(
            ["tiny.architecture.txt", "tiny.arrays.txt", "tiny.loss.csv", "tiny.metrics.json", "tiny.reconstructions.png", "tiny.spec.yaml"],
            result.Entries.Select(entry => entry.Name));
        Assert.Equal(6, Directory.GetFiles(Snapshots, "tiny.*.received.*").Length);
        Assert.StartsWith($"Directory: {Snapshots}\nNew:\n  - Received: tiny.architecture.received.txt\n    Verified: tiny.architecture.verified.txt\n", result.Message, StringComparison.Ordinal);
        Assert.Contains("\nFileContent:\n\nNew:\n\nReceived: tiny.architecture.received.txt\ntiny\n", result.Message, StringComparison.Ordinal);
        Assert.Contains("VAE_SNAPSHOT=accept", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_accepted_passes_and_leaves_only_accepted_files()
    {
        Spec spec = Train();
        SnapshotResult before = SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Assert.Equal(6, before.Entries.Count);
        SnapshotResult result = SnapshotVerifier.Verify(Artifacts, Snapshots, spec);
        Assert.True(result.Passed, result.Message);
        Assert.Equal(6, Directory.GetFiles(Snapshots).Length);
        Assert.All(Directory.GetFiles(Snapshots), path => Assert.Contains(".verified.", path, StringComparison.Ordinal));
        Assert.Equal("encoder.0.weight [3,4]", File.ReadLines(Path.Combine(Snapshots, "tiny.arrays.verified.txt")).First());
    }

    [Fact]
    public void A_result_within_the_tolerance_passes_and_is_never_rewritten()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        string[] before = [.. Contents()];
        Train(kl: 5.02 * 1.01);
        Assert.True(SnapshotVerifier.Verify(Artifacts, Snapshots, spec).Passed);
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void A_metric_out_of_tolerance_is_told_with_its_margin()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Train(kl: 4.41);
        SnapshotResult result = SnapshotVerifier.Verify(Artifacts, Snapshots, spec);
        Assert.False(result.Passed);
        Assert.Equal(["tiny.loss.csv", "tiny.metrics.json"], result.Entries.Where(entry => entry.Status == SnapshotStatus.NotEqual).Select(entry => entry.Name));
        Assert.Contains(
            "Received: tiny.metrics.received.json\nVerified: tiny.metrics.verified.json\nCompare Result:\ntest.kl 4.41, verified 5.02, −12.2 % > 2 %\ntrain.kl 4.41, verified 5.02",
            result.Message,
            StringComparison.Ordinal);
        Assert.Contains("epoch 2 train.kl 3.41, verified 4.02, −15.2 % > 2 %", result.Message, StringComparison.Ordinal);
        Assert.Contains("Equal:\n  - Received: tiny.architecture.received.txt", result.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Snapshots, "tiny.metrics.received.json")));

        Train();
        Assert.True(SnapshotVerifier.Verify(Artifacts, Snapshots, spec).Passed);
        Assert.False(File.Exists(Path.Combine(Snapshots, "tiny.metrics.received.json")));
    }

    [Fact]
    public void The_specs_own_tolerances_count_and_the_callers_come_first()
    {
        Spec spec = Train() with { Checks = new ChecksSpec { LossCurveTolerance = 0.3, Metrics = [new MetricCheck("test.kl", Tolerance: 0.3), new MetricCheck("train.kl", Tolerance: 0.3)] } };
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Train(kl: 4.41);
        Assert.True(SnapshotVerifier.Verify(Artifacts, Snapshots, spec).Passed);
        var strict = new SnapshotOptions { Metrics = new Dictionary<string, Tolerance> { ["test.kl"] = new(0, 0.1) } };
        Assert.Equal(["tiny.metrics.json"], SnapshotVerifier.Verify(Artifacts, Snapshots, spec, strict).Entries.Where(entry => entry.Status != SnapshotStatus.Equal).Select(entry => entry.Name));
        var lower = new SnapshotOptions { Metrics = new Dictionary<string, Tolerance> { ["test.kl"] = new(0, 0.1, Direction.LowerIsBetter) } };
        Assert.True(SnapshotVerifier.Verify(Artifacts, Snapshots, spec, lower).Passed);
    }

    [Fact]
    public void Another_beta_is_told_line_by_line()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Train(spec with { Loss = spec.Loss with { KlWeight = new WeightSpec.Constant(10) } });
        SnapshotEntry entry = SnapshotVerifier.Verify(Artifacts, Snapshots, spec).Entries.Single(e => e.Name == "tiny.spec.yaml");
        Assert.Equal(SnapshotStatus.NotEqual, entry.Status);
        Assert.Matches(@"^verified line \d+: − +kl: .*1}\nreceived line \d+: \+ +kl: .*10}$", entry.Explanation);
    }

    [Fact]
    public void Another_picture_is_told_by_its_similarity()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Picture(200);
        SnapshotEntry entry = SnapshotVerifier.Verify(Artifacts, Snapshots, spec).Entries.Single(e => e.Status != SnapshotStatus.Equal);
        Assert.Equal("tiny.reconstructions.png", entry.Name);
        Assert.Contains("mean similarity", entry.Explanation, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(Snapshots, "tiny.reconstructions.received.diff.png"), entry.Difference);
        Assert.Equal((20, 20), PngReader.Read(File.ReadAllBytes(entry.Difference!)) is var map ? (map.Width, map.Height) : default);
        Assert.True(SnapshotVerifier.Verify(Artifacts, Snapshots, spec, new SnapshotOptions { Parts = SnapshotParts.All & ~SnapshotParts.Images }).Passed);
        Assert.True(SnapshotVerifier.Verify(Artifacts, Snapshots, spec, new SnapshotOptions { Parts = SnapshotParts.Metrics }).Passed);
    }

    [Fact]
    public void A_snapshot_that_nothing_makes_any_more_is_left_over_until_accepted()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        string old = Path.Combine(Snapshots, "tiny.samples.verified.png");
        File.WriteAllText(old, "");
        File.WriteAllText(Path.Combine(Snapshots, "other.samples.verified.png"), "");
        SnapshotResult result = SnapshotVerifier.Verify(Artifacts, Snapshots, spec);
        Assert.Contains("Delete:\n  - tiny.samples.verified.png\n", result.Message, StringComparison.Ordinal);
        Assert.False(result.Passed);
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(Path.Combine(Snapshots, "other.samples.verified.png")));
    }

    [Fact]
    public void The_worst_number_comes_first_and_what_is_compared_exactly_last()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Train(spec with { Loss = spec.Loss with { KlWeight = new WeightSpec.Constant(10) } }, kl: 4.41);
        Picture(200);
        SnapshotResult result = SnapshotVerifier.Verify(Artifacts, Snapshots, spec);
        Assert.Equal(["tiny.loss.csv", "tiny.metrics.json", "tiny.reconstructions.png", "tiny.spec.yaml"], result.Changes.Select(entry => entry.Name));
        Assert.Matches(@"^Directory: .*\nNotEqual:\n  - Received: tiny\.loss\.received\.csv\n(.*\n)*\nFileContent:\n\nNotEqual:\n\nReceived: tiny\.loss\.received\.csv\nVerified: tiny\.loss\.verified\.csv\nCompare Result:\nepoch \d train\.kl ", result.Message);
        Assert.Equal(["VAE5003", "VAE5003", "VAE5008", "VAE5007"], SnapshotDiagnostics.Of(result, new Location("tiny.vae.yaml", 9, 1)).Select(diagnostic => diagnostic.Code.Id));
        Assert.All(SnapshotDiagnostics.Of(result, new Location("tiny.vae.yaml", 9, 1)), diagnostic => Assert.StartsWith("tiny.vae.yaml(9,1): error VAE50", diagnostic.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_near_the_end_of_its_tolerance_is_told_and_passes()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Train(kl: 5.02 * 1.019);
        SnapshotResult result = SnapshotVerifier.Verify(Artifacts, Snapshots, spec, new SnapshotOptions { Parts = SnapshotParts.Metrics });
        Assert.True(result.Passed, result.Message);
        Assert.Equal("tiny.metrics.json is near the end of its tolerance: test.kl 5.11538, verified 5.02, +1.9 % ≤ 2 %, train.kl 5.11538, verified 5.02, +1.9 % ≤ 2 %", Assert.Single(result.Notes));
        Train(kl: 5.02 * 1.01);
        Assert.Empty(SnapshotVerifier.Verify(Artifacts, Snapshots, spec).Notes);
    }

    [Fact]
    public void Columns_of_the_curve_have_tolerances_and_directions_of_their_own()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Train(kl: 4.41);
        bool Passes(ChecksSpec checks, double kl)
        {
            Train(kl: kl);
            return SnapshotVerifier.Verify(Artifacts, Snapshots, spec with { Checks = checks }, new SnapshotOptions { Parts = SnapshotParts.Curve }).Passed;
        }

        Assert.False(Passes(new ChecksSpec { LossCurveTolerance = 0.02 }, 4.41));
        Assert.True(Passes(new ChecksSpec { LossCurveTolerance = 0.02, LossCurveColumns = [new ColumnCheck("train.kl", Tolerance: 0.2)] }, 4.41));
        Assert.True(Passes(new ChecksSpec { LossCurveColumns = [new ColumnCheck("train.kl", Absolute: 0.7)] }, 4.41));
        Assert.True(Passes(new ChecksSpec { LossCurveAbsolute = 0.7 }, 4.41));
        Assert.True(Passes(new ChecksSpec { LossCurveColumns = [new ColumnCheck("train.kl", Better: Better.Lower)] }, 4.41));
        Assert.False(Passes(new ChecksSpec { LossCurveColumns = [new ColumnCheck("train.kl", Better: Better.Lower)] }, 5.6));
        Assert.False(Passes(new ChecksSpec { LossCurveColumns = [new ColumnCheck("train.loss", Tolerance: 0.9)] }, 4.41));
    }

    [Fact]
    public void Received_files_are_accepted_without_the_artifacts_and_tell_by_how_much()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        string old = Path.Combine(Snapshots, "tiny.samples.verified.png");
        File.WriteAllText(old, "");
        Train(kl: 4.41);
        Picture(200);
        SnapshotVerifier.Verify(Artifacts, Snapshots, spec);
        Directory.CreateDirectory(Path.Combine(Snapshots, "bin"));
        File.WriteAllText(Path.Combine(Snapshots, "bin", "tiny.loss.received.csv"), "");

        IReadOnlyList<string> found = SnapshotAcceptance.Find(Path.GetDirectoryName(Snapshots)!);
        Assert.Equal(["tiny.loss.received.csv", "tiny.metrics.received.json", "tiny.reconstructions.received.png", "tiny.samples.received.png"], found.Select(path => Path.GetFileName(path)));
        IReadOnlyList<AcceptedSnapshot> accepted = SnapshotAcceptance.Accept(found);

        Assert.Equal([SnapshotStatus.NotEqual, SnapshotStatus.NotEqual, SnapshotStatus.NotEqual, SnapshotStatus.Delete], accepted.Select(snapshot => snapshot.Status));
        Assert.StartsWith("epoch 2 train.kl 3.41, verified 4.02, −15.2 % > 2 %", accepted[0].Explanation, StringComparison.Ordinal);
        Assert.False(File.Exists(old));
        Assert.All(Directory.GetFiles(Snapshots), path => Assert.Contains(".verified.", path, StringComparison.Ordinal));
        Assert.True(SnapshotVerifier.Verify(Artifacts, Snapshots, spec).Passed);
        Assert.Empty(SnapshotAcceptance.Find(Snapshots));
    }

    [Fact]
    public void A_received_file_that_is_within_its_tolerance_by_now_is_not_accepted()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Train(kl: 4.41);
        SnapshotVerifier.Verify(Artifacts, Snapshots, spec, new SnapshotOptions { Parts = SnapshotParts.Metrics });
        string before = File.ReadAllText(Path.Combine(Snapshots, "tiny.metrics.verified.json"));
        File.WriteAllText(Path.Combine(Snapshots, "tiny.spec.verified.yaml"), """
            vae: 1
            name: tiny
            data: {dataset: mnist, shape: [784]}
            encoder: []
            latent: 2
            decoder: [{linear: auto}]
            loss: {reconstruction: mse, kl: 1}
            train: {epochs: 1, optimizer: adam, lr: 1e-3}
            checks: {metrics: {test.kl: {tolerance: 50%}, train.kl: {tolerance: 50%}}}
            """);

        AcceptedSnapshot kept = Assert.Single(SnapshotAcceptance.Accept(SnapshotAcceptance.Find(Snapshots)));

        Assert.Equal(SnapshotStatus.Equal, kept.Status);
        Assert.Equal(before, File.ReadAllText(Path.Combine(Snapshots, "tiny.metrics.verified.json")));
        Assert.Empty(SnapshotAcceptance.Find(Snapshots));
    }

    [Fact]
    public void A_path_finds_one_file_or_those_of_one_spec_with_its_variants()
    {
        string spec = temporary.At("tiny.vae.yaml");
        File.WriteAllText(spec, "");
        Directory.CreateDirectory(Snapshots);
        foreach (string name in (string[])["tiny.loss.received.csv", "tiny-quick.loss.received.csv", "tinier.loss.received.csv", "tiny.samples.received.diff.png"])
            File.WriteAllText(Path.Combine(Snapshots, name), "x");

        Assert.Equal(["tiny-quick.loss.received.csv", "tiny.loss.received.csv"], SnapshotAcceptance.Find(spec).Select(path => Path.GetFileName(path)));
        Assert.Equal("tinier.loss.received.csv", Path.GetFileName(Assert.Single(SnapshotAcceptance.Find(Path.Combine(Snapshots, "tinier.loss.received.csv")))));
        Assert.Equal("VAE5009", Assert.Throws<VaeException>(() => SnapshotAcceptance.Find(temporary.At("nowhere"))).Diagnostics[0].Code.Id);
        Assert.Equal("VAE5009", Assert.Throws<VaeException>(() => SnapshotAcceptance.Find(Path.Combine(Snapshots, "tiny.samples.received.diff.png"))).Diagnostics[0].Code.Id);
    }

    [Fact]
    public void Received_files_of_an_earlier_comparison_do_not_stay()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        string stale = Path.Combine(Snapshots, "tiny.samples.received.png"), others = Path.Combine(Snapshots, "other.samples.received.png");
        File.WriteAllText(stale, "");
        File.WriteAllText(others, "");
        SnapshotVerifier.Verify(Artifacts, Snapshots, spec, new SnapshotOptions { Parts = SnapshotParts.Metrics });
        Assert.True(File.Exists(stale));
        SnapshotVerifier.Verify(Artifacts, Snapshots, spec);
        Assert.False(File.Exists(stale));
        Assert.True(File.Exists(others));
    }

    [Fact]
    public void What_cannot_be_written_does_not_hide_what_differs()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        Train(kl: 4.41);
        // A folder in its place cannot be replaced by a file, whoever runs this.
        Directory.CreateDirectory(Path.Combine(Snapshots, "tiny.metrics.received.json", "x"));
        SnapshotResult result = SnapshotVerifier.Verify(Artifacts, Snapshots, spec);
        Assert.Contains("test.kl 4.41, verified 5.02", result.Message, StringComparison.Ordinal);
        Assert.NotNull(result.Unwritten);
        Assert.Equal("VAE5104", Assert.Throws<VaeException>(() => SnapshotVerifier.Accept(Artifacts, Snapshots, spec)).Diagnostics[0].Code.Id);
    }

    [Theory]
    [InlineData("CI", "true", true)]
    [InlineData("CI", "1", true)]
    [InlineData("CI", "false", false)]
    [InlineData("GITHUB_ACTIONS", "true", true)]
    [InlineData("HOME", "/home/me", false)]
    public void A_build_server_is_known_by_its_variables(string variable, string value, bool is_one) =>
        Assert.Equal(is_one, BuildServer.IsOne(name => name == variable ? value : null));

    [Fact]
    public void A_spec_may_have_several_sets_of_snapshots()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec, new SnapshotOptions { Name = "tiny-quick" });
        Assert.True(File.Exists(Path.Combine(Snapshots, "tiny-quick.loss.verified.csv")));
        Assert.All(SnapshotVerifier.Verify(Artifacts, Snapshots, spec).Entries, entry => Assert.Equal(SnapshotStatus.New, entry.Status));
    }

    [Fact]
    public void Nothing_is_written_where_that_is_not_wanted()
    {
        SnapshotVerifier.Verify(Artifacts, Snapshots, Train(), new SnapshotOptions { WriteReceived = false });
        Assert.False(Directory.Exists(Snapshots));
    }

    [Theory]
    [InlineData("tiny.metrics.verified.json", "no json")]
    [InlineData("tiny.metrics.verified.json", "{\"epochs\":3}")]
    [InlineData("tiny.metrics.verified.json", "{\"epochs\":3,\"final\":{\"test.kl\":[]}}")]
    [InlineData("tiny.loss.verified.csv", "epoch,train.loss\n1\n")]
    [InlineData("tiny.loss.verified.csv", "")]
    [InlineData("tiny.reconstructions.verified.png", "no picture")]
    public void A_damaged_snapshot_is_a_difference_with_a_reason(string file, string content)
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        File.WriteAllText(Path.Combine(Snapshots, file), content);
        SnapshotEntry entry = SnapshotVerifier.Verify(Artifacts, Snapshots, spec).Entries.Single(e => e.Status != SnapshotStatus.Equal);
        Assert.Equal(SnapshotStatus.NotEqual, entry.Status);
        Assert.NotEmpty(entry.Explanation);
    }

    [Fact]
    public void Line_ends_of_a_checkout_do_not_count()
    {
        Spec spec = Train();
        SnapshotVerifier.Accept(Artifacts, Snapshots, spec);
        foreach (string path in Directory.GetFiles(Snapshots).Where(path => !path.EndsWith(".png", StringComparison.Ordinal)))
            File.WriteAllText(path, File.ReadAllText(path).ReplaceLineEndings("\r\n"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        SnapshotResult result = SnapshotVerifier.Verify(Artifacts, Snapshots, spec);
        Assert.True(result.Passed, result.Message);
    }

    [Fact]
    public void A_missing_artifact_is_a_diagnostic()
    {
        Spec spec = Train();
        File.Delete(Path.Combine(Artifacts, "metrics.json"));
        VaeException e = Assert.Throws<VaeException>(() => SnapshotVerifier.Verify(Artifacts, Snapshots, spec));
        Assert.Equal("VAE5103", e.Diagnostics[0].Code.Id);
        Assert.Contains("metrics.json", e.Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 100)]
    public bool Any_change_of_a_curve_above_its_tolerance_is_found_and_none_below(byte row, byte column, short change)
    {
        double[][] rows = [.. Enumerable.Range(1, 4).Select(epoch => new[] { epoch, 10.0 * epoch, 100 })];
        byte[] verified = Curve(rows);
        int r = row % 4, c = 1 + (column % 2);
        double factor = 1 + (change / 100_000.0);
        rows[r][c] *= factor;
        bool found = !new CurveComparer(_ => new Tolerance(0, 0.02)).Compare(Curve(rows), verified).IsEqual;
        return found == Math.Abs(factor - 1) > 0.02 || Math.Abs(Math.Abs(factor - 1) - 0.02) < 1e-9;
    }

    [Fact]
    public void Columns_and_epochs_that_come_or_go_are_differences()
    {
        var comparer = new CurveComparer(_ => new Tolerance(0, 1));
        byte[] curve = "epoch,a,b\n1,1,1\n"u8.ToArray();
        Assert.Equal(0, comparer.Compare(curve, curve).Used);
        Assert.Equal("column 'b' is missing\ncolumn 'c' is new", comparer.Compare("epoch,a,c\n1,1,1\n"u8.ToArray(), curve).Text);
        Assert.Equal("2 epochs, verified 1", comparer.Compare("epoch,a,b\n1,1,1\n2,1,1\n"u8.ToArray(), curve).Text);
        Assert.Contains("epoch 1 epoch 2, verified 1", comparer.Compare("epoch,a,b\n2,1,1\n"u8.ToArray(), curve).Text, StringComparison.Ordinal);
        Assert.Contains("epoch 1 a NaN, verified 1", comparer.Compare("epoch,a,b\n1,NaN,1\n"u8.ToArray(), curve).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_that_come_or_go_are_differences_and_the_worst_comes_first()
    {
        var comparer = new MetricsComparer(_ => new Tolerance(0, 0.02));
        byte[] verified = """{"epochs":3,"final":{"a":1,"b":1,"gone":1}}"""u8.ToArray();
        byte[] received = """{"epochs":4,"final":{"a":1.1,"b":2,"new":1}}"""u8.ToArray();
        Assert.Equal(
            "metric 'gone' is missing\nmetric 'new' is new\n4 epochs, verified 3\nb 2, verified 1, +100 % > 2 %\na 1.1, verified 1, +10 % > 2 %",
            comparer.Compare(received, verified).Text);
    }

    private static byte[] Curve(double[][] rows) =>
        Encoding.UTF8.GetBytes(Vae.Artifacts.Formats.LossCsv.Write(new Vae.Dsl.Results.Curve(["epoch", "a", "b"], rows)));

    private Spec Train(double kl = 5.02) => Train(Specs.Tiny(), kl);

    private Spec Train(Spec spec, double kl = 5.02)
    {
        ArtifactWriter.Write(Results.Of(spec, kl), Artifacts, Results.Fingerprint);
        Picture(20);
        return spec;
    }

    private void Picture(byte ink)
    {
        Directory.CreateDirectory(Path.Combine(Artifacts, "plots"));
        byte[] pixels = [.. Enumerable.Range(0, 400).Select(i => i % 20 < 10 ? ink : (byte)255)];
        File.WriteAllBytes(Path.Combine(Artifacts, "plots", "reconstructions.png"), PngFile.Of(20, 20, 1, pixels));
    }

    private IEnumerable<string> Contents() =>
        Directory.GetFiles(Snapshots).Order().Select(path => path + Convert.ToHexString(File.ReadAllBytes(path)));
}
