using TorchSharp;
using TorchSharp.Modules;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Results;
using Vae.Torch.Losses;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Trainings in 64-bit floats: double throughout, and in step with those in 32 bits.</summary>
public class PrecisionTests
{
    private const string Bce = "{reconstruction: bce, kl: 1}";

    private static readonly EvaluationRequest[] Requests =
    [
        new EvaluationRequest.Codes("test"), new EvaluationRequest.Reconstructions("test", 6), new EvaluationRequest.PriorSamples(6),
        new EvaluationRequest.Manifold(3, 0.1), new EvaluationRequest.Traversal("test", 2, 5, 1, 4),
        new EvaluationRequest.Interpolations("test", 6, 3), new EvaluationRequest.LatentStatistics("test"),
    ];

    public PrecisionTests() => TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = 1 });

    /// <summary>Layers, the rest of <c>train</c>, the loss, and the rest of <c>data</c>.</summary>
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "linear: 16, tanh, dropout: 0.2", "optimizer: adam, ema: 0.9", Bce, ", binarize: dynamic" },

        // A bias before a batch norm has a gradient of 0, and Adam would make whole steps of its rounding.
        { "linear: {out: 16, bias: false}, batchnorm, silu", "optimizer: {adamw: {weight-decay: 0.1}}, clip-norm: 1", "{reconstruction: mse, kl: {weight: 1, free-bits: 0.1}, terms: [tc: 1, dip: 1, mmd: {weight: 1, kernel: imq}]}", "" },
        { "concat: label, linear: 16, tanh", "optimizer: {sgd: {momentum: 0.9}}, stop: {on: train.loss, patience: 2}", "{reconstruction: mse, kl: learned}", ", labels: y.npy, classes: 4" },
        { "linear: {out: [4, 3]}, gru: {hidden: 5, return: last}", "optimizer: {rmsprop: {centered: true}}, schedule: {plateau: {on: train.loss}}", "{reconstruction: continuous-bernoulli, kl: {weight: 5, capacity: 1}}", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_training_in_64_bits_follows_the_one_in_32(string layers, string train, string loss, string data)
    {
        Spec narrow = Spec("float32", layers, train, loss, data), wide = Spec("float64", layers, train, loss, data);
        DataSet set = Specs.Data(narrow);
        TrainingResult expected = Trainer.Train(narrow, set, new TrainOptions { Requests = Requests });
        TrainingResult actual = Trainer.Train(wide, set, new TrainOptions { Requests = Requests });

        Assert.Equal(expected.Curve.Columns, actual.Curve.Columns);
        Assert.Equal(expected.Curve.Rows.Count, actual.Curve.Rows.Count);
        Assert.All(expected.Curve.Rows.Zip(actual.Curve.Rows), rows => Near(rows.First, rows.Second));
        Assert.Equal(expected.Metrics.Keys, actual.Metrics.Keys);
        Near([.. expected.Metrics.Values], [.. actual.Metrics.Values]);
        Near(expected.Weights, actual.Weights);
        Assert.False(Specs.SameBits(expected.Weights, actual.Weights));
        foreach ((Evaluation first, Evaluation second) in expected.Evaluations.Zip(actual.Evaluations))
            Near(first.Arrays, second.Arrays);
        Assert.True(Specs.SameBits(actual.Weights, Trainer.Train(wide, set).Weights));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_is_double_throughout_and_starts_from_the_weights_of_32_bits(string layers, string train, string loss, string data)
    {
        using RandomStreams streams = new(7, CPU), same = new(7, CPU);
        using VaeNetwork wide = new(Spec("float64", layers, train, loss, data), streams, CPU);
        using VaeNetwork narrow = new(Spec("float32", layers, train, loss, data), same, CPU);

        Assert.All(wide.Trainable, parameter => Assert.Equal(float64, parameter.dtype));
        Tensor[] arrays = [.. wide.Snapshot()], means = [.. wide.Averaged()];
        Assert.All(arrays.Concat(means), array => Assert.Equal(float64, array.dtype));
        Assert.True(Specs.SameBits(narrow.Export(), wide.Export()));
        Assert.Equal(streams.Training.get_state().data<byte>().ToArray(), same.Training.get_state().data<byte>().ToArray());
        foreach (Tensor tensor in arrays.Concat(means))
            tensor.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_of_the_whole_model_are_those_of_finite_differences(string layers, string train, string loss, string data)
    {
        // A difference of 1e-6 of a weight would drown in the rounding of a single 32-bit operation on the way.
        const double step = 1e-6;
        Spec spec = Spec("float64", layers, train, loss, data.Replace(", binarize: dynamic", "", StringComparison.Ordinal));
        using DisposeScope scope = NewDisposeScope();
        using RandomStreams streams = new(7, CPU);
        using VaeNetwork network = new(spec, streams, CPU);
        var objective = new Objective(spec, network);
        var formula = new LossFormula(spec.Loss, 1);
        using ExampleTensor examples = new(Specs.Curve(spec.Data.Shape, 20), binarize: false, network.Type, CPU, withLabels: spec.Condition is not null);

        Loss().backward();
        foreach (Parameter parameter in network.Trainable)
        {
            double gradient = parameter.grad!.flatten()[0].item<double>();
            double slope = (Moved(parameter, step) - Moved(parameter, -step)) / (2 * step);
            Assert.True(Math.Abs(slope - gradient) < 1e-6 * (1 + Math.Abs(gradient)), $"{gradient} by backpropagation, {slope} by differences");
        }

        Tensor Loss()
        {
            // The same noise every time, and what dropout leaves out.
            network.eval();
            using Generator draws = new(3);
            Tensor noise = network.Draw(20, draws);
            Assert.Equal(float64, noise.dtype);
            Tensor total = formula.Total(objective.Forward(examples.Range(0, 20, draws), noise, 40, draws, examples.LabelRange(0, 20)), formula.Final);
            Assert.Equal(float64, total.dtype);
            return total;
        }

        double Moved(Parameter parameter, double difference)
        {
            using IDisposable frozen = no_grad();
            Tensor first = parameter.flatten()[0];
            first.add_(difference);
            double value = Loss().item<double>();
            first.sub_(difference);
            return value;
        }
    }

    [Fact]
    public void Losses_are_not_rounded_on_their_way_into_the_curve()
    {
        // One batch of an epoch, so that the mean over it is the number itself.
        Spec spec = Specs.Mlp("{epochs: 3, batch: 256, optimizer: sgd, lr: 1e-3, seed: 7, threads: 1, device: cpu, precision: float64}");
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec, train: 256, validation: 256));
        foreach (string column in new[] { "train.reconstruction", "train.kl", "validation.reconstruction", "validation.kl" })
            Assert.All(result.Curve.Column(column)!, value => Assert.NotEqual((float)value, value));
    }

    [Fact]
    public void A_model_is_read_back_and_decodes_in_double()
    {
        Spec spec = Specs.Mlp("{epochs: 3, batch: 50, optimizer: adam, lr: 1e-2, seed: 7, threads: 1, device: cpu, precision: float64}");
        DataSet data = Specs.Data(spec);
        TrainingResult result = Trainer.Train(spec, data, new TrainOptions { Requests = [new EvaluationRequest.Codes("test")] });
        using VaeModel model = VaeModel.Load(spec, result.Weights);
        Assert.True(Specs.SameBits(result.Weights, model.Weights()));
        (float[] means, float[] _) = model.Encode(data.Test!.Floats!);
        Near([.. result.Evaluations[0].Arrays[0].Values.Select(value => (double)value)], [.. means.Select(value => (double)value)]);
        Assert.Equal(5 * 12, model.Sample(5, 1).Length);
    }

    private static Spec Spec(string precision, string layers, string train, string loss, string data) => Specs.Parse($$"""
        name: precise
        data: {source: npy, path: x.npy, shape: [12], test: 0.2{{data}}}
        {{(layers.StartsWith("concat", StringComparison.Ordinal) ? "condition: {label: {embedding: 3}}" : "")}}
        encoder: [{{layers}}]
        latent: 2
        decoder: [{{(layers.StartsWith("concat", StringComparison.Ordinal) ? "concat: label, " : "")}}linear: {out: 16, act: silu}, linear: {out: auto, act: sigmoid}]
        loss: {{loss}}
        train: {epochs: 4, batch: 50, lr: 2e-3, seed: 7, threads: 1, device: cpu, precision: {{precision}}, {{train}}}
        """);

    private static void Near(IReadOnlyList<NamedArray> expected, IReadOnlyList<NamedArray> actual) => Assert.All(expected.Zip(actual), pair =>
    {
        Assert.Equal(pair.First.Name, pair.Second.Name);
        Near([.. pair.First.Values.Select(value => (double)value)], [.. pair.Second.Values.Select(value => (double)value)]);
    });

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - Margin(pair.First), pair.First + Margin(pair.First)));
        static double Margin(double value) => 2e-4 * (1 + Math.Abs(value));
    }
}
