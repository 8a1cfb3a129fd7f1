using System.Diagnostics;
using System.Globalization;

namespace Vae.Integration.Tests;

public sealed class BuildErrorTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ThrowAwaySolution _solution = new();

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task An_error_in_a_spec_is_a_build_error_at_its_line_until_it_is_mended()
    {
        _solution.Write("app/mnist.vae.yaml", "vae: 1\nfake: spec-error\n");
        string expected = $"{_solution.PathOf("app/mnist.vae.yaml")}(3,1,3,7): error VAE1201: unknown key 'latnet' {{in braces}}. Did you mean 'latent'?";

        (await _solution.BuildAsync()).MustFail().MustSay(expected);
        (await _solution.BuildAsync("--no-restore")).MustFail().MustSay(expected);

        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
        (await _solution.BuildAsync("--no-restore")).MustSucceed();
        Assert.True(_solution.Has("app/bin/Debug/net10.0/models/mnist/decoder.onnx"));
    }

    [Fact]
    public async Task An_error_in_training_and_a_crash_are_build_errors_with_codes()
    {
        _solution.Write("app/mnist.vae.yaml", "vae: 1\nfake: training-error\n");
        (await _solution.BuildAsync()).MustFail().MustSay("mnist.vae.yaml : error VAE4001: the loss is not a number in epoch 2");

        _solution.Write("app/mnist.vae.yaml", "vae: 1\nfake: crash\n");
        DotNetResult crash = (await _solution.BuildAsync("--no-restore")).MustFail().MustSay("mnist.vae.yaml : error VAE0021: the trainer ended with exit code 134");
        Assert.DoesNotContain("MSB6006", crash.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_of_the_project_are_named()
    {
        _solution.Write("app/a/mnist.vae.yaml", "vae: 1\n");
        _solution.Write("app/b/mnist.vae.yaml", "vae: 1\n");
        (await _solution.BuildAsync()).MustFail().MustSay("error VAE0022: 'mnist' is the name of more than one spec: a/mnist.vae.yaml, b/mnist.vae.yaml.");
        (await _solution.BuildAsync("--no-restore", "-p:VaeMode=Of")).MustFail().MustSay("error VAE0023: VaeMode is 'Of'");

        _solution.Write("app/app.csproj", ThrowAwaySolution.Project("""<VaeSpec Update="b/mnist.vae.yaml" Name="other" Variant="quick" />"""));
        (await _solution.BuildAsync("--no-restore")).MustSucceed();
        Assert.Contains("quick", Assert.Single(_solution.Trainings("other")));
        Assert.DoesNotContain("quick", Assert.Single(_solution.Trainings("mnist")));
    }

    [Fact]
    public async Task Packages_of_specs_reach_the_trainer_and_one_without_its_folder_is_an_error_at_the_project()
    {
        _solution.Write("app/mnist.vae.yaml", "vae: 1\n");
        _solution.Write("app/bases/base.vae.yaml", "vae: 1\nfake: abstract\n");
        _solution.Write("shared specs/deep.vae.yaml", "vae: 1\n");
        _solution.Write("app/app.csproj", ThrowAwaySolution.Project("""<VaeSpecPackage Include="Acme.Vae.Specs" Path="../shared specs" />"""));

        DotNetResult built = (await _solution.BuildAsync("-v:normal")).MustSucceed();
        string[] arguments = Assert.Single(_solution.Trainings());
        Assert.Equal($"Acme.Vae.Specs={_solution.PathOf("shared specs")}", arguments[Array.IndexOf(arguments, "--package") + 1]);
        Assert.Single(_solution.Trainings("base"));
        Assert.DoesNotContain("abstract", built.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("base: starting", built.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_solution.PathOf("app/bin/Debug/net10.0/models/base")));

        _solution.Write("app/app.csproj", ThrowAwaySolution.Project("""<VaeSpecPackage Include="Acme.Vae.Specs" />"""));
        (await _solution.BuildAsync("--no-restore")).MustFail().MustSay($"{_solution.PathOf("app/app.csproj")} : error VAE0024: the package of specs 'Acme.Vae.Specs' has no folder.");

        _solution.Write("app/app.csproj", ThrowAwaySolution.Project("""<VaeSpecPackage Include="Acme.Vae.Specs" Path="../nowhere" />"""));
        (await _solution.BuildAsync("--no-restore")).MustFail().MustSay($"{_solution.PathOf("app/app.csproj")} : error VAE0024: the package of specs 'Acme.Vae.Specs' should be at '{_solution.PathOf("nowhere")}', but there is no such folder.");
    }

    [Fact]
    public async Task Ctrl_C_ends_the_build_and_the_trainer()
    {
        // The trainer that never stops by itself: nothing but the kill ends it.
        _solution.Write("app/app.csproj", ThrowAwaySolution.Project(""));
        _solution.Write("app/mnist.vae.yaml", "vae: 1\nfake: deaf\n");
        (await _solution.RunAsync(["restore", "app"])).MustSucceed();
        using CancellationTokenSource ctrlC = new();
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        Task<DotNetResult> build = _solution.RunAsync(
            ["build", "app", "--no-restore", "-v:normal", "-p:VaeCancelSeconds=1"],
            line => _ = line.Contains("1 parameters", StringComparison.Ordinal) && started.TrySetResult(),
            ctrlC.Token);
        await started.Task.WaitAsync(Patience);
        using Process trainer = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(_solution.PathOf("app/obj/vae/Debug/mnist.pid")), CultureInfo.InvariantCulture));
        await ctrlC.CancelAsync();

        (await build.WaitAsync(Patience)).MustFail();
        await trainer.WaitForExitAsync().WaitAsync(Patience);
        Assert.False(_solution.Has("app/obj/vae/Debug/mnist.state"));
    }
}
