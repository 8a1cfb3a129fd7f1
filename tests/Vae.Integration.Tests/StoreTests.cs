using System.Globalization;

namespace Vae.Integration.Tests;

/// <summary>The store and the lock file in real builds, with the real trainer on a table that it learns in a blink.</summary>
public sealed class StoreTests : IDisposable
{
    private const string Spec = """
        vae: 1
        name: table
        data: {source: csv, path: table.csv, columns: [a, b, c], scale: standard, test: 8}
        encoder:
          - linear: {out: 4, act: relu}
        latent: 2
        decoder:
          - linear: {out: 4, act: relu}
          - linear: auto
        loss: {reconstruction: mse, kl: 0.1}
        train: {epochs: 2, batch: 8, optimizer: adam, lr: 1e-2, threads: 1}
        artifacts: {plots: [loss]}

        """;

    private readonly ThrowAwaySolution _solution = new(Repository.Trainer, withClasses: false);

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task A_fresh_clone_takes_the_model_from_the_store_and_a_locked_build_never_trains()
    {
        WriteSpec("app");
        DotNetResult first = (await _solution.BuildAsync("-v:detailed")).MustSucceed().MustSay("table: training, because there is no earlier result");
        Assert.Contains("VAE: [input] table.csv=", first.Output, StringComparison.Ordinal);
        Assert.Contains("VAE: [fingerprint] ", first.Output, StringComparison.Ordinal);
        Assert.Contains("VAE: [output] decoder.onnx=", first.Output, StringComparison.Ordinal);
        Assert.True(_solution.Has("app/table.vae.lock"));
        string lockFile = await File.ReadAllTextAsync(_solution.PathOf("app/table.vae.lock"));

        // A checkout has the sources and the lock file, and new times.
        Clean();
        File.SetLastWriteTimeUtc(_solution.PathOf("app/table.vae.yaml"), DateTime.UtcNow);
        (await _solution.BuildAsync("-p:VaeMode=Locked")).MustSucceed().MustSay("table was trained before and is taken from the store " + _solution.PathOf("store"));
        Assert.True(_solution.Has("app/bin/Debug/net10.0/models/table/decoder.onnx"));
        (await _solution.BuildAsync("--no-restore", "-p:VaeMode=Locked", "-question")).MustSucceed();

        WriteSpec("app", epochs: 3);
        (await _solution.BuildAsync("--no-restore", "-p:VaeMode=Locked")).MustFail()
            .MustSay($"{_solution.PathOf("app/table.vae.yaml")}(1,1): error VAE6001: ").MustSay("train.epochs is 3, it was 2");
        (await _solution.BuildAsync("--no-restore", "-question")).MustFail();
        Assert.Equal(lockFile, await File.ReadAllTextAsync(_solution.PathOf("app/table.vae.lock")));

        // Back to what was locked: neither the times nor the changed and changed back text train anything.
        WriteSpec("app");
        (await _solution.BuildAsync("--no-restore")).MustSucceed().MustSay("table is up to date");
        (await _solution.RunAsync(["msbuild", "app", "-t:CleanVaeCache"])).MustSucceed().MustSay("removed 1 of 1 models");
        Clean();
        (await _solution.BuildAsync("-p:VaeMode=Locked")).MustFail().MustSay("error VAE6002: ");
    }

    [Fact]
    public async Task Two_builds_at_once_of_the_same_spec_train_once()
    {
        WriteSpec("shared");
        foreach (string name in (string[])["one", "two"])
            _solution.Write($"{name}/{name}.csproj", ThrowAwaySolution.Project("""<VaeSpec Include="../shared/table.vae.yaml" />"""));
        (await _solution.RunAsync(["restore", "one"])).MustSucceed();
        (await _solution.RunAsync(["restore", "two"])).MustSucceed();

        DotNetResult[] both = await Task.WhenAll(_solution.RunAsync(["build", "one", "--no-restore"]), _solution.RunAsync(["build", "two", "--no-restore"]));

        Assert.All(both, result => result.MustSucceed());
        Assert.Single(both, result => result.Output.Contains("table: trained in ", StringComparison.Ordinal));
        Assert.Single(both, result => result.Output.Contains("table was trained before and is taken from the store", StringComparison.Ordinal));
        Assert.True(_solution.Has("one/bin/Debug/net10.0/models/table/decoder.onnx"));
        Assert.True(_solution.Has("two/bin/Debug/net10.0/models/table/decoder.onnx"));
    }

    [Fact]
    public async Task Names_and_folders_may_have_any_characters_and_two_specs_one_name()
    {
        const string folder = "app/sp @ce; 50% ünï (1)";
        WriteSpec(folder);
        WriteSpec("app/other", epochs: 1);
        _solution.Write("app/other/a;b %41 @.vae.yaml", Spec.Replace("name: table", "name: odd", StringComparison.Ordinal));
        _solution.Write("app/app.csproj", ThrowAwaySolution.Project("""<VaeSpec Update="other/table.vae.yaml" Name="other table" />"""));
        (await _solution.BuildAsync()).MustSucceed();

        foreach (string model in (string[])["table", "other table", "a;b %41 @"])
        {
            Assert.True(_solution.Has($"app/obj/vae/Debug/{model}/decoder.onnx"), model);
            Assert.True(_solution.Has($"app/bin/Debug/net10.0/models/{model}/decoder.onnx"), model);
        }

        Assert.True(_solution.Has(folder + "/table.vae.lock"));
        Assert.True(_solution.Has("app/other/table.vae.lock"));
        Assert.True(_solution.Has("app/other/a;b %41 @.vae.lock"));
        (await _solution.BuildAsync("--no-restore", "-question")).MustSucceed();
        (await _solution.RunAsync(["msbuild", "app", "-t:CleanVaeCache"])).MustSucceed().MustSay("removed 3 of 3 models");
    }

    private void Clean()
    {
        foreach (string folder in (string[])["app/bin", "app/obj"])
            Directory.Delete(_solution.PathOf(folder), recursive: true);
    }

    private void WriteSpec(string folder, int epochs = 2)
    {
        _solution.Write(folder + "/table.vae.yaml", Spec.Replace("epochs: 2", string.Create(CultureInfo.InvariantCulture, $"epochs: {epochs}"), StringComparison.Ordinal));
        _solution.Write(folder + "/table.csv", string.Concat(Enumerable.Range(0, 40).Select(row => string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(row):F4},{Math.Cos(0.7 * row):F4},{row % 7}\n")).Prepend("a,b,c\n")));
    }
}
