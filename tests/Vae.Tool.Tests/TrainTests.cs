using System.Text.Json;
using Vae.Torch.Native;

namespace Vae.Tool.Tests;

public sealed class TrainTests : IDisposable
{
    private readonly Workspace workspace = new();

    [Fact]
    public void Training_leaves_the_whole_folder()
    {
        string path = workspace.Spec(Workspace.TinySpec.Replace("[loss]", "[loss, reconstructions, samples, latent-scatter, manifold: {grid: 4}]", StringComparison.Ordinal));

        Workspace.Outcome outcome = Workspace.Vae("train", path, "--output", workspace["out"]);

        Assert.Equal("", outcome.Error);
        Assert.Equal(ExitCode.Success, outcome.Code);
        string[] expected =
        [
            "architecture.txt", "decoder.onnx", "encoder.onnx", "health.csv", "loss.csv", "manifest.json", "metrics.json", "model.py", "model.safetensors",
            "plots/latent-scatter.png", "plots/latent-scatter.svg", "plots/loss.png", "plots/loss.svg", "plots/manifold.png", "plots/manifold.svg",
            "plots/reconstructions.png", "plots/reconstructions.svg", "plots/samples.png", "plots/samples.svg",
            "report.html", "run.json", "spec.resolved.yaml",
        ];
        Assert.Equal(expected, FilesUnder(workspace["out"]));
        Assert.Equal(4, File.ReadAllLines(Path.Combine(workspace["out"], "loss.csv")).Length);
    }

    [Fact]
    public void The_backend_cuda_without_a_graphics_card_is_an_error_and_nothing_is_trained_instead()
    {
        bool cuda = TorchRuntime.EnsureLoaded().CudaAvailable;

        Workspace.Outcome outcome = Workspace.Vae("train", workspace.Spec(), "--output", workspace["out"], "--backend", "cuda");

        Assert.Equal(cuda ? ExitCode.Success : ExitCode.Failure, outcome.Code);
        Assert.Equal(!cuda, outcome.Error.Contains("tiny.vae.yaml(1,1): error VAE0025: the backend cuda was asked for, but the libtorch in '", StringComparison.Ordinal));
        Assert.Equal(cuda, Directory.Exists(workspace["out"]));

        Assert.Contains(Workspace.Vae("train", workspace.Spec(), "--output", workspace["out"], "--backend", "cpu").Lines, line => line.Contains(" on cpu, ", StringComparison.Ordinal));
    }

