namespace Vae.Integration.Tests;

/// <summary>Projects that have the package and nothing else, as a new user makes them.</summary>
public sealed class NewProjectTests
{
    [Fact]
    public async Task A_new_console_project_with_the_package_trains_and_has_the_model_beside_its_program()
    {
        using ThrowAwaySolution solution = await ThrowAwaySolution.OfNewUserAsync();
        (await solution.RunInAsync("", "new", "console", "-o", "digits", "--no-restore")).MustSucceed();
        (await solution.RunInAsync("digits", "add", "package", "Vae.MsBuild", "--prerelease")).MustSucceed();
        solution.Write("digits/tiny.vae.yaml", """
            vae: 1
            data: {dataset: mnist, shape: [784], limit: 200}
            encoder:
              - linear: {out: 16, act: relu}
            latent: 2
            decoder:
              - linear: {out: auto, act: sigmoid}
            loss: {reconstruction: {mse: {reduce: mean}}, kl: 0.001}
            train: {epochs: 2, batch: 50, lr: 2e-3, seed: 42}
            """);
        solution.Write("digits/Program.cs", """
            using digits.Models;

            using Tiny model = Tiny.Load();
            Console.WriteLine($"{Tiny.LatentSize} numbers -> {model.Decode(0.5f, -1).Length}; {model.Reconstruct(model.Sample(3, seed: 7)).Length}");
            """);

        // What the sources and fallback folders of the project's own configuration have is found, though no other place has it.
        (await solution.RunAsync(["build", "digits"])).MustSucceed()
            .MustSay("tiny: restoring libtorch-cpu-").MustSay("tiny: epoch 2 of 2, ");
        (await solution.RunAsync(["build", "digits", "--no-restore"])).MustSucceed().MustSay("tiny is up to date");
        (await DotNet.RunAsync(Path.GetTempPath(), ["exec", solution.PathOf("digits/bin/Debug/net10.0/digits.dll")])).MustSucceed().MustSay("2 numbers -> 784; 2352");

        foreach (string file in (string[])["decoder.onnx", "encoder.onnx", "model.safetensors", "report.html"])
            Assert.True(solution.Has($"digits/bin/Debug/net10.0/models/tiny/{file}"), file);
        // Nothing of the trainer, and no native library of it.
        Assert.DoesNotContain(
            Directory.EnumerateFiles(solution.PathOf("digits/bin"), "*", SearchOption.AllDirectories),
            path => path.Contains("torch", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(path) is "vae.dll" or "Vae.Dsl.dll");
    }

    [Fact]
    public async Task Projects_in_FSharp_and_Visual_Basic_train_too()
    {
        using ThrowAwaySolution solution = await ThrowAwaySolution.WithPackagesAsync();
        solution.Write("fs/fs.fsproj", Console(solution, """<Compile Include="Program.fs" />"""));
        solution.Write("fs/Program.fs", "printfn \"%b\" (System.IO.File.Exists(System.IO.Path.Combine(System.AppContext.BaseDirectory, \"models/mnist/decoder.onnx\")))\n");
        solution.Write("fs/mnist.vae.yaml", "vae: 1\n");
        solution.Write("vb/vb.vbproj", Console(solution, ""));
        solution.Write("vb/Program.vb", "Module Program\nSub Main()\nSystem.Console.WriteLine(System.IO.File.Exists(System.IO.Path.Combine(System.AppContext.BaseDirectory, \"models/mnist/decoder.onnx\")))\nEnd Sub\nEnd Module\n");
        solution.Write("vb/mnist.vae.yaml", "vae: 1\n");
        solution.Write("all.slnx", """<Solution><Project Path="fs/fs.fsproj" /><Project Path="vb/vb.vbproj" /></Solution>""");

        (await solution.RunAsync(["build", "all.slnx"])).MustSucceed();
        foreach (string language in (string[])["fs", "vb"])
        {
            Assert.Single(solution.Trainings(project: language));
            string program = solution.PathOf($"{language}/bin/Debug/net10.0/{language}.dll");
            (await DotNet.RunAsync(Path.GetTempPath(), ["exec", program])).MustSucceed().MustSay(language == "fs" ? "true" : "True");
        }
    }

    private static string Console(ThrowAwaySolution solution, string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          <ItemGroup>{items}{solution.Package}</ItemGroup>
        </Project>
        """;
}
