using System.CommandLine;
using Vae.Artifacts.Store;
using Vae.Dsl;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae train</c>: a spec becomes a folder with model, curves, plots and report.</summary>
internal static class TrainCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var path = new Argument<string>("spec") { Description = "The .vae.yaml file." };
        var output = new Option<string?>("--output", "-o") { Description = "The folder to write; artifacts/<name> unless given.", HelpName = "folder" };
        var threads = new Option<int?>("--threads", "-t") { Description = "Threads of the tensor library, unless the spec says; all physical cores unless given.", HelpName = "n" };
        var device = new Option<DeviceChoice?>("--device", "-d") { Description = "auto, cpu or cuda, unless the spec says.", HelpName = "auto|cpu|cuda" };
        var backend = new Option<Backend?>("--backend") { Description = "What libtorch must have; with cuda, a training without a graphics card is an error.", HelpName = "cpu|cuda" };
        var ifChanged = new Option<bool>("--if-changed") { Description = "Do nothing when the folder was made from the same spec, data and trainer." };
        var store = new Option<string?>("--store")
        {
            Description = "Take the model from the store where it was trained before, and keep it there; the user's own store unless a folder is given.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "folder",
        };
        var lockFile = new Option<bool>("--lock") { Description = "Write the lock file beside the spec: what was trained from what." };
        var locked = new Option<bool>("--locked") { Description = "Train nothing: take the model of the lock file from the folder or the store, or fail." };
        var dependsOn = new Option<string[]>("--depends-on") { Description = "A further file whose content the result depends on. May be given several times.", HelpName = "file" };
        var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoint that an earlier run left beside the folder, if there is one." };
        var checkpointEvery = new Option<int?>("--checkpoint-every") { Description = "Epochs between two checkpoints, 0 for none; at most one a minute unless given.", HelpName = "n" };
        var sweep = new Option<bool>("--sweep") { Description = "Train every point of the spec's sweep, each into a folder of its own, and write a table of the results." };
        var skipAbstract = new Option<bool>("--skip-abstract") { Description = "Do nothing when the spec is only a base for others." };
        var json = new Option<bool>("--json") { Description = "Print one JSON event a line." };
        var cancelFile = new Option<string?>("--cancel-file") { Description = "Stop at the next batch once this file exists, as with Ctrl-C.", HelpName = "file" };
        threads.Validators.Add(result =>
        {
            if (CommandLineNumber.Of(result) is < 1)
                result.AddError("--threads must be at least 1");
        });
        checkpointEvery.Validators.Add(result =>
        {
            if (CommandLineNumber.Of(result) is < 0)
                result.AddError("--checkpoint-every must be at least 0");
        });
        var options = new SpecArguments();
        var command = new Command("train", "Train a spec and write model, curves, plots and report.")
        {
            path, output, threads, device, backend, resume, checkpointEvery, ifChanged, store, lockFile, locked, dependsOn, sweep, skipAbstract, json, cancelFile,
        };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(sweep) is not null && (result.GetResult(lockFile) is not null || result.GetResult(locked) is not null))
                result.AddError("--sweep trains several models, and a lock file is for one: leave --lock and --locked out");
        });
        command.SetAction(parsed =>
        {
            ITrainingReporter reporter = parsed.GetValue(json) ? new JsonReporter(console.Out) : new ConsoleReporter(console);
            using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using IDisposable? watch = parsed.GetValue(cancelFile) is { } file ? new CancelFile(file, linked) : null;
            string spec = parsed.GetRequiredValue(path);
            SpecLoadOptions loadOptions = options.Read(parsed);
            ModelStore? models = parsed.GetResult(store) is null ? null
                : (parsed.GetValue(store) ?? ModelStore.DefaultFolder) is { } folderOfStore ? new ModelStore(folderOfStore)
                : null;
            bool isLocked = parsed.GetValue(locked);
            TrainingJob Job(SweepPoint? point, string? folder) => new(spec, loadOptions, reporter)
            {
                Point = point,
                Output = folder,
                Threads = parsed.GetValue(threads),
                Device = parsed.GetValue(device),
                Backend = parsed.GetValue(backend),
                Resume = parsed.GetValue(resume),
                CheckpointEvery = parsed.GetValue(checkpointEvery),
                OnlyIfChanged = parsed.GetValue(ifChanged),
                Store = models,
                LockFile = isLocked || parsed.GetValue(lockFile) ? new SpecLockFile(spec, loadOptions) : null,
                IsLocked = isLocked,
                Dependencies = parsed.GetValue(dependsOn) ?? [],
                SkipsAbstract = parsed.GetValue(skipAbstract),
            };
            string? target = parsed.GetValue(output);
            return parsed.GetValue(sweep)
                ? new SweepJob(spec, loadOptions, reporter, Job) { Output = target }.Run(linked.Token)
                : Job(null, target).Run(linked.Token);
        });
        return command;
    }
}
