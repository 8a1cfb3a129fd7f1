using System.Text.Json;

namespace Vae.Integration.Tests;

/// <summary>Comparing with snapshots as a part of the build, with the stand-in for the trainer.</summary>
public sealed class SnapshotBuildTests : IDisposable
{
    private readonly ThrowAwaySolution _solution = new();

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task Snapshots_are_compared_from_the_first_accepted_file_on_and_only_when_something_changed()
    {
        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
        (await _solution.BuildAsync()).MustSucceed();
        Assert.Empty(Verifications());

        (await _solution.BuildAsync("--no-restore", "-t:AcceptVaeSnapshots")).MustSucceed().MustSay("mnist: new      loss.verified.csv");
        Assert.True(_solution.Has("app/snapshots/mnist.loss.verified.csv"));
        string accepted = Assert.Single(Verifications());
        Assert.StartsWith($"accept {_solution.PathOf("app/mnist.vae.yaml")} --artifacts {_solution.PathOf("app/obj/vae/Debug/mnist")} --snapshots {_solution.PathOf("app/snapshots")} --name mnist --json", accepted, StringComparison.Ordinal);

        (await _solution.BuildAsync("--no-restore")).MustSucceed().MustSay("mnist: 4 snapshots are equal within their tolerances").MustSay("mnist: mnist.metrics.json is near the end of its tolerance");
        Assert.Equal(2, Verifications().Count);
        (await _solution.BuildAsync("--no-restore")).MustSucceed();
        Assert.Equal(2, Verifications().Count);

        _solution.Write("app/snapshots/mnist.loss.verified.csv", "changed by hand");
        (await _solution.BuildAsync("--no-restore")).MustSucceed();
        Assert.Equal(3, Verifications().Count);
        Assert.Single(_solution.Trainings());
    }

    [Fact]
    public async Task What_differs_is_an_error_of_every_build_until_it_is_accepted_and_the_model_can_be_looked_at()
    {
        _solution.Write("app/mnist.vae.yaml", "vae: 1\nsnapshots: differ\n");
        _solution.Write("app/snapshots/mnist.loss.verified.csv", "accepted");

        (await _solution.BuildAsync()).MustFail().MustSay("mnist.vae.yaml(2,1,2,7): error VAE5003: epoch 7 train.kl 4.91, verified 4.32, +13.7 % > 2 % {in braces}").MustSay("1 of 5 snapshots differ");
        Assert.True(_solution.Has("app/bin/Debug/net10.0/models/mnist/report.html"));
        Assert.Equal([_solution.PathOf("app/snapshots"), "mnist"], await File.ReadAllLinesAsync(_solution.PathOf("app/bin/Debug/net10.0/models/mnist/snapshots.path")));

        (await _solution.BuildAsync("--no-restore")).MustFail().MustSay("error VAE5003");
        Assert.Equal(2, Verifications().Count);
        (await _solution.BuildAsync("--no-restore", "-p:VaeVerify=false")).MustSucceed();
        (await _solution.BuildAsync("--no-restore", "-p:VaeMode=Off")).MustSucceed();
        Assert.Equal(2, Verifications().Count);
        (await _solution.BuildAsync("--no-restore", "-p:VaeVerify=perhaps")).MustFail().MustSay("error VAE5010");
        (await _solution.RunAsync(["publish", "app", "--no-build", "-c", "Debug", "-o", _solution.PathOf("out")])).MustSucceed();
        Assert.True(_solution.Has("out/models/mnist/decoder.onnx"));
        Assert.False(_solution.Has("out/models/mnist/snapshots.path"));
    }

    [Fact]
    public async Task A_variant_has_snapshots_of_its_own_and_a_changed_experiment_has_none()
    {
        _solution.Write("app/specs/mnist.vae.yaml", "vae: 1\n");
        _solution.Write("app/specs/snapshots/mnist-quick.loss.verified.csv", "accepted");

        (await _solution.BuildAsync("-p:VaeVariant=quick")).MustSucceed();
        Assert.Contains($"--snapshots {_solution.PathOf("app/specs/snapshots")} --name mnist-quick --variant quick", Assert.Single(Verifications()), StringComparison.Ordinal);
        (await _solution.BuildAsync("--no-restore")).MustSucceed();
        (await _solution.BuildAsync("--no-restore", "-p:VaeVariant=quick", "-p:VaeParam=beta=1")).MustSucceed().MustSay("mnist: not compared with its snapshots, because VaeSet or VaeParam changes it");
        Assert.Single(Verifications());
        (await _solution.BuildAsync("--no-restore", "-p:VaeVerify=true", "-p:VaeWriteReceived=false")).MustSucceed();
        Assert.Contains("--name mnist --no-received --json", Verifications()[1], StringComparison.Ordinal);

        (await _solution.RunAsync(["clean", "app"])).MustSucceed();
        Assert.False(_solution.Has("app/bin/Debug/net10.0/models/mnist/snapshots.path"));
        Assert.True(_solution.Has("app/specs/snapshots/mnist-quick.loss.verified.csv"));
    }

    private List<string> Verifications()
    {
        string log = _solution.PathOf("app/obj/vae/Debug/mnist.verifications");
        return File.Exists(log) ? [.. File.ReadLines(log).Select(line => string.Join(' ', JsonSerializer.Deserialize<string[]>(line)!))] : [];
    }
}
