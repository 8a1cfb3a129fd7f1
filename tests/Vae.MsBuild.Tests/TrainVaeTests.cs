using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Vae.Dsl.Diagnostics;
using Task = System.Threading.Tasks.Task;

namespace Vae.MsBuild.Tests;

public sealed class TrainVaeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vae täsk ");
    private readonly RecordingEngine _engine = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_training_leaves_its_files_and_shows_its_milestones()
    {
        TrainVae task = NewTask("vae: 1");

        Assert.True(task.Execute(), Log());

        Assert.True(File.Exists(PathOf("out/mnist/decoder.onnx")));
        Assert.Empty(_engine.Errors);
        string[] messages = [.. _engine.HighMessages];
        Assert.Equal("mnist: starting the trainer, because there is no earlier result", messages[0]);
        Assert.Equal(10, messages.Count(message => message.Contains(": epoch ", StringComparison.Ordinal)));
        Assert.Contains("mnist: epoch 2 of 20, loss 0.0625, reconstruction 0.058, kl 3.7, 8.1 s left", messages);
        Assert.Contains("mnist: training, because latent.dim is 3, it was 2", messages);
        Assert.StartsWith("mnist: trained in 9.877 s, test.reconstruction 0.0441 -> ", messages[^2], StringComparison.Ordinal);
        Assert.Equal("mnist: the lock file could not be written", messages[^1]);
        Assert.Contains(_engine.Messages, message => message.Importance == MessageImportance.Low && message.Message == "[W] a native library says something");
    }

    [Fact]
    public void Codes_lead_to_the_page_that_explains_them_where_there_is_one()
    {
        TrainVae task = NewTask("vae: 1\nfake: spec-error");
        task.HelpPage = "file:///packages/docs/diagnostics.md";
        Assert.False(task.Execute());
        Assert.Equal("file:///packages/docs/diagnostics.md#vae1201", Assert.Single(_engine.Errors).HelpLink);

        TrainVae missing = NewTask("vae: 1");
        missing.Trainer = PathOf("nowhere.dll");
        Assert.False(missing.Execute());
        Assert.Null(_engine.Errors.Last().HelpLink);
    }

    [Fact]
    public void The_arguments_reach_the_trainer_unharmed()
    {
        TrainVae task = NewTask("vae: 1", "a spec 'ö' @%;(1).vae.yaml");
        task.Variant = "quick";
        task.Overrides = ["train.epochs=2;loss.kl=0.1", "name=a b"];
        task.Parameters = ["beta=0.01"];
        task.Device = "cpu";

        Assert.True(task.Execute(), Log());

        string[] arguments = Assert.Single(Runs());
        Assert.Equal(
            [
                "train", PathOf("a spec 'ö' @%;(1).vae.yaml"), "--output", PathOf("out/mnist"), "--variant", "quick",
                "--set", "train.epochs=2", "--set", "loss.kl=0.1", "--set", "name=a b", "--param", "beta=0.01",
                "--threads", "1", "--device", "cpu", "--if-changed", "--store", "--lock", "--skip-abstract", "--checkpoint-every", "0", "--json", "--cancel-file",
            ],
            arguments[..^1]);
    }

    [Fact]
    public void Metadata_of_a_spec_comes_before_the_properties()
    {
        TrainVae task = NewTask("vae: 1");
        task.Variant = "quick";
        task.Threads = "1";
        task.Spec.SetMetadata("Variant", "long");
        task.Spec.SetMetadata("Set", "train.epochs=2;train.batch=8");
        task.Spec.SetMetadata("Threads", "3");

        Assert.True(task.Execute(), Log());

        string arguments = string.Join(' ', Assert.Single(Runs()));
        Assert.Contains("--variant long --set train.epochs=2 --set train.batch=8 --threads 3", arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void Cores_are_asked_of_the_build_and_given_back_and_the_node_yields()
    {
        Assert.True(NewTask("vae: 1").Execute(), Log());

        Assert.Equal(1, _engine.MostCoresHeld);
        Assert.Equal(0, _engine.CoresHeld);
        Assert.True(_engine.HasYielded);
    }

    [Fact]
    public void A_second_run_starts_nothing_and_says_so()
    {
        Assert.True(NewTask("vae: 1").Execute(), Log());
        Assert.True(NewTask(null).Execute(), Log());

        Assert.Equal("mnist is up to date", _engine.HighMessages.Last());
        Assert.Single(Runs());
    }

    [Fact]
    public void A_touched_spec_asks_the_trainer_and_a_changed_one_trains()
    {
        Assert.True(NewTask("vae: 1").Execute(), Log());

        File.SetLastWriteTimeUtc(PathOf("mnist.vae.yaml"), DateTime.UtcNow.AddMinutes(-5));
        Assert.True(NewTask(null).Execute(), Log());
        Assert.Equal("mnist is up to date: what it is made from has the same content", _engine.HighMessages.Last());
        Assert.Contains("--if-changed", Runs()[1]);

        Assert.True(NewTask(null).Execute(), Log());
        Assert.Equal("mnist is up to date", _engine.HighMessages.Last());
        Assert.Equal(2, Runs().Count);

        Assert.True(NewTask("vae: 1 # another").Execute(), Log());
        Assert.Contains("mnist: starting the trainer, because mnist.vae.yaml changed", _engine.HighMessages);
        Assert.Equal(3, Runs().Count);
    }

    [Fact]
    public void A_file_that_the_trainer_read_counts_as_an_input()
    {
        File.WriteAllText(PathOf("data.csv"), "1,2");
        Assert.True(NewTask("vae: 1").Execute(), Log());

        File.WriteAllText(PathOf("data.csv"), "1,2,3");
        Assert.True(NewTask(null).Execute(), Log());

        Assert.Contains("mnist: starting the trainer, because data.csv changed", _engine.HighMessages);
    }

    [Fact]
    public void A_lost_output_is_made_again()
    {
        Assert.True(NewTask("vae: 1").Execute(), Log());
        File.Delete(PathOf("out/mnist/decoder.onnx"));

        Assert.True(NewTask(null).Execute(), Log());

        Assert.True(File.Exists(PathOf("out/mnist/decoder.onnx")));
        Assert.Contains("mnist: starting the trainer, because decoder.onnx is missing", _engine.HighMessages);
    }

    [Fact]
    public void Another_option_is_a_reason_to_train()
    {
        Assert.True(NewTask("vae: 1").Execute(), Log());
        TrainVae task = NewTask(null);
        task.Variant = "quick";

        Assert.True(task.Execute(), Log());

        Assert.Contains("mnist: starting the trainer, because variant is now 'quick', it was ''", _engine.HighMessages);
    }

    [Fact]
    public void The_log_has_what_the_result_was_made_from_and_what_it_is()
    {
        Assert.True(NewTask("vae: 1").Execute(), Log());

        string[] low = [.. _engine.Messages.Where(message => message.Importance == MessageImportance.Low).Select(message => message.Message!)];
        Assert.Contains("VAE: [input] device=cpu", low);
        Assert.Contains(low, message => message.StartsWith("VAE: [fingerprint] ", StringComparison.Ordinal));
        Assert.Contains("VAE: [output] decoder.onnx=abcd", low);
    }

    [Fact]
    public void A_model_of_the_store_is_taken_and_remembered()
    {
        Assert.True(NewTask("vae: 1\nfake: stored").Execute(), Log());
        Assert.Equal("mnist was trained before and is taken from the store /store of models", _engine.HighMessages.Last());

        Assert.True(NewTask(null).Execute(), Log());
        Assert.Single(Runs());
    }

    [Fact]
    public void Whoever_waits_for_another_process_says_so()
    {
        Assert.True(NewTask("vae: 1\nfake: queued").Execute(), Log());

        Assert.Contains("mnist: waiting for process 4711 (since 14:32:10), which trains the same", _engine.HighMessages);
    }

    [Fact]
    public void Store_mode_and_dependencies_reach_the_trainer()
    {
        File.WriteAllText(PathOf("notes.txt"), "1");
        TrainVae task = NewTask("vae: 1");
        (task.Store, task.Mode, task.Dependencies) = (PathOf("a store"), "Locked", [new TaskItem(PathOf("notes.txt"))]);
        Assert.True(task.Execute(), Log());
        Assert.Contains($"--if-changed|--store|{PathOf("a store")}|--locked|--depends-on|{PathOf("notes.txt")}|--skip-abstract", string.Join('|', Runs()[0]), StringComparison.Ordinal);

        task = NewTask(null);
        (task.Store, task.WriteLockFile) = ("none", false);
        Assert.True(task.Execute(), Log());
        Assert.Contains("--if-changed|--skip-abstract", string.Join('|', Runs()[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_file_that_changed_is_the_trainers_business()
    {
        File.WriteAllText(PathOf("mnist.vae.lock"), "{}");
        Assert.True(NewTask("vae: 1").Execute(), Log());
        File.Delete(PathOf("mnist.vae.lock"));

        Assert.True(NewTask(null).Execute(), Log());

        Assert.Contains("mnist: starting the trainer, because mnist.vae.lock is missing", _engine.HighMessages);
        Assert.Equal("mnist is up to date: what it is made from has the same content", _engine.HighMessages.Last());
    }

    [Fact]
    public void A_question_build_fails_instead_of_training()
    {
        TrainVae task = NewTask("vae: 1");
        task.FailIfNotIncremental = true;

        Assert.False(task.Execute());

        Assert.False(Directory.Exists(PathOf("out/mnist")));
    }

    [Fact]
    public void An_error_in_the_spec_has_its_place_and_fails_until_it_is_mended()
    {
        Assert.False(NewTask("vae: 1\nfake: spec-error").Execute());

        BuildErrorEventArgs error = Assert.Single(_engine.Errors);
        Assert.Equal("VAE1201", error.Code);
        Assert.Equal("unknown key 'latnet' {in braces}. Did you mean 'latent'?", error.Message);
        Assert.Equal((PathOf("mnist.vae.yaml"), 3, 1, 3, 7), (error.File, error.LineNumber, error.ColumnNumber, error.EndLineNumber, error.EndColumnNumber));
        Assert.False(File.Exists(PathOf("out/mnist.state")));

        Assert.False(NewTask(null).Execute());
        Assert.Equal(2, _engine.Errors.Count);
    }

    [Fact]
    public void A_failed_training_keeps_the_earlier_state_out_of_date()
    {
        Assert.True(NewTask("vae: 1").Execute(), Log());
        Assert.False(NewTask("vae: 1\nfake: training-error").Execute());
        Assert.Equal("VAE4001", Assert.Single(_engine.Errors).Code);

        Assert.False(NewTask(null).Execute());

        Assert.Equal(3, Runs().Count);
    }

    [Fact]
    public void A_result_that_a_check_refused_is_refused_again()
    {
        Assert.True(NewTask("vae: 1").Execute(), Log());
        Assert.False(NewTask("vae: 1\nfake: check-error").Execute());
        Assert.Equal("VAE5001", Assert.Single(_engine.Errors).Code);

        Assert.False(NewTask(null).Execute());

        Assert.Equal(2, _engine.Errors.Count);
        Assert.Equal("mnist is up to date: what it is made from has the same content", _engine.HighMessages.Last());
    }

    [Fact]
    public void A_warning_does_not_fail()
    {
        Assert.True(NewTask("vae: 1\nfake: warning").Execute(), Log());

        BuildWarningEventArgs warning = Assert.Single(_engine.Warnings);
        Assert.Equal(("VAE2301", 2, 5), (warning.Code, warning.LineNumber, warning.ColumnNumber));
    }

    [Fact]
    public void A_message_is_shown_and_is_no_warning()
    {
        Assert.True(NewTask("vae: 1\nfake: message").Execute(), Log());

        Assert.Empty(_engine.Warnings);
        BuildMessageEventArgs message = Assert.Single(_engine.Messages, message => message.Code == "VAE4051");
        Assert.Equal(("2 of {3} are active", MessageImportance.High, 2, 5), (message.Message, message.Importance, message.LineNumber, message.ColumnNumber));
    }

    [Fact]
    public void A_crash_without_a_word_is_one_coded_error_with_the_last_lines()
    {
        Assert.False(NewTask("vae: 1\nfake: crash").Execute());

        BuildErrorEventArgs error = Assert.Single(_engine.Errors);
        Assert.Equal("VAE0021", error.Code);
        Assert.Contains("exit code 134", error.Message, StringComparison.Ordinal);
        Assert.Contains("Segmentation fault of the fake", error.Message, StringComparison.Ordinal);
        Assert.Contains("exec", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Success_without_any_output_is_an_error()
    {
        Assert.False(NewTask("vae: 1\nfake: silent").Execute());

        Assert.Equal("VAE0021", Assert.Single(_engine.Errors).Code);
        Assert.False(File.Exists(PathOf("out/mnist.state")));
    }

    [Fact]
    public void A_missing_trainer_is_a_coded_error()
    {
        TrainVae task = NewTask("vae: 1");
        task.Trainer = PathOf("nowhere/vae.dll");

        Assert.False(task.Execute());

        Assert.Equal("VAE0020", Assert.Single(_engine.Errors).Code);
    }

    [Fact]
    public async Task A_cancelled_trainer_is_asked_to_stop_and_reports_no_error()
    {
        TrainVae task = NewTask("vae: 1\nfake: waits");
        Task<bool> running = Task.Run(task.Execute);
        using Process trainer = await Started();
        string cancelFile = Runs()[0][^1];

        task.Cancel();

        Assert.False(await running.WaitAsync(Patience));
        await trainer.WaitForExitAsync().WaitAsync(Patience);
        Assert.Empty(_engine.Errors);
        Assert.Contains("mnist: cancelled", _engine.HighMessages);
        Assert.False(File.Exists(cancelFile));
        Assert.False(File.Exists(PathOf("out/mnist.state")));
    }

    [Fact]
    public async Task A_trainer_that_does_not_stop_is_killed()
    {
        TrainVae task = NewTask("vae: 1\nfake: deaf");
        task.CancelSeconds = 1;
        Task<bool> running = Task.Run(task.Execute);
        using Process trainer = await Started();

        task.Cancel();

        Assert.False(await running.WaitAsync(Patience));
        await trainer.WaitForExitAsync().WaitAsync(Patience);
        Assert.Empty(_engine.Errors);
    }

    [Fact]
    public void Packages_of_specs_reach_the_trainer_with_their_full_folders()
    {
        Directory.CreateDirectory(PathOf("a folder; of specs"));
        Directory.CreateDirectory(PathOf("other"));
        TrainVae task = NewTask("vae: 1");
        task.Packages = [Package("Acme.Vae.Specs", "sub/../a folder%3B of specs"), Package("Other", PathOf("other")), Package("acme.vae.specs", "a folder%3B of specs")];

        Assert.True(task.Execute(), Log());

        string[] arguments = Assert.Single(Runs());
        int first = Array.IndexOf(arguments, "--package");
        Assert.Equal(["--package", $"Acme.Vae.Specs={PathOf("a folder; of specs")}", "--package", $"Other={PathOf("other")}", "--threads"], arguments[first..(first + 5)]);
    }

    [Fact]
    public void Another_folder_of_a_package_is_a_reason_to_train()
    {
        Directory.CreateDirectory(PathOf("specs"));
        Assert.True(NewTask("vae: 1").Execute(), Log());
        TrainVae task = NewTask(null);
        task.Packages = [Package("Acme.Vae.Specs", "specs")];

        Assert.True(task.Execute(), Log());

        Assert.Contains($"mnist: starting the trainer, because packages is now 'Acme.Vae.Specs={PathOf("specs")}', it was ''", _engine.HighMessages);
    }

    [Theory]
    [InlineData("", "the package of specs 'Acme.Vae.Specs' has no folder. Write <VaeSpecPackage Include=\"Acme.Vae.Specs\" Path=\"folder\" />.")]
    [InlineData("nowhere", "the package of specs 'Acme.Vae.Specs' should be at '{0}', but there is no such folder.")]
    public void A_package_without_its_folder_is_a_coded_error_and_nothing_is_started(string path, string message)
    {
        TrainVae task = NewTask("vae: 1");
        task.Packages = [Package("Acme.Vae.Specs", path)];

        Assert.False(task.Execute());

        BuildErrorEventArgs error = Assert.Single(_engine.Errors);
        Assert.Equal("VAE0024", error.Code);
        Assert.StartsWith(string.Format(CultureInfo.InvariantCulture, message, PathOf("nowhere")), error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("out/mnist.arguments")));
    }

    [Fact]
    public void A_package_with_two_folders_is_a_coded_error()
    {
        Directory.CreateDirectory(PathOf("specs"));
        Directory.CreateDirectory(PathOf("other"));
        TrainVae task = NewTask("vae: 1");
        task.Packages = [Package("Acme.Vae.Specs", "specs"), Package("acme.vae.specs", "other")];

        Assert.False(task.Execute());

        BuildErrorEventArgs error = Assert.Single(_engine.Errors);
        Assert.Equal(("VAE0024", $"the package of specs 'acme.vae.specs' has two folders, '{PathOf("specs")}' and '{PathOf("other")}'. Remove one <VaeSpecPackage Include=\"acme.vae.specs\" />."), (error.Code, error.Message));
    }

    [Fact]
    public void An_abstract_spec_is_passed_over_quietly_and_only_asked_once()
    {
        Assert.True(NewTask("vae: 1\nfake: abstract").Execute(), Log());
        Assert.True(NewTask(null).Execute(), Log());

        Assert.Single(Runs());
        Assert.Contains("--skip-abstract", Runs()[0]);
        Assert.Empty(_engine.HighMessages);
        Assert.Empty(_engine.Errors);
        Assert.Equal(2, _engine.Messages.Count(message => message.Importance == MessageImportance.Low && message.Message == "mnist is abstract, a base for others: nothing is trained"));
        Assert.False(Directory.Exists(PathOf("out/mnist")));
    }

    [Fact]
    public void A_spec_that_becomes_a_base_loses_its_model_and_one_that_was_a_base_is_trained()
    {
        Assert.True(NewTask("vae: 1").Execute(), Log());
        Assert.True(NewTask("vae: 1\nfake: abstract").Execute(), Log());
        Assert.False(Directory.Exists(PathOf("out/mnist")));

        Assert.True(NewTask("vae: 1 # again").Execute(), Log());

        Assert.True(File.Exists(PathOf("out/mnist/decoder.onnx")));
        Assert.Equal("mnist: starting the trainer, because mnist.vae.yaml changed", _engine.HighMessages.Last(message => message.Contains("starting", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_code_of_the_build_is_in_the_table()
    {
        string[] known = [.. DiagnosticTable.All.Select(code => code.Id)];

        Assert.Subset(known.ToHashSet(), new HashSet<string> { "VAE0020", "VAE0021", "VAE0022", "VAE0023", "VAE0024" });
    }

    private TrainVae NewTask(string? text, string file = "mnist.vae.yaml")
    {
        Directory.CreateDirectory(PathOf("out"));
        if (text is not null)
        {
            File.WriteAllText(PathOf(file), text + "\n");
        }

        // A path as MSBuild hands it over: with its own characters escaped.
        string escaped = PathOf(file).Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal).Replace("@", "%40", StringComparison.Ordinal);
        TaskItem spec = new(escaped);
        spec.SetMetadata("Name", "mnist");
        return new TrainVae
        {
            BuildEngine = _engine,
            Spec = spec,
            OutputFolder = PathOf("out/mnist"),
            StateFile = PathOf("out/mnist.state"),
            Trainer = FakeTrainer.Path,
            DotNetHost = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath!,
            ProjectFolder = _folder.FullName,
        };
    }

    private static TaskItem Package(string id, string path)
    {
        TaskItem package = new(id);
        package.SetMetadata("Path", path);
        return package;
    }

    private async Task<Process> Started()
    {
        using CancellationTokenSource timeout = new(Patience);
        while (true)
        {
            if (_engine.Messages.Any(message => message.Message!.Contains("1 parameters", StringComparison.Ordinal)))
            {
                return Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(PathOf("out/mnist.pid"), timeout.Token), CultureInfo.InvariantCulture));
            }

            await Task.Delay(10, timeout.Token);
        }
    }

    private List<string[]> Runs() =>
        [.. File.ReadLines(PathOf("out/mnist.arguments")).Select(line => JsonSerializer.Deserialize<string[]>(line)!)];

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Log() => string.Join('\n', _engine.Errors.Select(error => error.Message).Concat(_engine.Messages.Select(message => message.Message)));
}