    [Fact]
    public void Plain_output_has_a_line_an_epoch_and_the_metrics()
    {
        Workspace.Outcome outcome = Workspace.Vae("train", workspace.Spec(), "--output", workspace["out"]);

        Assert.Contains("tiny: 1,320 parameters, 3 epochs on cpu, 1 thread", outcome.Lines);
        Assert.Equal(3, outcome.Lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        Assert.Contains(outcome.Lines, line => line.StartsWith("test.reconstruction ", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', outcome.Out);
    }

    [Fact]
    public void Json_output_is_one_event_a_line()
    {
        Workspace.Outcome outcome = Workspace.Vae("train", workspace.Spec(), "--output", workspace["out"], "--json");

        JsonElement[] events = [.. outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["inputs", "start", "epoch", "epoch", "epoch", "done", "outputs"], events.Select(e => e.GetProperty("event").GetString()));
        Assert.Equal(1320, events[1].GetProperty("parameters").GetInt64());
        Assert.Equal([1, 2, 3], events[2..5].Select(e => e.GetProperty("epoch").GetInt32()));
        Assert.All(events[2..5], e => Assert.Equal(
            e.GetProperty("loss").GetDouble(),
            e.GetProperty("reconstruction").GetDouble() + (0.5 * e.GetProperty("kl").GetDouble()),
            tolerance: 1e-3));
        Assert.Equal(
            [workspace["tiny.vae.yaml"], workspace["images-idx3-ubyte"], workspace["labels-idx1-ubyte"]],
            events[0].GetProperty("inputs").EnumerateArray().Select(path => path.GetString()));
        Assert.True(events[5].GetProperty("metrics").GetProperty("test.loss").GetDouble() > 0);
    }

    [Fact]
    public void A_response_file_holds_one_argument_a_line()
    {
        string spec = workspace.Spec(name: "tiny spec's.vae.yaml");
        File.WriteAllLines(workspace["a.rsp"], ["train", spec, "--output", workspace["out put"], "--variant", "short"]);

        Workspace.Outcome outcome = Workspace.Vae("@" + workspace["a.rsp"]);

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.True(File.Exists(Path.Combine(workspace["out put"], "manifest.json")));
    }

    [Fact]
    public void A_response_file_that_is_missing_is_wrong_usage()
    {
        Workspace.Outcome outcome = Workspace.Vae("@" + workspace["none.rsp"]);

        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.Contains("none.rsp' cannot be read", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_are_events_too()
    {
        string path = workspace.Spec(Workspace.TinySpec.Replace("latent: 2", "latnet: 2", StringComparison.Ordinal));

        Workspace.Outcome outcome = Workspace.Vae("train", path, "--output", workspace["out"], "--json");

        Assert.Equal(ExitCode.Failure, outcome.Code);
        JsonElement first = JsonDocument.Parse(outcome.Lines[0]).RootElement;
        Assert.Equal("diagnostic", first.GetProperty("event").GetString());
        Assert.Equal("VAE1201", first.GetProperty("code").GetString());
        Assert.Equal(path, first.GetProperty("file").GetString());
        Assert.Equal(6, first.GetProperty("line").GetInt32());
        Assert.False(Directory.Exists(workspace["out"]));
    }

    [Fact]
    public void The_same_inputs_train_once_and_other_inputs_again()
    {
        string path = workspace.Spec(), output = workspace["out"];
        Workspace.Vae("train", path, "--output", output, "--if-changed");
        byte[] before = File.ReadAllBytes(Path.Combine(output, "run.json"));

        Workspace.Outcome second = Workspace.Vae("train", path, "--output", output, "--if-changed");
        Assert.Equal($"tiny is up to date: {output}", Assert.Single(second.Lines));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(output, "run.json")));

        Workspace.Outcome third = Workspace.Vae("train", path, "--output", output, "--if-changed", "--set", "train.seed=8");
        Assert.Contains(third.Lines, line => line.StartsWith("epoch 3/3", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_trainings_of_the_same_spec_leave_the_same_files()
    {
        string path = workspace.Spec();
        Workspace.Vae("train", path, "--output", workspace["a"]);
        Workspace.Vae("train", path, "--output", workspace["b"]);

        foreach (string file in FilesUnder(workspace["a"]).Where(file => file != "run.json"))
            Assert.Equal(File.ReadAllBytes(Path.Combine(workspace["a"], file)), File.ReadAllBytes(Path.Combine(workspace["b"], file)));
    }

    [Fact]
    public void A_cancel_file_stops_the_training_and_nothing_is_left()
    {
        File.WriteAllText(workspace["stop"], "");

        Workspace.Outcome outcome = Workspace.Vae("train", workspace.Spec(), "--output", workspace["out"], "--set", "train.epochs=1000000", "--cancel-file", workspace["stop"]);

        Assert.Equal(ExitCode.Cancelled, outcome.Code);
        Assert.Empty(Directory.GetDirectories(workspace.Folder));
    }

    [Fact]
    public void Cancelling_leaves_an_earlier_result_as_it_was()
    {
        string path = workspace.Spec(), output = workspace["out"];
        Workspace.Vae("train", path, "--output", output);
        byte[] before = File.ReadAllBytes(Path.Combine(output, "manifest.json"));
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Workspace.Outcome outcome = Workspace.Vae(cancelled.Token, "train", path, "--output", output, "--set", "train.epochs=1000000");

        Assert.Equal(ExitCode.Cancelled, outcome.Code);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(output, "manifest.json")));
        Assert.Equal([output], Directory.GetDirectories(workspace.Folder));
    }

    [Fact]
    public async Task A_worker_that_starts_itself_anew_keeps_its_arguments()
    {
        string path = workspace["no such – spec.vae.yaml"];

        (int code, string _, string error) = await ToolProcess.Run(["train", path]);

        Assert.Equal(ExitCode.Failure, code);
        Assert.StartsWith(path + ": error VAE", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_check_fails_the_run_but_keeps_the_files()
    {
        string path = workspace.Spec(Workspace.TinySpec.Replace("{max: 1000}", "{max: 0.001}", StringComparison.Ordinal));

        Workspace.Outcome outcome = Workspace.Vae("train", path, "--output", workspace["out"]);

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Contains("error VAE5", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("test.reconstruction", outcome.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(workspace["out"], "model.safetensors")));
    }

    [Fact]
    public void A_run_that_is_changed_from_outside_is_not_bound_by_the_checks_unless_it_brings_its_own()
    {
        string path = workspace.Spec(Workspace.TinySpec.Replace("{max: 1000}", "{max: 0.01}", StringComparison.Ordinal));

        Assert.Equal(ExitCode.Success, Workspace.Vae("train", path, "--output", workspace["out"], "--variant", "short").Code);
        Assert.Equal(ExitCode.Failure, Workspace.Vae("train", path, "--output", workspace["out"], "--variant", "strict").Code);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_the_training()
    {
        string path = workspace.Spec();
        File.WriteAllText(workspace["file"], "");

        foreach (string output in new[] { workspace.Folder, workspace["file"], workspace["file/out"] })
        {
            Workspace.Outcome outcome = Workspace.Vae("train", path, "--output", output, "--set", "train.epochs=1000000");
            Assert.Equal(ExitCode.Failure, outcome.Code);
            Assert.StartsWith($"{output}: error VAE5104: ", outcome.Error, StringComparison.Ordinal);
            Assert.Empty(outcome.Out);
        }

        Assert.Empty(Directory.GetDirectories(workspace.Folder));
    }

    [Fact]
    public void A_fault_of_the_data_is_reported_in_the_canonical_form()
    {
        string path = workspace.Spec();
        File.WriteAllBytes(workspace["images-idx3-ubyte"], [0, 0, 8, 3, 0, 0]);

        Workspace.Outcome outcome = Workspace.Vae("train", path, "--output", workspace["out"]);

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Matches(@"images-idx3-ubyte.*: error VAE3\d\d\d: ", outcome.Error.Replace("\n", " ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_loss_that_is_not_a_number_is_reported_at_the_spec()
    {
        string path = workspace.Spec();

        Workspace.Outcome outcome = Workspace.Vae("train", path, "--output", workspace["out"], "--set", "train.lr=1e30");

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Contains("error VAE4001", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace["out"]));
    }

    public void Dispose() => workspace.Dispose();

    private static string[] FilesUnder(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}
