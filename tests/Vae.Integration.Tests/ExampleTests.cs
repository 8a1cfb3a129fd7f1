using System.Globalization;

namespace Vae.Integration.Tests;

/// <summary>The examples, in a folder of their own, with the real trainer.</summary>
public sealed class ExampleTests : IDisposable
{
    private readonly ThrowAwaySolution _solution = new(Repository.Trainer);

    public ExampleTests()
    {
        _solution.Write("Directory.Packages.props", $"""<Project><Import Project="{Repository.PathOf("Directory.Packages.props")}" /></Project>""");
        Copy("Mnist", [.. Directory.EnumerateFiles(Repository.PathOf("examples", "Mnist")).Select(path => Path.GetFileName(path))]);
    }

    public void Dispose() => _solution.Dispose();

    [Fact]
    public async Task A_build_trains_the_example_once_and_its_program_draws_digits()
    {
        string[] build = ["build", "Mnist", "-p:VaeVariant=quick"];
        (await _solution.RunAsync(build)).MustSucceed().MustSay("mnist-mlp: epoch 3 of 3, ");
        string program = Path.GetDirectoryName(Assert.Single(Directory.GetFiles(_solution.PathOf("Mnist/bin"), "Mnist.dll", SearchOption.AllDirectories)))!;
        foreach (string file in (string[])["decoder.onnx", "encoder.onnx", "model.safetensors", "metrics.json", "manifest.json", "spec.resolved.yaml", "loss.csv", "plots/loss.svg"])
            Assert.True(File.Exists(Path.Combine(program, "models", "mnist-mlp", file)), file);
        Assert.DoesNotContain(Directory.EnumerateFiles(program, "*", SearchOption.AllDirectories), path => path.Contains("torch", StringComparison.OrdinalIgnoreCase));

        (await _solution.RunAsync([.. build, "--no-restore"])).MustSucceed().MustSay("mnist-mlp is up to date");

        string picture = _solution.PathOf("digits.pgm");
        DotNetResult drawn = (await DotNet.RunAsync(program, ["exec", "Mnist.dll", "--seed", "3", "--count", "2", "--out", picture])).MustSucceed();
        Assert.Contains('█', drawn.Output);
        byte[] map = await File.ReadAllBytesAsync(picture);
        string header = "P5\n224 28\n255\n";
        Assert.Equal(header, System.Text.Encoding.ASCII.GetString(map, 0, header.Length));
        Assert.Equal(header.Length + (224 * 28), map.Length);
        Assert.Contains(map[header.Length..], value => value > 128);
    }

    /// <summary>The example's own project and specs on its first 900 rows and for one epoch: the whole training takes too long for a test.</summary>
    [Fact]
    public async Task A_build_finds_a_base_in_its_package_and_the_program_draws_a_window_in_the_datas_units()
    {
        Copy("Turbine", "Turbine.csproj", "Program.cs", "turbine.vae.yaml");
        Copy("SharedSpecs", "Acme.Vae.Specs.csproj", "gru-base.vae.yaml");
        _solution.Write("Turbine/data/turbine.csv", string.Join('\n', File.ReadLines(Repository.PathOf("examples", "Turbine", "data", "turbine.csv")).Take(901)) + "\n");
        string[] build = ["build", "Turbine", "-p:VaeSet=train.epochs=1"];

        (await _solution.RunAsync(build)).MustSucceed().MustSay("turbine: epoch 1 of 1, ");
        (await _solution.RunAsync([.. build, "--no-restore"])).MustSucceed().MustSay("turbine is up to date");
        _solution.Write("SharedSpecs/gru-base.vae.yaml", (await File.ReadAllTextAsync(_solution.PathOf("SharedSpecs/gru-base.vae.yaml"))).Replace("batch: 64", "batch: 32", StringComparison.Ordinal));
        (await _solution.RunAsync([.. build, "--no-restore"])).MustSucceed().MustSay("turbine: starting the trainer, because gru-base.vae.yaml changed");

        string program = Assert.Single(Directory.GetFiles(_solution.PathOf("Turbine/bin"), "Turbine.dll", SearchOption.AllDirectories));
        DotNetResult drawn = (await DotNet.RunAsync(Path.GetDirectoryName(program)!, ["exec", program, "--every", "12"])).MustSucceed();
        string[][] rows = [.. drawn.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        Assert.Equal(["time", "rpm", "temp", "vibration"], rows[0]);
        Assert.Equal(["00:00", "01:00", "02:00", "03:00", "04:00", "05:00", "06:00", "07:00"], rows[1..].Select(row => row[0]));
        // One epoch learns little more than the mean, which only the data's own units have: 3,000 turns and 60 degrees.
        Assert.All(rows[1..], row => Assert.InRange(double.Parse(row[1], CultureInfo.InvariantCulture), 1500, 3500));
        Assert.All(rows[1..], row => Assert.InRange(double.Parse(row[2], CultureInfo.InvariantCulture), 30, 90));
    }

    [Fact]
    public async Task A_mistake_in_the_example_is_a_build_error_at_its_line()
    {
        string spec = await File.ReadAllTextAsync(_solution.PathOf("Mnist/mnist-mlp.vae.yaml"));
        _solution.Write("Mnist/mnist-mlp.vae.yaml", spec.Replace("latent: 2", "latnet: 2", StringComparison.Ordinal));
        int line = spec.Split('\n').TakeWhile(text => !text.StartsWith("latent:", StringComparison.Ordinal)).Count() + 1;

        (await _solution.RunAsync(["build", "Mnist"])).MustFail().MustSay($"mnist-mlp.vae.yaml({line},1");
    }

    private void Copy(string example, params string[] files)
    {
        foreach (string file in files)
            _solution.Write(Path.Combine(example, file), File.ReadAllText(Repository.PathOf("examples", example, file)));
    }
}
