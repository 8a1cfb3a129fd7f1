namespace Vae.Integration.Tests;

/// <summary>The example of the README, in a folder of its own, with the real trainer.</summary>
public sealed class ExampleTests : IDisposable
{
    private readonly ThrowAwaySolution _solution = new(Repository.Trainer);

    public ExampleTests()
    {
        _solution.Write("Directory.Packages.props", $"""<Project><Import Project="{Repository.PathOf("Directory.Packages.props")}" /></Project>""");
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("examples", "Mnist")))
            _solution.Write(Path.Combine("Mnist", Path.GetFileName(file)), File.ReadAllText(file));
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

    [Fact]
    public async Task A_mistake_in_the_example_is_a_build_error_at_its_line()
    {
        string spec = await File.ReadAllTextAsync(_solution.PathOf("Mnist/mnist-mlp.vae.yaml"));
        _solution.Write("Mnist/mnist-mlp.vae.yaml", spec.Replace("latent: 2", "latnet: 2", StringComparison.Ordinal));
        int line = spec.Split('\n').TakeWhile(text => !text.StartsWith("latent:", StringComparison.Ordinal)).Count() + 1;

        (await _solution.RunAsync(["build", "Mnist"])).MustFail().MustSay($"mnist-mlp.vae.yaml({line},1");
    }
}
