using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Vae.Artifacts;
using Vae.Tool.Output;
using Vae.Tool.Watching;
using Vae.Torch;

namespace Vae.Tool.Tests;

public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task A_training_keeps_a_progress_file_beside_its_output_until_it_ends()
    {
        string spec = workspace.Spec(Workspace.TinySpec.Replace("epochs: 3,", "epochs: 100000,", StringComparison.Ordinal));
        string file = workspace["models/tiny.progress.json"];
        using CancellationTokenSource stop = new();

        Task<Workspace.Outcome> training = Task.Run(() => Workspace.Vae(stop.Token, "train", spec, "-o", workspace["models/tiny"], "--checkpoint-every", "0"));
        TrainingStatus status = await Until(() => TrainingStatus.Read(file) is { Epoch: > 1 } seen ? seen : null);
        Workspace.Outcome once = Workspace.Vae("watch", workspace.Folder, "--once");
        await stop.CancelAsync();
        await training.WaitAsync(Patience);

        Assert.Equal(("tiny", workspace["models/tiny"], TrainingStage.Training, 100000), (status.Spec, status.Output, status.Stage, status.Of));
        Assert.Equal(Environment.ProcessId, status.Pid);
        Assert.True(status.Loss > 0 && status.Reconstruction > 0 && status.Left > 0 && status.Done < 1);
        Assert.Matches($"^tiny: epoch [0-9]+ of 100000, loss [0-9.]+, reconstruction [0-9.]+, kl [0-9.]+, [0-9:]+ left \\({Path.Combine("models", "tiny")}\\)$", Assert.Single(once.Lines));
        // Neither the file nor the folder that was made for it.
        Assert.False(Directory.Exists(workspace["models"]));
    }

    [Fact]
    public void A_training_that_ends_with_a_model_leaves_no_progress_file()
    {
        Assert.Equal(ExitCode.Success, Workspace.Vae("train", workspace.Spec(), "-o", workspace["models/tiny"]).Code);

        Assert.Equal([workspace["models/tiny"]], Directory.EnumerateFileSystemEntries(workspace["models"]));
    }

    [Fact]
    public async Task A_reader_never_sees_half_a_progress_file()
    {
        using ProgressFile file = new("tiny", workspace["tiny"]);
        using CancellationTokenSource stop = new();
        Task writing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                file.Finishes();
        });

        for (int read = 0; read < 500; read++)
            Assert.NotNull(TrainingStatus.Read(ProgressFile.PathFor(workspace["tiny"])));
        await stop.CancelAsync();
        await writing.WaitAsync(Patience);
    }

    [Fact]
    public void What_others_read_has_these_names()
    {
        using ProgressFile file = new("tiny", workspace["tiny"]);
        Report(file, epoch: 3, loss: double.PositiveInfinity, left: 1);
        file.Finishes();

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(ProgressFile.PathFor(workspace["tiny"])));
        Assert.Equal(
            ["spec", "output", "stage", "epoch", "of", "done", "loss", "reconstruction", "kl", "validation", "seconds", "left", "pid", "host", "started"],
            json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("finishing", json.RootElement.GetProperty("stage").GetString());
        Assert.Equal("Infinity", json.RootElement.GetProperty("loss").GetString());
    }

    [Fact]
    public async Task A_log_gets_a_line_for_each_tenth_of_every_training_and_for_its_end()
    {
        using CancellationTokenSource stop = new();
        using StringWriter output = new(CultureInfo.InvariantCulture);
        TextWriter shared = TextWriter.Synchronized(output);
        Task<int> watching = Task.Run(() => VaeCommand.Run(["watch", workspace.Folder], ToolConsole.Plain(shared, shared), stop.Token));
        await Said("watching ");

        ProgressFile first = new("first", workspace["a/first"]), second = new("second", workspace["b/second"]);
        await Said("first: preparing (");
        await Said("second: preparing (");
        Report(first, epoch: 5, loss: 12.5, left: 65);
        await Said($"first: epoch 5 of 10, loss 12.50, reconstruction 0.4000, kl 3.700, 1:05 left ({Path.Combine("a", "first")})");
        first.Finishes();
        await Said("first: writing its files (");

        Directory.CreateDirectory(workspace["a/first"]);
        await File.WriteAllTextAsync(workspace["a/first/" + ArtifactFolder.Manifest], "{}");
        await File.WriteAllTextAsync(workspace["a/first/" + ArtifactFolder.Metrics], """{"vae": 1, "final": {"test.kl": 4.44, "train.kl": 5}}""");
        first.Dispose();
        second.Dispose();
        await Said($"first: trained, test.kl 4.440 ({Path.Combine("a", "first")})");
        await Said($"second: ended without a result ({Path.Combine("b", "second")})");

        await stop.CancelAsync();
        Assert.Equal(ExitCode.Success, await watching.WaitAsync(Patience));
        Assert.Equal(6 + 1, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        Task<string> Said(string text) => Until(() =>
        {
            shared.Flush();
            string said;
            lock (shared)
                said = output.ToString();
            return said.Contains(text, StringComparison.Ordinal) ? said : null;
        });
    }

    [Fact]
    public void The_file_of_a_process_that_is_gone_is_no_training()
    {
        TrainingStatus killed = new() { Spec = "tiny", Output = workspace["tiny"], Pid = int.MaxValue - 1 };
        File.WriteAllText(ProgressFile.PathFor(workspace["tiny"]), killed.ToJson());
        Assert.Equal([$"nothing is being trained below {workspace.Folder}"], Workspace.Vae("watch", workspace.Folder, "--once").Lines);

        // Alive at the first look, and gone at the next.
        using ProgressFile file = new("other", workspace["other"]);
        TrainingWatcher watcher = new(workspace.Folder);
        Assert.Null(Assert.Single(watcher.Look()).End);
        File.WriteAllText(ProgressFile.PathFor(workspace["other"]), (killed with { Spec = "other", Output = workspace["other"] }).ToJson());
        Assert.Equal(TrainingEnd.Killed, Assert.Single(watcher.Look()).End);

        // The number is another process's now: it began after the file was written.
        using ProgressFile reused = new("reused", workspace["reused"]);
        File.SetLastWriteTimeUtc(ProgressFile.PathFor(workspace["reused"]), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Empty(new TrainingWatcher(workspace.Folder).Look());
    }

    [Fact]
    public void The_table_has_what_runs_first_and_what_ended_below()
    {
        TrainingStatus Status(string name) => new() { Spec = name, Output = "/" + name, Stage = TrainingStage.Training, Epoch = 5, Of = 10, Done = 0.5, Loss = 0.0625, Left = 3725 };
        WatchedTraining[] trainings =
        [
            new("[a]/ended", Status("ended"), TrainingEnd.Trained, new Dictionary<string, double>()),
            new("b/runs", Status("runs"), null, new Dictionary<string, double>()),
        ];
        using StringWriter output = new(CultureInfo.InvariantCulture);
        ToolConsole console = ToolConsole.Plain(output, output);
        console.Ansi.Profile.Width = 200;

        console.Ansi.Write(WatchView.TableOf(trainings));

        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Matches("^runs +━{5}╌{5} +5/10 +0.06250 .* 1:02:05 left +b/runs$", lines[1]);
        Assert.Matches(@"^ended +━{10} +5/10 .* trained +\[a\]/ended$", lines[2]);
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_error()
    {
        Workspace.Outcome outcome = Workspace.Vae("watch", workspace["nowhere"]);

        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.Contains("error VAE0050: ", outcome.Error, StringComparison.Ordinal);
    }

    private static void Report(ProgressFile file, int epoch, double loss, double left)
    {
        // The pause between two writes.
        Thread.Sleep(300);
        double fraction = epoch / 10.0;
        file.Before(new Relay(_ => { })).Report(new TrainingProgress
        {
            Epoch = epoch,
            Epochs = 10,
            Step = 1,
            Steps = 1,
            Loss = loss,
            Reconstruction = 0.4,
            Kl = 3.7,
            KlWeight = 1,
            LearningRate = 0.001,
            Seconds = left * fraction / (1 - fraction),
        });
    }

    private static async Task<T> Until<T>(Func<T?> look)
        where T : class
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            if (look() is { } found)
                return found;
            await Task.Delay(20, patience.Token);
        }
    }
}
