using Vae.Artifacts.Snapshots;
using Vae.Testing;

namespace Vae.Integration.Tests;

/// <summary>With the real trainer: build, accept, break, refuse, accept; the build and a test see the same files.</summary>
public sealed class SnapshotWorkflowTests : IDisposable
{
    private const string Spec = """
        vae: 1
        data: {source: csv, path: data.csv, columns: [a, b, c, d], test: 20}
        encoder: [{linear: {out: 8, act: tanh}}]
        latent: 2
        decoder: [{linear: {out: 8, act: tanh}}, {linear: auto}]
        loss: {reconstruction: mse, kl: 0.1}
        train: {epochs: 5, batch: 16, optimizer: adam, lr: 1e-2, seed: 3}
        artifacts: {plots: [loss], onnx: [], report: none}
        checks:
          loss-curve: 5%
        """;

    private readonly ThrowAwaySolution _solution = new(Repository.Trainer);

    public SnapshotWorkflowTests()
    {
        _solution.Write("Directory.Packages.props", $"""<Project><Import Project="{Repository.PathOf("Directory.Packages.props")}" /></Project>""");
        // On a developer's machine a failure that is expected opens nothing.
        DiffEngine.DiffRunner.Disabled = true;
    }

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task A_model_is_guarded_from_its_first_snapshot_on_by_the_build_and_by_tests()
    {
        _solution.Write("app/data.csv", "a,b,c,d\n" + string.Concat(Enumerable.Range(0, 120).Select(row => FormattableString.Invariant($"{row % 7},{row % 5},{(row % 7) + (row % 5)},{row % 3}\n"))));
        _solution.Write("app/small.vae.yaml", Spec);
        string model = _solution.PathOf("app/bin/Debug/net10.0/models/small");

        (await _solution.BuildAsync()).MustSucceed().MustSay("small: there are no snapshots");
        (await _solution.BuildAsync("--no-restore", "-t:AcceptVaeSnapshots")).MustSucceed().MustSay("small: new      " + _solution.PathOf("app/snapshots/small.loss.verified.csv"));
        Assert.Equal(6, (await VaeSnapshot.Verify(model)).Entries.Count);

        _solution.Write("app/small.vae.yaml", Spec.Replace("kl: 0.1", "kl: 10", StringComparison.Ordinal));
        DotNetResult broken = (await _solution.BuildAsync("--no-restore")).MustFail();
        Assert.Matches(@"small\.vae\.yaml\(9,1,9,7\): error VAE5003: small\.\w+\.\w+ differs from its snapshot: [^\n]*train\.loss [\d.]+, verified [\d.]+, \+[\d.]+ % > [25] %", broken.Output);
        broken.MustSay("error VAE5007: small.spec.yaml differs from its snapshot: ").MustSay("+   kl: {weight: 10}");
        VaeSnapshotException refused = await Assert.ThrowsAsync<VaeSnapshotException>(() => VaeSnapshot.VerifyMetrics(model));
        Assert.Contains("Received: small.metrics.received.json\nVerified: small.metrics.verified.json\nCompare Result:\n", refused.Message, StringComparison.Ordinal);

        IReadOnlyList<AcceptedSnapshot> accepted = SnapshotAcceptance.Accept(SnapshotAcceptance.Find(_solution.PathOf("app")));
        Assert.Contains(accepted, snapshot => snapshot.Explanation.Contains("train.kl", StringComparison.Ordinal));
        (await _solution.BuildAsync("--no-restore")).MustSucceed().MustSay("small: 6 snapshots are equal within their tolerances");
        Assert.DoesNotContain(Directory.EnumerateFiles(_solution.PathOf("app/snapshots")), path => path.Contains(".received.", StringComparison.Ordinal));
    }
}
