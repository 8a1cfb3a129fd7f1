// Seconds an epoch and peak memory of the first experiment: a plain TorchSharp loop against Vae's trainer, in one run.
// dotnet run -c Release --project bench/FirstExperiment -- [--threads N] [--epochs N] [--rounds N]
using System.Diagnostics;
using Vae.Bench.FirstExperiment;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch;
using Vae.Torch.Native;

if (Order.Parse(args) is not { } order)
{
    Console.Error.WriteLine(Order.Usage);
    return 2;
}

if (order.Who.Length > 0)
{
    // A worker process, as the build starts one; the plain loop gets what any program gets.
    if (order.Who == Measurement.Vae)
        WorkerProcess.Relaunch();
    Console.WriteLine(Train(order).ToLine());
    return 0;
}

var measurements = new Dictionary<string, List<Measurement>> { [Measurement.Plain] = [], [Measurement.Vae] = [] };
for (int round = 0; round < order.Rounds; round++)
{
    // Taking turns spreads whatever else the machine does over both.
    foreach ((string who, List<Measurement> list) in measurements)
        list.Add(Measurement.InChild(order, who));
}

Console.WriteLine(FormattableString.Invariant(
    $"First experiment, {order.Threads} thread(s), {order.Rounds} round(s) of {order.Epochs} epochs; the first epoch of each is left out as warm-up"));
Console.WriteLine("            s/epoch median     best    worst   peak MB   last loss");
foreach ((string who, List<Measurement> list) in measurements)
{
    double[] seconds = Steady(list);
    Console.WriteLine(FormattableString.Invariant(
        $"{who,-10}{Median(seconds),16:F3}{seconds[0],9:F3}{seconds[^1],9:F3}{list.Max(one => one.PeakBytes) / 1e6,10:F0}{list[^1].LastLoss,12:F5}"));
}

Console.WriteLine(FormattableString.Invariant(
    $"plain / vae: {Median(Steady(measurements[Measurement.Plain])) / Median(Steady(measurements[Measurement.Vae])):F2}"));
return 0;

static double[] Steady(List<Measurement> list) => [.. list.SelectMany(one => one.EpochSeconds.Skip(1)).Order()];

static double Median(double[] sorted) =>
    (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

static Measurement Train(Order order)
{
    string file = SpecFile();
    SpecLoadResult loaded = SpecLoader.Load(file, new() { Sets = [FormattableString.Invariant($"train.epochs={order.Epochs}")] });
    Spec spec = loaded.Spec ?? throw new VaeException(loaded.Diagnostics);
    DataSet data = DataSetLoader.Load(spec.Data, new() { SpecDirectory = Path.GetDirectoryName(file)!, Seed = spec.Train.Seed });
    if (order.Who == Measurement.Plain)
    {
        (double[] epochSeconds, double lastLoss) = PlainLoop.Train(data.Train, order.Threads, order.Epochs);
        return new(epochSeconds, lastLoss, PeakBytes());
    }

    TorchRuntime.EnsureLoaded(new() { TuneAllocator = true });
    TrainingResult result = Trainer.Train(spec, data, new() { Threads = order.Threads });
    return new(result.Run.EpochSeconds, result.Metrics["train.loss"], PeakBytes());
}

static long PeakBytes()
{
    using var self = Process.GetCurrentProcess();
    return self.PeakWorkingSet64;
}

static string SpecFile()
{
    // The repository's own spec, so that the benchmark measures what the README shows.
    string? folder = AppContext.BaseDirectory;
    while (folder is not null && !File.Exists(Path.Combine(folder, "VaeDsl.sln")))
        folder = Path.GetDirectoryName(folder);
    return Path.Combine(folder ?? ".", "examples", "Mnist", "mnist-mlp.vae.yaml");
}
