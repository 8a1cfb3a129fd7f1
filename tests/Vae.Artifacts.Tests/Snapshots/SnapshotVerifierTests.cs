using System.Text;
using FsCheck.Xunit;
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
            "Received: tiny.metrics.received.json\nVerified: tiny.metrics.verified.json\nCompare Result:\ntest.kl 4.41 vs 5.02, −12.15 % > 2 %\ntrain.kl 4.41 vs 5.02",
            result.Message,
            StringComparison.Ordinal);
        Assert.Contains("train.kl in row 2: 3.41 vs 4.02, −15.17 % > 2 %", result.Message, StringComparison.Ordinal);
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
        Assert.True(SnapshotVerifier.Verify(Artifacts, Snapshots, spec, new SnapshotOptions { Pictures = false }).Passed);
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
        bool found = new CurveComparer(new Tolerance(0, 0.02)).Compare(Curve(rows), verified) is not null;
        return found == Math.Abs(factor - 1) > 0.02 || Math.Abs(Math.Abs(factor - 1) - 0.02) < 1e-9;
    }

    [Fact]
    public void Columns_and_epochs_that_come_or_go_are_differences()
    {
        var comparer = new CurveComparer(new Tolerance(0, 1));
        byte[] curve = "epoch,a,b\n1,1,1\n"u8.ToArray();
        Assert.Null(comparer.Compare(curve, curve));
        Assert.Equal("column 'b' is missing\ncolumn 'c' is new", comparer.Compare("epoch,a,c\n1,1,1\n"u8.ToArray(), curve));
        Assert.Equal("2 epochs vs 1", comparer.Compare("epoch,a,b\n1,1,1\n2,1,1\n"u8.ToArray(), curve));
        Assert.Contains("epoch in row 1: 2 vs 1", comparer.Compare("epoch,a,b\n2,1,1\n"u8.ToArray(), curve), StringComparison.Ordinal);
        Assert.Contains("a in row 1: NaN vs 1", comparer.Compare("epoch,a,b\n1,NaN,1\n"u8.ToArray(), curve), StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_that_come_or_go_are_differences_and_the_worst_comes_first()
    {
        var comparer = new MetricsComparer(_ => new Tolerance(0, 0.02));
        byte[] verified = """{"epochs":3,"final":{"a":1,"b":1,"gone":1}}"""u8.ToArray();
        byte[] received = """{"epochs":4,"final":{"a":1.1,"b":2,"new":1}}"""u8.ToArray();
        Assert.Equal(
            "metric 'gone' is missing\nmetric 'new' is new\n4 epochs vs 3\nb 2 vs 1, +100 % > 2 %\na 1.1 vs 1, +10 % > 2 %",
            comparer.Compare(received, verified));
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
