namespace Vae.Integration.Tests;

public sealed class IncrementalBuildTests : IDisposable
{
    private readonly ThrowAwaySolution _solution = new();

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task Second_and_third_builds_train_nothing_say_so_and_keep_every_model()
    {
        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
        _solution.Write("app/specs/größer als.vae.yaml", "vae: 1\n");
        _solution.Write("app/bin/copied.vae.yaml", "fake: spec-error\n");

        for (int build = 1; build <= 3; build++)
        {
            DotNetResult result = (await _solution.BuildAsync()).MustSucceed();

            Assert.Equal(build > 1, result.Output.Contains("mnist is up to date", StringComparison.Ordinal));
            foreach (string name in (string[])["mnist", "größer als"])
            {
                Assert.Single(_solution.Trainings(name));
                Assert.True(_solution.Has($"app/obj/vae/Debug/{name}/decoder.onnx"), $"obj lost {name} in build {build}");
                Assert.True(_solution.Has($"app/bin/Debug/net10.0/models/{name}/decoder.onnx"), $"bin lost {name} in build {build}");
                Assert.True(_solution.Has($"app/bin/Debug/net10.0/models/{name}/plots/loss.svg"), $"bin lost the plot of {name} in build {build}");
                Assert.False(_solution.Has($"app/bin/Debug/net10.0/models/{name}/run.json"));
            }
        }

        File.Delete(_solution.PathOf("app/specs/größer als.vae.yaml"));
        (await _solution.BuildAsync()).MustSucceed();
        Assert.False(_solution.Has("app/bin/Debug/net10.0/models/größer als/decoder.onnx"));
        Assert.True(_solution.Has("app/bin/Debug/net10.0/models/mnist/decoder.onnx"));

        (await _solution.RunAsync(["clean", "app"])).MustSucceed();
        Assert.False(Directory.Exists(_solution.PathOf("app/obj/vae/Debug")));
        Assert.False(_solution.Has("app/bin/Debug/net10.0/models/mnist/decoder.onnx"));
    }

    [Fact]
    public async Task Only_a_changed_content_trains_again()
    {
        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
        (await _solution.BuildAsync()).MustSucceed();
        string before = await ModelAsync();

        File.SetLastWriteTimeUtc(_solution.PathOf("app/mnist.vae.yaml"), DateTime.UtcNow.AddSeconds(-30));
        (await _solution.BuildAsync("--no-restore")).MustSucceed().MustSay("mnist is up to date: what it is made from has the same content");
        Assert.Equal(before, await ModelAsync());

        _solution.Write("app/mnist.vae.yaml", "vae: 1\nlatent: 3\n");
        (await _solution.BuildAsync("--no-restore")).MustSucceed().MustSay("mnist: starting the trainer, because mnist.vae.yaml changed");
        Assert.NotEqual(before, await ModelAsync());
    }

    [Fact]
    public async Task Variant_and_overrides_reach_the_trainer_and_train_again()
    {
        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
        (await _solution.BuildAsync("-p:VaeVariant=quick", "-p:VaeSet=train.epochs=2%3Bloss.kl=0.1", "-p:VaeParam=beta=0.01", "-p:VaeThreads=2", "-p:VaeDevice=cpu")).MustSucceed();
        string first = await ModelAsync();

        string arguments = string.Join(' ', Assert.Single(_solution.Trainings()));
        Assert.Contains($"--variant quick --set train.epochs=2 --set loss.kl=0.1 --param beta=0.01 --threads 2 --device cpu --if-changed --store {_solution.PathOf("store")} --lock --skip-abstract --checkpoint-every 0 --json --cancel-file ", arguments, StringComparison.Ordinal);

        (await _solution.BuildAsync("--no-restore")).MustSucceed().MustSay("because device is now '', it was 'cpu'");
        Assert.NotEqual(first, await ModelAsync());
        Assert.DoesNotContain("--variant", _solution.Trainings()[1]);
    }

    [Fact]
    public async Task Mode_off_trains_nothing_and_takes_what_is_there()
    {
        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
        (await _solution.BuildAsync("-p:VaeMode=Off")).MustSucceed();
        Assert.Empty(_solution.Trainings());
        Assert.False(_solution.Has("app/bin/Debug/net10.0/models/mnist/decoder.onnx"));

        (await _solution.BuildAsync("--no-restore")).MustSucceed();
        Directory.Delete(_solution.PathOf("app/bin"), recursive: true);
        _solution.Write("app/mnist.vae.yaml", "vae: 1\nfake: spec-error\n");
        (await _solution.BuildAsync("--no-restore", "-p:VaeMode=Off")).MustSucceed();
        Assert.Single(_solution.Trainings());
        Assert.True(_solution.Has("app/bin/Debug/net10.0/models/mnist/decoder.onnx"));
    }

    [Fact]
    public async Task A_folder_of_the_projects_own_choice_keeps_what_else_is_in_it_when_cleaned()
    {
        const string option = "-p:VaeIntermediateFolder=trained";
        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
        _solution.Write("app/trained/thesis.txt", "years of work");

        (await _solution.BuildAsync(option)).MustSucceed();
        Assert.True(_solution.Has("app/trained/mnist/decoder.onnx"));
        Assert.True(_solution.Has("app/bin/Debug/net10.0/models/mnist/decoder.onnx"));

        (await _solution.RunAsync(["clean", "app", option])).MustSucceed();
        Assert.False(Directory.Exists(_solution.PathOf("app/trained/mnist")));
        Assert.True(_solution.Has("app/trained/thesis.txt"));
    }

    private Task<string> ModelAsync() => File.ReadAllTextAsync(_solution.PathOf("app/bin/Debug/net10.0/models/mnist/decoder.onnx"));
}
