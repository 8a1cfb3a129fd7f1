using System.Globalization;
using Vae.Artifacts;
using Vae.Artifacts.Store;

namespace Vae.Tool.Tests;

/// <summary>The store and the lock file through the command line.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly Workspace workspace = new();
    private readonly ModelStore store;

    public StoreTests()
    {
        store = new ModelStore(workspace["a store"]);
        workspace.Spec();
    }

    private string Spec => workspace["tiny.vae.yaml"];

    private string LockFile => workspace["tiny.vae.lock"];

    private string Model => workspace["out"];

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void What_was_trained_once_is_taken_from_the_store_wherever_it_is_asked_for()
    {
        Trained(Train());
        string weights = Convert.ToHexString(File.ReadAllBytes(Path.Combine(Model, "model.safetensors")));

        // A fresh clone: the same files elsewhere, with other times, and no output.
        Directory.CreateDirectory(workspace["clone"]);
        foreach (string file in (string[])["tiny.vae.yaml", "images-idx3-ubyte", "labels-idx1-ubyte"])
            File.WriteAllBytes(Path.Combine(workspace["clone"], file), File.ReadAllBytes(workspace[file]));
        Workspace.Outcome taken = Workspace.Vae("train", Path.Combine(workspace["clone"], "tiny.vae.yaml"), "-o", workspace["other"], "--store", store.Folder);

        Assert.Equal("", taken.Error);
        Assert.Equal($"tiny was trained before and is taken from {store.Folder} -> {workspace["other"]}", Assert.Single(taken.Lines));
        Assert.Equal(weights, Convert.ToHexString(File.ReadAllBytes(Path.Combine(workspace["other"], "model.safetensors"))));
        Assert.Equal("tiny is up to date: " + Model, Assert.Single(Train().Lines));
    }

    [Fact]
    public void Going_back_to_an_earlier_spec_trains_nothing()
    {
        Trained(Train());
        string first = FingerprintOf(Model);
        Trained(Train("--set", "train.seed=8"), "train.seed is 8, it was 7");

        Assert.Contains("is taken from", Train().Out, StringComparison.Ordinal);
        Assert.Equal(first, FingerprintOf(Model));
    }

    [Fact]
    public void A_broken_entry_is_dropped_with_a_message_and_made_again()
    {
        Trained(Train());
        string weights = Directory.GetFiles(store.Folder, "model.safetensors", SearchOption.AllDirectories).Single();
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^7]);
        Directory.Delete(Model, recursive: true);

        Workspace.Outcome outcome = Train();

        Assert.Contains("is broken and was dropped: model.safetensors has ", outcome.Out, StringComparison.Ordinal);
        Trained(outcome, "there is no earlier result");
        Assert.Equal(StoreStatus.Found, store.Find(FingerprintOf(Model)).Status);
    }

    [Fact]
    public void An_output_that_was_altered_is_replaced_from_the_store()
    {
        Trained(Train());
        File.AppendAllText(Path.Combine(Model, "loss.csv"), "9,9,9\n");

        Assert.Contains("is taken from", Train().Out, StringComparison.Ordinal);
        Assert.NotNull(ArtifactFolder.VerifiedInputsOf(Model));

        File.AppendAllText(Path.Combine(Model, "loss.csv"), "9,9,9\n");
        Trained(Workspace.Vae("train", Spec, "-o", Model, "--if-changed"), "a file of the earlier result is missing or altered");
    }

    [Theory]
    [InlineData("spec", "latent.dim is 3, it was 2")]
    [InlineData("parameter", "loss.kl.weight is 0.25, it was 0.5")]
    [InlineData("variant", "train.epochs is 1, it was 3")]
    [InlineData("data", "images-idx3-ubyte has other content")]
    [InlineData("dependency", "notes.txt has other content")]
    [InlineData("removed", "notes.txt is no longer an input")]
    [InlineData("added", "more.txt is a new input")]
    public void Every_input_that_changes_is_a_reason_and_is_named(string what, string reason)
    {
        File.WriteAllText(workspace["notes.txt"], "1");
        File.WriteAllText(workspace["more.txt"], "2");
        string text = Workspace.TinySpec.Replace("kl: 0.5", "kl: $(beta)", StringComparison.Ordinal) + "params: {beta: 0.5}\n";
        workspace.Spec(text);
        string[] notes = ["--depends-on", workspace["notes.txt"]];
        Trained(Train(notes));

        switch (what)
        {
            case "spec":
                workspace.Spec(text.Replace("latent: 2", "latent: 3", StringComparison.Ordinal));
                break;
            case "data":
                byte[] images = File.ReadAllBytes(workspace["images-idx3-ubyte"]);
                images[^1] ^= 1;
                File.WriteAllBytes(workspace["images-idx3-ubyte"], images);
                break;
            case "dependency":
                File.WriteAllText(workspace["notes.txt"], "3");
                break;
        }

        string[] options = what switch
        {
            "parameter" => [.. notes, "--param", "beta=0.25"],
            "variant" => [.. notes, "--variant", "short"],
            "removed" => [],
            "added" => [.. notes, "--depends-on", workspace["more.txt"]],
            _ => notes,
        };
        Trained(Train(options), reason);
        Assert.Equal("tiny is up to date: " + Model, Assert.Single(Train(options).Lines));
    }

    [Fact]
    public void A_check_that_failed_fails_again_without_a_training_and_is_not_locked()
    {
        string[] strict = ["--variant", "strict", "--lock"];
        Workspace.Outcome first = Train(strict);
        Workspace.Outcome second = Train(strict);

        Assert.Equal((ExitCode.Failure, ExitCode.Failure), (first.Code, second.Code));
        Assert.Contains("VAE5001", first.Error, StringComparison.Ordinal);
        Assert.Equal(first.Error, second.Error);
        Assert.Contains("up to date", second.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(LockFile));
    }

    [Fact]
    public void The_lock_file_has_an_entry_for_whatever_was_asked_and_is_left_alone_while_that_is_the_same()
    {
        Trained(Train("--lock"));
        string first = File.ReadAllText(LockFile);
        DateTime written = File.GetLastWriteTimeUtc(LockFile);
        SpecLockEntry entry = SpecLock.Read(LockFile)!.Entries["default"];
        Assert.Equal(FingerprintOf(Model), entry.Inputs.Fingerprint);
        Assert.Equal(ArtifactFolder.ReadMetrics(Model), entry.Metrics);

        Train("--lock");
        Assert.Equal(written, File.GetLastWriteTimeUtc(LockFile));

        Trained(Train("--lock", "--variant", "short"), "train.epochs is 1, it was 3");
        Assert.Equal(["default", "variant=short"], SpecLock.Read(LockFile)!.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(entry.Inputs.Fingerprint, SpecLock.Read(LockFile)!.Entries["default"].Inputs.Fingerprint);

        File.Delete(LockFile);
        Train("--lock");
        Assert.Equal(first, File.ReadAllText(LockFile));
    }

    [Fact]
    public void A_lock_file_with_markers_of_a_merge_is_written_anew_and_refused_by_a_locked_run()
    {
        Trained(Train("--lock"));
        string first = File.ReadAllText(LockFile);
        File.WriteAllText(LockFile, "<<<<<<< HEAD\n" + first);

        Workspace.Outcome locked = Train("--locked");
        Assert.Equal(ExitCode.Failure, locked.Code);
        Assert.Contains($"{LockFile}(1,1): error VAE6004: ", locked.Error, StringComparison.Ordinal);

        Assert.Contains("It is written anew.", Train("--lock").Out, StringComparison.Ordinal);
        Assert.Equal(first, File.ReadAllText(LockFile));
    }

    [Fact]
    public void A_source_folder_that_cannot_be_written_is_told_and_no_error()
    {
        Directory.CreateDirectory(workspace["sources"]);
        foreach (string file in (string[])["tiny.vae.yaml", "images-idx3-ubyte", "labels-idx1-ubyte"])
            File.Copy(workspace[file], Path.Combine(workspace["sources"], file));
        // Root may write anywhere: a folder in the lock file's place stops it too.
        Directory.CreateDirectory(Path.Combine(workspace["sources"], "tiny.vae.lock"));

        Workspace.Outcome outcome = Workspace.Vae("train", Path.Combine(workspace["sources"], "tiny.vae.yaml"), "-o", Model, "--lock");

        Assert.Equal((ExitCode.Success, ""), (outcome.Code, outcome.Error));
        Assert.Contains("tiny.vae.lock could not be written beside the spec", outcome.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_cannot_be_written_is_told_and_no_error()
    {
        File.WriteAllText(workspace["a store"], "no folder");

        Workspace.Outcome outcome = Train();

        Trained(outcome);
        Assert.Contains("the model could not be put into the store", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_locked_run_takes_the_model_from_the_output_or_the_store_and_never_writes_the_lock_file()
    {
        Trained(Train("--lock"));
        string locked = File.ReadAllText(LockFile);

        Assert.Equal("tiny is up to date: " + Model, Assert.Single(Train("--locked").Lines));
        Directory.Delete(Model, recursive: true);
        Assert.Contains("is taken from", Assert.Single(Train("--locked").Lines), StringComparison.Ordinal);
        Assert.Equal(locked, File.ReadAllText(LockFile));
    }

    [Fact]
    public void A_locked_run_without_a_fitting_entry_says_what_is_different_and_trains_nothing()
    {
        Refused("VAE6001", "there is no tiny.vae.lock beside the spec", "--locked");
        Assert.False(Directory.Exists(Model));

        Trained(Train("--lock"));
        Refused("VAE6001", "tiny.vae.lock has no entry 'variant=short'; it has 'default'", "--locked", "--variant", "short");

        workspace.Spec(Workspace.TinySpec.Replace("latent: 2", "latent: 3", StringComparison.Ordinal));
        Refused("VAE6001", "since tiny.vae.lock was written ('default'), latent.dim is 3, it was 2", "--locked");
        Directory.Delete(Model, recursive: true);
        Refused("VAE6001", "latent.dim is 3, it was 2", "--locked");
        Directory.Delete(store.Folder, recursive: true);
        Refused("VAE6001", "since tiny.vae.lock was written ('default'), the spec changed", "--locked");
    }

    [Fact]
    public void A_locked_run_that_finds_the_model_nowhere_says_where_it_looked()
    {
        Trained(Train("--lock"));
        Directory.Delete(Model, recursive: true);
        Directory.Delete(store.Folder, recursive: true);

        Refused("VAE6002", $"is neither in '{Model}' nor in the store '{store.Folder}'", "--locked");
        Workspace.Outcome without = Workspace.Vae("train", Spec, "-o", Model, "--locked");
        Assert.Contains("VAE6002", without.Error, StringComparison.Ordinal);
        Assert.Contains("nor in the store, which is switched off", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_result_of_the_same_inputs_is_not_the_locked_one()
    {
        Trained(Train("--lock"));
        SpecLock file = SpecLock.Read(LockFile)!;
        SpecLockEntry entry = file.Entries["default"];
        Dictionary<string, string> outputs = new(entry.Outputs) { ["model.safetensors"] = new('0', 64) };
        new SpecLock(new Dictionary<string, SpecLockEntry> { ["default"] = entry with { Outputs = outputs } }).Write(LockFile);

        Refused("VAE6003", "is not the one of the lock file: model.safetensors has other content", "--locked");
        Directory.Delete(Model, recursive: true);
        Refused("VAE6003", "is not the one of the lock file: model.safetensors has other content", "--locked");
        Assert.False(Directory.Exists(Model));
    }

    [Fact]
    public async Task Two_at_once_train_once()
    {
        string[] arguments = ["train", Spec, "--store", store.Folder, "--lock", "--json", "--output"];

        (int Code, string Out, string Error)[] both = await Task.WhenAll(
            ToolProcess.Run([.. arguments, workspace["one"]]),
            ToolProcess.Run([.. arguments, workspace["two"]]));

        Assert.All(both, outcome => Assert.Equal((ExitCode.Success, ""), (outcome.Code, outcome.Error)));
        Assert.Single(both, outcome => outcome.Out.Contains("\"event\":\"done\"", StringComparison.Ordinal));
        Assert.Single(both, outcome => outcome.Out.Contains("\"event\":\"restored\"", StringComparison.Ordinal));
        Assert.Equal(FingerprintOf(workspace["one"]), FingerprintOf(workspace["two"]));
    }

    [Fact]
    public async Task Whoever_waits_says_for_whom_and_takes_what_the_other_trained()
    {
        Trained(Train());
        string fingerprint = FingerprintOf(Model);
        string kept = workspace["kept"];
        store.Find(fingerprint).WriteTo(kept);
        store.Remove(fingerprint);
        Directory.Delete(Model, recursive: true);

        using LineWaiter output = new("waiting for");
        using StringWriter error = new(CultureInfo.InvariantCulture);
        Task<int> waiting;
        using (FileLock other = FileLock.TryTake(store.LockOf(fingerprint))!)
        {
            waiting = Task.Run(() => VaeCommand.Run(["train", Spec, "-o", Model, "--store", store.Folder], ToolConsole.Plain(output, error), CancellationToken.None));
            Assert.Same(output.Line, await Task.WhenAny(output.Line, waiting).WaitAsync(TimeSpan.FromMinutes(1)));
            Assert.Null(store.Put(kept));
        }

        Assert.Equal(ExitCode.Success, await waiting.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal("", error.ToString());
        string[] lines = output.ToString().Split('\n', StringSplitOptions.TrimEntries);
        Assert.StartsWith($"waiting for process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} (since ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(", which trains the same", lines[0], StringComparison.Ordinal);
        Assert.Contains("is taken from", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_trains_only_the_points_that_the_store_lacks()
    {
        workspace.Spec(Workspace.TinySpec.Replace("kl: 0.5", "kl: $(beta)", StringComparison.Ordinal) + "params: {beta: 0.5}\nsweep: {beta: [0.1, 0.2]}\n");
        Assert.Equal(ExitCode.Success, Workspace.Vae("train", Spec, "-o", workspace["first"], "--sweep", "--store", store.Folder).Code);

        Workspace.Outcome again = Workspace.Vae("train", Spec, "-o", workspace["second"], "--sweep", "--store", store.Folder);

        Assert.Equal(2, again.Lines.Count(line => line.Contains("is taken from", StringComparison.Ordinal)));
        Assert.Equal(ExitCode.Usage, Workspace.Vae("train", Spec, "--sweep", "--lock").Code);
    }

    private static void Trained(Workspace.Outcome outcome, string? because = null)
    {
        Assert.Equal((ExitCode.Success, ""), (outcome.Code, outcome.Error));
        Assert.Contains("trained in ", outcome.Out, StringComparison.Ordinal);
        if (because is not null)
            Assert.Contains("tiny: training, because " + because, outcome.Lines);
    }

    private void Refused(string code, string why, params string[] options)
    {
        Workspace.Outcome outcome = Train(options);
        Assert.Equal(ExitCode.Failure, outcome.Code);
        Assert.StartsWith($"{Spec}(1,1): error {code}: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch", outcome.Out, StringComparison.Ordinal);
    }

    private Workspace.Outcome Train(params string[] options) => Workspace.Vae(["train", Spec, "-o", Model, "--store", store.Folder, .. options]);

    private static string FingerprintOf(string folder) => ArtifactFolder.VerifiedInputsOf(folder)!.Fingerprint;

    /// <summary>Keeps what is written, and tells when a line begins with a text.</summary>
    private sealed class LineWaiter(string beginning) : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Line => written.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(beginning, StringComparison.Ordinal) == true)
                written.TrySetResult();
        }
    }
}
