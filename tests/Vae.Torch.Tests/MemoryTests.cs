using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Torch.Tests;

/// <summary>The count of living tensors is the process's: nothing else may run beside these.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public class MemoryTests
{
    // TorchSharp never takes back its count of a tensor that became a Parameter, though its memory is the Parameter's and is freed with
    // it. The model has eight parameters, and a training makes one more to try the optimizer.
    private const int Parameters = 8;

    [Fact]
    public void The_number_of_tensors_is_the_same_after_every_epoch_and_nothing_is_left_in_the_end()
    {
        Spec spec = Specs.Mlp("{epochs: 5, batch: 32, optimizer: adam, lr: 2e-3, clip-norm: 1, seed: 7, threads: 1, device: cpu, stop: {on: validation.loss, patience: 5}}", data: ", validation: 0.2");
        EvaluationRequest[] requests =
        [
            new EvaluationRequest.Codes("test"), new EvaluationRequest.Manifold(4), new EvaluationRequest.LatentStatistics("test"), new EvaluationRequest.Traversal("test", 2, 3, 3, 0),
            new EvaluationRequest.Interpolations("test", 2, 3), new EvaluationRequest.Windows("test", 3),
        ];
        Trainer.Train(spec, Specs.Data(spec, validation: 30), new TrainOptions { Requests = requests });

        long before = torch.Tensor.TotalCount;
        Counts counts = new();
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec, validation: 30), new TrainOptions { Progress = counts, Requests = requests });
        Assert.Equal(5, counts.AtEpochs.Count);
        Assert.Single(counts.AtEpochs.Skip(1).Distinct());
        Assert.Equal(before + Parameters + 1, torch.Tensor.TotalCount);

        before = torch.Tensor.TotalCount;
        using (VaeModel model = VaeModel.Load(spec, result.Weights))
            model.Sample(3, 1);
        Assert.Equal(before + Parameters, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Residuals_and_embeddings_leave_no_tensor_behind()
    {
        Spec spec = Specs.Parse("""
            name: nested
            data: {source: npy, path: x.npy, shape: [6], scale: none}
            encoder: [{embedding: {num: 2, dim: 4}}, {residual: {layers: [{conv1d: {out: 3, kernel: 3, stride: 2, padding: 1, channels-last: true}}, {batchnorm: {channels-last: true}}], project: true}}, flatten]
            latent: 2
            decoder: [{linear: 8}, {residual: [{linear: 8}, relu, {dropout: 0.1}]}, {linear: auto}]
            loss: {reconstruction: mse, kl: 1}
            train: {epochs: 3, batch: 32, optimizer: adam, lr: 1e-3, seed: 3, threads: 1, device: cpu}
            """);
        DataSet data = Specs.Data(spec);
        data = data with { Train = Whole(data.Train), Test = Whole(data.Test!) };
        Counts counts = new();
        TrainingResult result = Trainer.Train(spec, data, new TrainOptions { Progress = counts });
        Assert.Single(counts.AtEpochs.Skip(1).Distinct());
        using VaeModel model = VaeModel.Load(spec, result.Weights);
        Assert.True(Specs.SameBits(result.Weights, model.Weights()));

        static Examples Whole(Examples examples) => new(examples.Shape, [.. examples.Floats!.Select(value => MathF.Round(value))], examples.Labels);
    }

    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Recurrent_layers_leave_no_tensor_behind(string kind)
    {
        Spec spec = Specs.Recurrent(kind, "layers: 2, bidirectional: true, dropout: 0.1");
        Counts counts = new();
        Trainer.Train(spec, Specs.Data(spec), new TrainOptions { Progress = counts });
        Assert.Equal(3, counts.AtEpochs.Count);
        Assert.Single(counts.AtEpochs.Skip(1).Distinct());
    }

    [Fact]
    public void Labels_leave_nothing_behind_either()
    {
        Spec spec = Specs.Parse("""
            name: conditional
            data: {source: npy, path: x.npy, labels: y.npy, classes: 4, shape: [12], validation: 0.2}
            condition: {label: embedding}
            encoder: [concat: label, linear: 16]
            latent: 2
            decoder: [concat: label, linear: {out: auto, act: sigmoid}]
            loss: {reconstruction: mse, kl: 1}
            train: {epochs: 4, batch: 32, optimizer: adam, lr: 2e-3, seed: 7, threads: 1, device: cpu}
            """);
        EvaluationRequest[] requests = [new EvaluationRequest.Codes("test"), new EvaluationRequest.LabelSamples(2), new EvaluationRequest.Manifold(3)];
        Trainer.Train(spec, Specs.Data(spec, validation: 30), new TrainOptions { Requests = requests });

        // Seven parameters, and the one that the optimizer is tried with.
        const int left = 8;
        long before = torch.Tensor.TotalCount;
        Counts counts = new();
        Trainer.Train(spec, Specs.Data(spec, validation: 30), new TrainOptions { Progress = counts, Requests = requests });
        Assert.Equal(4, counts.AtEpochs.Count);
        Assert.Single(counts.AtEpochs.Skip(1).Distinct());
        Assert.Equal(before + left, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Cancellation_leaves_nothing_behind()
    {
        Spec spec = Specs.Mlp();
        Trainer.Train(spec, Specs.Data(spec));
        long before = torch.Tensor.TotalCount;
        using CancellationTokenSource source = new();
        Counts counts = new() { After = source.Cancel };
        Assert.Throws<OperationCanceledException>(() => Trainer.Train(spec, Specs.Data(spec), new TrainOptions { Progress = counts, Cancellation = source.Token }));
        Assert.Equal(before + Parameters + 1, torch.Tensor.TotalCount);
    }

    private sealed class Counts : IProgress<TrainingProgress>
    {
        public List<long> AtEpochs { get; } = [];

        public Action? After { get; init; }

        public void Report(TrainingProgress value)
        {
            if (value.EpochDone)
                AtEpochs.Add(torch.Tensor.TotalCount);
            After?.Invoke();
        }
    }
}
