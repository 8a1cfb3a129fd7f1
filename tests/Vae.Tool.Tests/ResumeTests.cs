using System.Text.Json;

namespace Vae.Tool.Tests;

public sealed class ResumeTests : IDisposable
{
    private static readonly string Spec = Workspace.TinySpec
        .Replace("epochs: 3,", "epochs: 400,", StringComparison.Ordinal)
        .Replace("optimizer: adam, lr: 1e-2", "optimizer: {rmsprop: {centered: true, momentum: 0.5}}, lr: 1e-3, ema: 0.9", StringComparison.Ordinal);

    private readonly Workspace workspace = new();

    private string Checkpoint => workspace["out.checkpoint"];

    [Fact]
    public void A_cancelled_training_goes_on_to_the_same_files_and_its_checkpoint_is_removed()
    {
        string path = workspace.Spec(Spec);
        Assert.Equal(ExitCode.Success, Workspace.Vae("train", path, "-o", workspace["whole"]).Code);

        Workspace.Outcome cancelled = CancelAfter("epoch 100/400", path);
        Assert.Equal(ExitCode.Cancelled, cancelled.Code);
        Assert.Matches(@"^epoch \d+ is kept in .*out\.checkpoint; '--resume' goes on from there\nvae: cancelled; no result was written\n$", cancelled.Error.ReplaceLineEndings("\n"));
        Assert.Equal([Checkpoint], Directory.GetFiles(workspace.Folder, "*.checkpoint*"));
        Assert.False(Directory.Exists(workspace["out"]));

        Workspace.Outcome resumed = Workspace.Vae("train", path, "-o", workspace["out"], "--resume");
        Assert.Equal("", resumed.Error);
        Assert.Matches(@"^resuming after epoch \d+ from .*out\.checkpoint$", resumed.Lines[0]);
        Assert.DoesNotContain(resumed.Lines, line => line.StartsWith("epoch 1/400", StringComparison.Ordinal));
        Assert.False(File.Exists(Checkpoint));
        foreach (string file in (string[])["model.safetensors", "loss.csv", "metrics.json", "manifest.json"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(workspace["whole"], file)), File.ReadAllBytes(Path.Combine(workspace["out"], file)));
        string[] Epochs(string folder) => [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "run.json"))).RootElement.GetProperty("epochSeconds").EnumerateArray().Select(e => e.GetRawText())];
        Assert.Equal(400, Epochs(workspace["out"]).Length);
    }

    [Fact]
    public void Without_a_checkpoint_resuming_starts_at_the_beginning_and_says_so()
    {
        Workspace.Outcome outcome = Workspace.Vae("train", workspace.Spec(), "-o", workspace["out"], "--resume");
        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Equal($"there is no checkpoint at {Checkpoint}: starting at the beginning", outcome.Lines[0]);
        Assert.Contains(outcome.Lines, line => line.StartsWith("epoch 1/3", StringComparison.Ordinal));
        Assert.False(File.Exists(Checkpoint));
    }

    [Fact]
    public void Resuming_is_an_event_too()
    {
        string path = workspace.Spec(Spec);
        CancelAfter("epoch 100/400", path);
        Workspace.Outcome outcome = Workspace.Vae("train", path, "-o", workspace["out"], "--resume", "--json");
        JsonElement resume = outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement).Single(e => e.GetProperty("event").GetString() == "resume");
        Assert.Equal(Checkpoint, resume.GetProperty("checkpoint").GetString());
        Assert.InRange(resume.GetProperty("epoch").GetInt32(), 99, 399);
    }

    [Fact]
    public void A_checkpoint_is_passed_over_unless_it_is_asked_for_and_removed_in_the_end()
    {
        string path = workspace.Spec(Spec);
        CancelAfter("epoch 100/400", path);
        Workspace.Outcome outcome = Workspace.Vae("train", path, "-o", workspace["out"]);
        Assert.Equal($"starting at the beginning; '--resume' would go on from {Checkpoint}", outcome.Lines[0]);
        Assert.Contains(outcome.Lines, line => line.StartsWith("epoch 1/400", StringComparison.Ordinal));
        Assert.False(File.Exists(Checkpoint));
    }

    [Fact]
    public void Another_spec_threads_or_data_are_refused_by_name_and_the_checkpoint_stays()
    {
        string path = workspace.Spec(Spec.Replace(", threads: 1", "", StringComparison.Ordinal));
        CancelAfter("epoch 100/400", path, "--threads", "1");
        byte[] before = File.ReadAllBytes(Checkpoint);

        Refused("the spec has 'lr: 0.002' where 'lr: 0.001' was", "--threads", "1", "--set", "train.lr=2e-3");
        Refused("threads was 1 and is 2", "--threads", "2");
        byte[] images = File.ReadAllBytes(workspace["images-idx3-ubyte"]);
        images[^1]++;
        File.WriteAllBytes(workspace["images-idx3-ubyte"], images);
        Refused("the data file 'images-idx3-ubyte' has other content", "--threads", "1");
        Assert.Equal(before, File.ReadAllBytes(Checkpoint));

        void Refused(string what, params string[] options)
        {
            Workspace.Outcome outcome = Workspace.Vae(["train", path, "-o", workspace["out"], "--resume", .. options]);
            Assert.Equal(ExitCode.Failure, outcome.Code);
            Assert.StartsWith($"{Checkpoint}: error VAE4020: ", outcome.Error, StringComparison.Ordinal);
            Assert.Contains(what, outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_checkpoint_that_was_cut_off_or_altered_is_refused()
    {
        string path = workspace.Spec(Spec);
        CancelAfter("epoch 100/400", path);
        byte[] whole = File.ReadAllBytes(Checkpoint);
        byte[] altered = [.. whole];
        altered[whole.Length / 2] ^= 1;

        foreach (byte[] content in new[] { whole[..^1], whole[..(whole.Length / 2)], [], altered })
        {
            File.WriteAllBytes(Checkpoint, content);
            Workspace.Outcome outcome = Workspace.Vae("train", path, "-o", workspace["out"], "--resume");
            Assert.Equal(ExitCode.Failure, outcome.Code);
            Assert.StartsWith($"{Checkpoint}: error VAE4021: ", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_epoch_may_be_kept_or_none()
    {
        string path = workspace.Spec(Spec);
        Assert.Contains("epoch ", CancelAfter("epoch 100/400", path, "--checkpoint-every", "1").Error, StringComparison.Ordinal);
        File.Delete(Checkpoint);

        Assert.Equal("vae: cancelled; no result was written\n", CancelAfter("epoch 100/400", path, "--checkpoint-every", "0").Error.ReplaceLineEndings("\n"));
        Assert.False(File.Exists(Checkpoint));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_a_warning_and_the_training_goes_on()
    {
        string path = workspace.Spec();
        Directory.CreateDirectory(Checkpoint);
        Workspace.Outcome outcome = Workspace.Vae("train", path, "-o", workspace["out"], "--checkpoint-every", "1");
        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.StartsWith($"{Checkpoint}: warning VAE4022: ", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(File.Exists(Path.Combine(workspace["out"], "model.safetensors")));
    }

    public void Dispose() => workspace.Dispose();

    /// <summary>Trains into <c>out</c> and cancels once a line of the output begins so.</summary>
    private Workspace.Outcome CancelAfter(string line, string path, params string[] options)
    {
        using CancellationTokenSource source = new();
        using CancellingWriter output = new(line, source);
        using StringWriter error = new();
        int code = VaeCommand.Run(["train", path, "-o", workspace["out"], .. options], ToolConsole.Plain(output, error), source.Token);
        return new Workspace.Outcome(code, output.ToString(), error.ToString());
    }

    private sealed class CancellingWriter(string line, CancellationTokenSource source) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(line, StringComparison.Ordinal) == true)
                source.Cancel();
        }
    }
}
