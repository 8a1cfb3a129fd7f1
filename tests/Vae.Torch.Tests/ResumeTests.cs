using TorchSharp;
using TorchSharp.Modules;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch.Native;
using Vae.Torch.Optimizers;

namespace Vae.Torch.Tests;

/// <summary>Stopped and resumed is never stopped: the same bits.</summary>
public class ResumeTests
{
    private const string Common = "batch: 32, seed: 7, threads: 1, device: cpu";

    public static TheoryData<string, string> Cases => new()
    {
        { "adam", Mlp($"{{epochs: 6, optimizer: adam, lr: 1e-2, {Common}}}") },
        { "adamw", Mlp($"{{epochs: 6, optimizer: {{adamw: {{weight-decay: 0.1}}}}, lr: 1e-2, {Common}}}") },
        { "sgd", Mlp($"{{epochs: 6, optimizer: sgd, lr: 1e-3, {Common}}}") },
        { "sgd with momentum", Mlp($"{{epochs: 6, optimizer: {{sgd: {{momentum: 0.9, nesterov: true}}}}, lr: 1e-3, {Common}}}") },
        { "rmsprop", Mlp($"{{epochs: 6, optimizer: rmsprop, lr: 1e-3, {Common}}}") },
        { "rmsprop centred with momentum", Mlp($"{{epochs: 6, optimizer: {{rmsprop: {{centered: true, momentum: 0.5}}}}, lr: 1e-3, {Common}}}") },
        { "dropout and batch norm", Mlp($"{{epochs: 6, optimizer: adam, lr: 1e-2, {Common}}}", layers: "batchnorm, {dropout: 0.2}, ") },
        { "ema", Mlp($"{{epochs: 6, optimizer: adam, lr: 1e-2, ema: 0.95, {Common}}}", layers: "batchnorm, ") },
        { "steps", Mlp($"{{steps: 37, optimizer: adam, lr: 1e-2, {Common}}}") },
        { "dynamic binarization", Mlp($"{{epochs: 6, optimizer: adam, lr: 1e-2, {Common}}}", "{reconstruction: bce, kl: 1}", ", binarize: dynamic") },
        { "learned sigma", Mlp($"{{epochs: 6, optimizer: adam, lr: 1e-2, {Common}}}", "{reconstruction: mse, kl: learned}") },
        { "terms, free bits and a ramp", Mlp($"{{epochs: 6, optimizer: adam, lr: 1e-2, clip-norm: 1, {Common}}}", "{reconstruction: mse, kl: {weight: {from: 0, to: 1, epochs: 4}, free-bits: 0.1}, terms: [tc: 2, mmd: 5]}") },
        { "cosine with warm-up", Mlp($"{{epochs: 6, optimizer: adam, lr: 1e-2, schedule: {{cosine: {{warmup: 2}}}}, {Common}}}") },
        { "validation", Mlp($"{{epochs: 6, optimizer: adam, lr: 1e-2, {Common}}}", data: ", validation: 0.2") },
        { "plateau", Mlp($"{{epochs: 8, optimizer: adam, lr: 5e-2, schedule: {{plateau: {{on: train.loss, patience: 0, threshold: 0.2}}}}, {Common}}}") },
        { "stop with the best weights", Mlp($"{{epochs: 12, optimizer: adam, lr: 8e-2, stop: {{on: validation.loss, patience: 3}}, ema: 0.9, {Common}}}", data: ", validation: 0.2", layers: "batchnorm, ") },
        { "stop with the last weights", Mlp($"{{epochs: 12, optimizer: adam, lr: 8e-2, stop: {{on: validation.loss, patience: 2, restore-best: false}}, {Common}}}", data: ", validation: 0.2") },
        { "float64", Mlp($"{{epochs: 8, optimizer: adam, lr: 5e-2, precision: float64, ema: 0.9, stop: {{on: validation.loss, patience: 3}}, {Common}}}", data: ", validation: 0.2", layers: "batchnorm, {dropout: 0.1}, ") },
        { "gru", Recurrent("gru") },
        { "lstm with dropout", Recurrent("lstm") },
        { "condition", Conditional },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_training_that_was_stopped_after_any_epoch_goes_on_to_the_same_bits(string name, string yaml)
    {
        Assert.NotEmpty(name);
        Spec spec = Specs.Parse(yaml);
        DataSet data = Specs.Data(spec, train: 130, validation: spec.Data.Validation is null ? 0 : 40);
        List<Checkpoint> checkpoints = [];
        TrainingResult whole = Trainer.Train(spec, data, new TrainOptions { SaveCheckpoint = checkpoints.Add, CheckpointEvery = 1, Requests = [new EvaluationRequest.PriorSamples(4)] });
        SameResult(Trainer.Train(spec, data, new TrainOptions { Requests = [new EvaluationRequest.PriorSamples(4)] }), whole);

        Assert.Equal(whole.Curve.Rows.Count, checkpoints.Count);
        foreach (Checkpoint checkpoint in new[] { checkpoints[0], checkpoints[checkpoints.Count / 2], checkpoints[^1] })
            SameResult(whole, Trainer.Train(spec, data, new TrainOptions { ResumeFrom = checkpoint, Requests = [new EvaluationRequest.PriorSamples(4)] }));
    }

    [Fact]
    public void A_training_may_be_resumed_again_and_again()
    {
        Spec spec = Specs.Parse(Mlp($"{{epochs: 5, optimizer: adam, lr: 1e-2, ema: 0.9, {Common}}}"));
        DataSet data = Specs.Data(spec);
        TrainingResult whole = Trainer.Train(spec, data);
        Checkpoint? last = null;
        for (int epoch = 1; epoch <= 4; epoch++)
        {
            last = StoppedIn(epoch + 1, spec, data, last);
            Assert.Equal(epoch, last.Epoch);
        }

        SameResult(whole, Trainer.Train(spec, data, new TrainOptions { ResumeFrom = last }));
    }

    [Fact]
    public void A_cancelled_training_saves_its_last_whole_epoch_once_and_only_if_there_is_one()
    {
        Spec spec = Specs.Mlp();
        DataSet data = Specs.Data(spec);
        List<Checkpoint> saved = [];
        CancelIn(epoch: 2, spec, data, new TrainOptions { SaveCheckpoint = saved.Add });
        Assert.Equal(1, Assert.Single(saved).Epoch);

        saved.Clear();
        CancelIn(epoch: 2, spec, data, new TrainOptions { SaveCheckpoint = saved.Add, CheckpointEvery = 1 });
        Assert.Equal(1, Assert.Single(saved).Epoch);

        saved.Clear();
        CancelIn(epoch: 1, spec, data, new TrainOptions { SaveCheckpoint = saved.Add });
        Assert.Empty(saved);
    }

    [Fact]
    public void A_short_training_that_comes_to_its_end_saves_nothing_by_itself()
    {
        Spec spec = Specs.Mlp();
        List<Checkpoint> saved = [];
        Trainer.Train(spec, Specs.Data(spec), new TrainOptions { SaveCheckpoint = saved.Add });
        Assert.Empty(saved);
    }

    [Fact]
    public void Checkpoints_come_every_so_many_epochs()
    {
        Spec spec = Specs.Mlp($"{{epochs: 7, optimizer: adam, lr: 1e-3, {Common}}}");
        List<int> epochs = [];
        Trainer.Train(spec, Specs.Data(spec), new TrainOptions { SaveCheckpoint = checkpoint => epochs.Add(checkpoint.Epoch), CheckpointEvery = 3 });
        Assert.Equal([3, 6], epochs);
        Assert.Throws<ArgumentOutOfRangeException>(() => Trainer.Train(spec, Specs.Data(spec), new TrainOptions { CheckpointEvery = 0 }));
    }

    [Theory]
    [InlineData(null, 7, 59, false)]
    [InlineData(null, 7, 60, true)]
    [InlineData(3, 6, 0, true)]
    [InlineData(3, 7, 600, false)]
    public void Unless_told_otherwise_a_checkpoint_is_due_after_a_minute(int? every, int epochs, int seconds, bool isDue) =>
        Assert.Equal(isDue, CheckpointKeeper.IsDue(every, epochs, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void The_seconds_before_count_too()
    {
        Spec spec = Specs.Mlp($"{{epochs: 3, optimizer: adam, lr: 1e-3, {Common}}}");
        DataSet data = Specs.Data(spec);
        Checkpoint checkpoint = StoppedIn(3, spec, data, null);
        checkpoint = checkpoint with { Numbers = new Dictionary<string, double[]>(checkpoint.Numbers) { ["seconds"] = [1000, 2000] } };
        TrainingProgress? last = null;
        TrainingResult result = Trainer.Train(spec, data, new TrainOptions { ResumeFrom = checkpoint, Progress = new Relay(progress => last = progress) });
        Assert.Equal([1000, 2000], result.Run.EpochSeconds.Take(2));
        Assert.InRange(result.Run.Seconds, 3000, 3100);
        Assert.InRange(last!.Seconds, 3000, 3100);
    }

    [Fact]
    public void What_differs_from_the_training_of_a_checkpoint_is_named()
    {
        Spec spec = Specs.Mlp($"{{epochs: 3, optimizer: adam, lr: 1e-3, batch: 32, seed: 7, device: cpu}}");
        DataSet data = Specs.Data(spec);
        Checkpoint checkpoint = StoppedIn(2, spec, data, null, threads: 1);

        Assert.Contains("threads was 1 and is 2", Refused(spec, data, threads: 2), StringComparison.Ordinal);
        Assert.Contains("the spec has 'seed: 8' where 'seed: 7' was (line ", Refused(spec with { Train = spec.Train with { Seed = 8 } }, data), StringComparison.Ordinal);
        Assert.Contains("the data file 'x.npy' has other content", Refused(spec, data with { Files = [new DataFileDigest("x.npy", new string('1', 64))] }), StringComparison.Ordinal);
        Assert.Contains("examples was 200/0/50 and is 199/0/50", Refused(spec, Specs.Data(spec, train: 199)), StringComparison.Ordinal);
        foreach (string input in new[] { "device", "trainer version", "libtorch version" })
        {
            Checkpoint other = checkpoint with { Inputs = new Dictionary<string, string>(checkpoint.Inputs) { [input] = "other" } };
            Assert.Contains($"{input} was other and is {checkpoint.Inputs[input]}", Refused(spec, data, from: other), StringComparison.Ordinal);
        }

        string Refused(Spec now, DataSet with, int threads = 1, Checkpoint? from = null)
        {
            VaeException refused = Assert.Throws<VaeException>(() => Trainer.Train(now, with, new TrainOptions { Threads = threads, ResumeFrom = from ?? checkpoint }));
            Diagnostic diagnostic = Assert.Single(refused.Diagnostics);
            Assert.Equal("VAE4020", diagnostic.Code.Id);
            return diagnostic.Message;
        }
    }

    [Theory]
    [InlineData("arrays")]
    [InlineData("numbers")]
    [InlineData("bytes")]
    public void A_checkpoint_that_lacks_a_part_is_refused(string part)
    {
        Spec spec = Specs.Mlp();
        DataSet data = Specs.Data(spec);
        Checkpoint whole = StoppedIn(2, spec, data, null);
        Checkpoint lacking = part switch
        {
            "arrays" => whole with { Arrays = [.. whole.Arrays.Where(array => array.Name != "optimizer.0")] },
            "numbers" => whole with { Numbers = new Dictionary<string, double[]>(whole.Numbers.Where(numbers => numbers.Key != "curve")) },
            _ => whole with { Bytes = new Dictionary<string, byte[]>(whole.Bytes.Where(bytes => bytes.Key != "generator.training")) },
        };
        VaeException refused = Assert.Throws<VaeException>(() => Trainer.Train(spec, data, new TrainOptions { ResumeFrom = lacking }));
        Assert.Equal("VAE4021", Assert.Single(refused.Diagnostics).Code.Id);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("rmsprop: {centered: true, momentum: 0.5}")]
    [InlineData("sgd: {momentum: 0.9}")]
    public void TorchSharps_own_optimizers_go_on_to_the_same_bits_too(string optimizer)
    {
        TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = 1 });
        using DisposeScope scope = torch.NewDisposeScope();
        Component component = Specs.Mlp($"{{epochs: 1, optimizer: {(optimizer.Contains(':', StringComparison.Ordinal) ? $"{{{optimizer}}}" : optimizer)}, lr: 1}}").Train.Optimizer;
        Parameter whole = new(torch.ones(5)), first = new(torch.ones(5));
        using IOptimizer never = GradientOptimizers.CreateStock(component, [whole]);
        using IOptimizer before = GradientOptimizers.CreateStock(component, [first]);
        Descend(never, whole, 0, 20);
        Descend(before, first, 0, 10);

        Parameter second = new(first.detach().clone());
        using IOptimizer after = GradientOptimizers.CreateStock(component, [second]);
        after.Opaque = before.Opaque;
        Descend(after, second, 10, 20);
        Assert.Equal(whole.data<float>().ToArray(), second.data<float>().ToArray());

        static void Descend(IOptimizer optimizer, Parameter parameter, int from, int to)
        {
            for (int step = from; step < to; step++)
            {
                parameter.grad = torch.arange(5f, torch.float32) * MathF.Sin(step);
                optimizer.Step(0.01);
            }
        }
    }

    private static void SameResult(TrainingResult expected, TrainingResult actual)
    {
        Assert.True(Specs.SameBits(expected.Weights, actual.Weights), "other weights");
        Assert.Equal(expected.Curve.Columns, actual.Curve.Columns);
        Assert.Equal(expected.Curve.Rows.Count, actual.Curve.Rows.Count);
        foreach ((double[] row, double[] other) in expected.Curve.Rows.Zip(actual.Curve.Rows))
            Assert.Equal(row.Select(BitConverter.DoubleToInt64Bits), other.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(expected.Metrics, actual.Metrics);
        Assert.Equal(expected.Health, actual.Health);
        Assert.Equal(expected.Steps, actual.Steps);
        foreach ((Evaluation evaluation, Evaluation other) in expected.Evaluations.Zip(actual.Evaluations))
            Assert.True(Specs.SameBits(evaluation.Arrays, other.Arrays), "other samples");
    }

    private static Checkpoint StoppedIn(int epoch, Spec spec, DataSet data, Checkpoint? from, int? threads = null)
    {
        Checkpoint? saved = null;
        CancelIn(epoch, spec, data, new TrainOptions { SaveCheckpoint = checkpoint => saved = checkpoint, ResumeFrom = from, Threads = threads });
        return saved!;
    }

    /// <summary>Cancels within an epoch: its steps are done, and then it is thrown away.</summary>
    private static void CancelIn(int epoch, Spec spec, DataSet data, TrainOptions options)
    {
        using CancellationTokenSource source = new();
        Assert.Throws<OperationCanceledException>(() => Trainer.Train(spec, data, options with
        {
            Cancellation = source.Token,
            Progress = new Relay(progress =>
            {
                if (progress.Epoch < epoch)
                    return;
                source.Cancel();
                source.Token.ThrowIfCancellationRequested();
            }),
        }));
    }

    private static string Mlp(string train, string loss = "{reconstruction: mse, kl: 0.1}", string data = "", string layers = "") => $$$"""
        name: small
        data: {source: npy, path: x.npy, shape: [12]{{{data}}}}
        encoder: [{linear: 16}, {{{layers}}}relu]
        latent: 2
        decoder: [{linear: 16}, {{{layers}}}relu, {linear: {out: auto, act: sigmoid}}]
        loss: {{{loss}}}
        train: {{{train}}}
        """;

    private static string Recurrent(string kind) => $$$"""
        name: recurrent
        data: {source: npy, path: x.npy, shape: [12, 2], scale: none}
        encoder:
          - {{{kind}}}: {hidden: 8, return: last, layers: 2, dropout: 0.1}
        latent: 3
        decoder:
          - repeat: 12
          - {{{kind}}}: {hidden: 8, return: sequence}
          - linear: auto
        loss: {reconstruction: mse, kl: {from: 0, to: 0.1, epochs: 2}}
        train: {epochs: 4, optimizer: adam, lr: 1e-2, clip-norm: 1, {{{Common}}}}
        """;

    private const string Conditional = $$$"""
        name: conditional
        data: {source: npy, path: x.npy, labels: y.npy, classes: 4, shape: [12]}
        condition: {label: {embedding: 3}}
        encoder: [{concat: label}, {linear: {out: 16, act: relu}}]
        latent: 2
        decoder: [{concat: label}, {linear: {out: 16, act: relu}}, {linear: auto}]
        loss: {reconstruction: mse, kl: 0.1}
        train: {epochs: 4, optimizer: adam, lr: 1e-2, {{{Common}}}}
        """;

    private sealed class Relay(Action<TrainingProgress> handler) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => handler(value);
    }
}
