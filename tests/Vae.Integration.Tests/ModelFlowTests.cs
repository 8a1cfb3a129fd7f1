namespace Vae.Integration.Tests;

public sealed class ModelFlowTests : IDisposable
{
    private readonly ThrowAwaySolution _solution = new();

    public ModelFlowTests() => _solution.Write("app/mnist.vae.yaml", "vae: 1\n");

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task A_published_program_has_what_it_reads_and_no_pictures()
    {
        (await _solution.RunAsync(["publish", "app", "-o", _solution.PathOf("out")])).MustSucceed();
        Assert.Equal(
            ["decoder.onnx", "encoder.onnx", "manifest.json", "metrics.json", "model.safetensors", "spec.resolved.yaml"],
            Directory.EnumerateFiles(_solution.PathOf("out/models/mnist"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        _solution.Write("app/mnist.vae.yaml", "vae: 1\nlatent: 3\n");
        (await _solution.RunAsync(["publish", "app", "--no-build", "-o", _solution.PathOf("out2")])).MustSucceed();
        Assert.True(_solution.Has("out2/models/mnist/decoder.onnx"));
        Assert.Single(_solution.Trainings(configuration: "Release"));
    }

    [Fact]
    public async Task A_referencing_project_gets_the_models_and_trains_nothing_itself()
    {
        _solution.Write("user/user.csproj", ThrowAwaySolution.Project("""<ProjectReference Include="../app/app.csproj" />"""));
        (await _solution.RunAsync(["build", "user"])).MustSucceed();
        Assert.True(_solution.Has("user/bin/Debug/net10.0/models/mnist/decoder.onnx"));
        Assert.Single(_solution.Trainings());

        // Without its references being built, what they have is still copied, and nothing is trained.
        _solution.Write("app/mnist.vae.yaml", "vae: 1\nlatent: 3\n");
        Directory.Delete(_solution.PathOf("user/bin"), recursive: true);
        (await _solution.RunAsync(["build", "user", "--no-restore", "--no-dependencies"])).MustSucceed();
        Assert.True(_solution.Has("user/bin/Debug/net10.0/models/mnist/decoder.onnx"));
        Assert.Single(_solution.Trainings());
    }

    [Fact]
    public async Task A_design_time_build_trains_nothing_and_a_target_by_name_trains()
    {
        (await _solution.RunAsync(["restore", "app"])).MustSucceed();
        (await _solution.RunAsync(["msbuild", "app", "-t:AssignTargetPaths;Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true"])).MustSucceed();
        Assert.Empty(_solution.Trainings());

        (await _solution.RunAsync(["msbuild", "app", "-t:TrainVae"])).MustSucceed();
        Assert.Single(_solution.Trainings());
    }
}
