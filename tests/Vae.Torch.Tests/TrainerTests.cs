using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Torch.Tests;

public class TrainerTests
{
    [Fact]
    public void Training_lowers_the_loss_and_leaves_a_row_an_epoch()
    {
        Spec spec = Specs.Mlp(train: "{epochs: 20, batch: 32, optimizer: adam, lr: 1e-2, seed: 7, threads: 1, device: cpu}", loss: "{reconstruction: mse, kl: 0.01}");
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec));

        Assert.Equal(["epoch", "train.loss", "train.reconstruction", "train.kl", "kl.weight", "lr"], result.Curve.Columns);
        Assert.Equal(20, result.Curve.Rows.Count);
        double[] losses = result.Curve.Column("train.loss")!;
        Assert.True(losses[^1] < losses[0] / 2, $"{losses[0]} -> {losses[^1]}");
        Assert.Equal(losses[^1], result.Metrics["train.loss"]);
        Assert.Equal(1, result.Run.Threads);
        Assert.Equal("cpu", result.Run.Device);
        Assert.Equal(20, result.Run.EpochSeconds.Count);
    }

    [Fact]
    public void The_state_dict_has_the_names_and_shapes_of_the_same_modules_in_PyTorch()
    {
        Spec spec = Specs.Mlp();
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec));
        Assert.Equal(
            [
                "encoder.0.weight [16,12]", "encoder.0.bias [16]",
                "latent.mu.weight [2,16]", "latent.mu.bias [2]", "latent.logvar.weight [2,16]", "latent.logvar.bias [2]",
                "decoder.0.weight [16,2]", "decoder.0.bias [16]", "decoder.2.weight [12,16]", "decoder.2.bias [12]",
            ],
            result.Weights.Select(array => $"{array.Name} {array.Shape}"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        Spec spec = Specs.Mlp();
        DataSet data = Specs.Data(spec);
        IReadOnlyList<NamedArray> first = Trainer.Train(spec, data).Weights;
        Assert.True(Specs.SameBits(first, Trainer.Train(spec, data).Weights));
        Assert.False(Specs.SameBits(first, Trainer.Train(spec with { Train = spec.Train with { Seed = 8 } }, data).Weights));
    }

    [Fact]
    public void A_validation_split_adds_columns_and_changes_no_weight()
    {
        Spec spec = Specs.Mlp();
        TrainingResult without = Trainer.Train(spec, Specs.Data(spec));
        TrainingResult with = Trainer.Train(spec, Specs.Data(spec, validation: 40));
        Assert.Contains("validation.loss", with.Curve.Columns);
        Assert.Equal(
            with.Curve.Column("validation.loss")![1],
            with.Curve.Column("validation.reconstruction")![1] + with.Curve.Column("validation.kl")![1],
            10);
        Assert.True(Specs.SameBits(without.Weights, with.Weights));
    }

    [Fact]
    public void A_last_short_batch_counts_by_its_examples()
    {
        // With a learning rate of next to nothing, the epoch's mean is the mean over all examples, however they are cut up.
        string Train(int batch) => $"{{epochs: 1, batch: {batch}, optimizer: sgd, lr: 1e-30, seed: 7, threads: 1, device: cpu}}";
        Spec whole = Specs.Mlp(Train(101)), cut = Specs.Mlp(Train(100));
        DataSet data = Specs.Data(whole, train: 101);
        double expected = Trainer.Train(whole, data).Metrics["train.kl"];
        Assert.Equal(expected, Trainer.Train(cut, data).Metrics["train.kl"], 6);
    }

    [Fact]
    public void A_length_in_steps_may_end_within_an_epoch()
    {
        Spec spec = Specs.Mlp("{steps: 10, batch: 32, optimizer: adam, lr: 2e-3, seed: 7, threads: 1, device: cpu}");
        List<TrainingProgress> reports = [];
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec, train: 200), new TrainOptions { Progress = new Reports(reports) });
        Assert.Equal(2, result.Curve.Rows.Count);
        Assert.Equal([7, 3], reports.Where(report => report.EpochDone).Select(report => report.Steps));
    }

    [Fact]
    public void Mean_squared_error_with_reduce_mean_is_the_sum_by_the_number_of_features()
    {
        string train = "{epochs: 1, batch: 200, optimizer: sgd, lr: 1e-30, seed: 7, threads: 1, device: cpu}";
        Spec sum = Specs.Mlp(train), mean = Specs.Mlp(train, loss: "{reconstruction: {mse: {reduce: mean}}, kl: 1}");
        DataSet data = Specs.Data(sum);
        Assert.Equal(Trainer.Train(sum, data).Metrics["train.reconstruction"] / 12, Trainer.Train(mean, data).Metrics["train.reconstruction"], 6);
    }

    [Fact]
    public void The_weight_of_a_ramp_rises_step_by_step_and_the_curve_shows_where_it_got()
    {
        Spec spec = Specs.Mlp(
            "{epochs: 3, batch: 50, optimizer: sgd, lr: 1e-30, seed: 7, threads: 1, device: cpu}",
            "{reconstruction: mse, kl: {weight: {from: 0, to: 1, epochs: 2}}}");
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec, train: 200));

        // Four steps an epoch: the weights are 0, 1/8 … 7/8, then 1.
        Assert.Equal([0.375, 0.875, 1], result.Curve.Column("kl.weight")!);
        double kl = result.Curve.Column("train.kl")![0];
        double difference = result.Curve.Column("train.loss")![0] - result.Curve.Column("train.reconstruction")![0];
        Assert.Equal(kl * 0.1875, difference, 2);
        Assert.Equal(result.Metrics["test.reconstruction"] + result.Metrics["test.kl"], result.Metrics["test.loss"], 10);
    }

    [Fact]
    public void Early_stopping_ends_after_its_patience_and_brings_back_the_best_weights()
    {
        // With a learning rate of next to nothing no epoch improves on the first.
        string loss = "{reconstruction: mse, kl: 0.001}";
        string train = "batch: 50, optimizer: sgd, lr: 1e-30, seed: 7, threads: 1, device: cpu";
        Spec stopping = Specs.Mlp($"{{epochs: 30, {train}, stop: {{on: validation.loss, patience: 3}}}}", loss, data: ", validation: 0.2");
        TrainingResult stopped = Trainer.Train(stopping, Specs.Data(stopping, validation: 60));
        Assert.Equal(4, stopped.Curve.Rows.Count);

        Spec one = Specs.Mlp($"{{epochs: 1, {train}}}", loss);
        Assert.True(Specs.SameBits(Trainer.Train(one, Specs.Data(one)).Weights, stopped.Weights));
        Assert.Equal(stopped.Curve.Column("train.loss")![0], stopped.Metrics["train.loss"]);
    }

    [Fact]
    public void While_the_weight_rises_early_stopping_compares_with_its_final_value()
    {
        // With the weight of the moment, the validation loss would rise from epoch to epoch and stop the training at once.
        Spec spec = Specs.Mlp(
            "{epochs: 8, batch: 50, optimizer: adam, lr: 1e-5, seed: 7, threads: 1, device: cpu, stop: {on: validation.loss, patience: 1}}",
            "{reconstruction: mse, kl: {weight: {from: 0, to: 100, epochs: 8}}}",
            data: ", validation: 0.2");
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec, validation: 60));
        double[] losses = result.Curve.Column("validation.loss")!;
        Assert.True(losses[1] > losses[0], "the test needs a loss that rises with the weight");
        Assert.True(result.Curve.Rows.Count > 2, $"stopped after {result.Curve.Rows.Count} epochs");
    }

    [Fact]
    public void Stopping_on_a_column_that_is_not_there_is_refused()
    {
        Spec spec = Specs.Mlp();
        spec = spec with { Train = spec.Train with { Stop = new StopSpec("validation.loss", 3) } };
        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, Specs.Data(spec)));
        Assert.Equal(DiagnosticTable.Training.StopColumn, failure.Diagnostics[0].Code);
    }

    [Fact]
    public void Schedules_change_the_rate_of_each_epoch()
    {
        Spec spec = Specs.Mlp("{epochs: 3, batch: 50, optimizer: adam, lr: 1e-2, schedule: {exponential: 0.5}, seed: 7, threads: 1, device: cpu}");
        Assert.Equal([1e-2, 5e-3, 2.5e-3], Trainer.Train(spec, Specs.Data(spec)).Curve.Column("lr")!);
    }

    [Fact]
    public void Bytes_train_as_the_floats_that_they_stand_for()
    {
        Spec spec = Specs.Mlp();
        DataSet floats = Specs.Data(spec);
        byte[] raw = [.. floats.Train.Floats!.Select(value => (byte)(value * 255))];
        var bytes = new Examples(spec.Data.Shape, raw, 1 / 255f, 0);
        var same = new Examples(spec.Data.Shape, [.. raw.Select(value => value * (1 / 255f))]);
        Assert.True(Specs.SameBits(
            Trainer.Train(spec, floats with { Train = bytes }).Weights,
            Trainer.Train(spec, floats with { Train = same }).Weights));
    }

    [Fact]
    public void Dynamic_binarization_sees_other_data_and_stays_reproducible()
    {
        Spec grey = Specs.Mlp(loss: "{reconstruction: bce, kl: 1}");
        Spec binary = Specs.Mlp(loss: "{reconstruction: bce, kl: 1}", data: ", binarize: dynamic");
        DataSet data = Specs.Data(grey);
        TrainingResult first = Trainer.Train(binary, data);
        Assert.True(Specs.SameBits(first.Weights, Trainer.Train(binary, data).Weights));
        Assert.False(Specs.SameBits(first.Weights, Trainer.Train(grey, data).Weights));
    }

    [Fact]
    public void Dynamic_binarization_bears_held_out_values_beyond_what_was_trained_on()
    {
        Spec spec = Specs.Mlp(data: ", binarize: dynamic");
        DataSet data = Specs.Data(spec);
        data = data with { Test = new Examples(spec.Data.Shape, [.. data.Test!.Floats!.Select(value => (value * 1.5f) - 0.25f)]) };

        Assert.True(double.IsFinite(Trainer.Train(spec, data).Metrics["test.loss"]));
    }

    [Fact]
    public void Dynamic_binarization_refuses_to_train_on_values_outside_0_to_1()
    {
        Spec spec = Specs.Mlp(data: ", binarize: dynamic");
        DataSet data = Specs.Data(spec);
        data = data with { Train = new Examples(spec.Data.Shape, [.. data.Train.Floats!.Select(value => value * 3)]) };

        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, data));

        Assert.Equal(DiagnosticTable.Training.DataRange, failure.Diagnostics[0].Code);
        Assert.Contains("'data.binarize: dynamic' needs data in 0..1", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 20, "'train.batch' is 1")]
    [InlineData(8, 1, "the training set holds only one")]
    public void A_batch_norm_of_features_is_refused_over_a_single_example(int batch, int examples, string why)
    {
        Spec spec = Specs.Parse($$"""
            name: normed
            data: {source: npy, path: x.npy, shape: [12]}
            encoder: [linear: 8, batchnorm]
            latent: 2
            decoder: [{linear: auto}, sigmoid]
            loss: {reconstruction: mse}
            train: {epochs: 1, batch: {{batch}}, threads: 1, device: cpu}
            """);

        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, Specs.Data(spec, examples)));

        Assert.Equal(DiagnosticTable.Training.SingleExample, failure.Diagnostics[0].Code);
        Assert.Contains($"batchnorm cannot normalize [8] over a single example, and {why}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clipping_bounds_the_first_step_of_plain_descent()
    {
        string Train(string clip) => $"{{steps: 1, batch: 200, optimizer: {{sgd: {{}}}}, lr: 1, seed: 7, threads: 1, device: cpu{clip}}}";
        Spec free = Specs.Mlp(Train("")), clipped = Specs.Mlp(Train(", clip-norm: 0.01"));
        DataSet data = Specs.Data(free);
        IReadOnlyList<NamedArray> start = Trainer.Train(free with { Train = free.Train with { LearningRate = 1e-30 } }, data).Weights;
        Assert.True(Distance(start, Trainer.Train(free, data).Weights) > 0.1);
        Assert.Equal(0.01, Distance(start, Trainer.Train(clipped, data).Weights), 4);
    }

    [Fact]
    public void Progress_is_told_at_every_epoch_with_the_curve_s_own_numbers()
    {
        Spec spec = Specs.Mlp();
        List<TrainingProgress> reports = [];
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec, validation: 30), new TrainOptions { Progress = new Reports(reports) });
        TrainingProgress[] ends = [.. reports.Where(report => report.EpochDone)];
        Assert.Equal([1, 2], ends.Select(report => report.Epoch));
        Assert.Equal(result.Curve.Column("train.loss")!, ends.Select(report => report.Loss));
        Assert.Equal(result.Curve.Column("validation.loss")!, ends.Select(report => report.ValidationLoss!.Value));
        Assert.All(reports, report => Assert.Equal(2, report.Epochs));
    }

    [Fact]
    public void Cancellation_stops_before_the_next_batch()
    {
        Spec spec = Specs.Mlp("{epochs: 100000, batch: 32, optimizer: adam, lr: 2e-3, seed: 7, threads: 1, device: cpu}");
        using CancellationTokenSource source = new();
        List<TrainingProgress> reports = [];
        var progress = new Reports(reports) { After = _ => source.Cancel() };
        Assert.Throws<OperationCanceledException>(() => Trainer.Train(spec, Specs.Data(spec), new TrainOptions { Progress = progress, Cancellation = source.Token }));
        Assert.Single(reports);
    }

    [Fact]
    public void Cuda_without_a_device_is_refused()
    {
        if (Vae.Torch.Native.TorchRuntime.EnsureLoaded().CudaAvailable)
            return;
        Spec spec = Specs.Mlp();
        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, Specs.Data(spec), new TrainOptions { Device = DeviceChoice.Cuda }));
        Assert.Equal(DiagnosticTable.Training.NoCuda, failure.Diagnostics[0].Code);
        Assert.Contains("device: cpu", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gru", "layers: 1")]
    [InlineData("lstm", "layers: 2, bidirectional: true, dropout: 0.1")]
    public void A_recurrent_spec_learns_series_and_gives_the_same_bits_again(string kind, string arguments)
    {
        Spec spec = Specs.Recurrent(kind, arguments, "{epochs: 30, batch: 64, optimizer: adam, lr: 1e-2, clip-norm: 1, seed: 7, threads: 1, device: cpu}");
        DataSet data = Specs.Data(spec, train: 300);
        TrainingResult result = Trainer.Train(spec, data);
        double[] losses = result.Curve.Column("train.reconstruction")!;
        Assert.True(losses[^1] < 0.3 * losses[0], $"from {losses[0]} to {losses[^1]}");
        Assert.True(Specs.SameBits(result.Weights, Trainer.Train(spec, data).Weights));
    }

    [Fact]
    public void Data_of_another_shape_is_refused()
    {
        Spec spec = Specs.Mlp();
        DataSet data = Specs.Data(spec) with { Test = Specs.Curve([3, 4], 10) };
        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, data));
        Assert.Equal(DiagnosticTable.Training.DataShape, failure.Diagnostics[0].Code);
    }

    private static double Distance(IReadOnlyList<NamedArray> first, IReadOnlyList<NamedArray> second) => Math.Sqrt(
        first.Zip(second).Sum(pair => pair.First.Values.Zip(pair.Second.Values).Sum(numbers => Math.Pow(numbers.First - numbers.Second, 2))));

    private sealed class Reports(List<TrainingProgress> list) : IProgress<TrainingProgress>
    {
        public Action<TrainingProgress>? After { get; init; }

        public void Report(TrainingProgress value)
        {
            list.Add(value);
            After?.Invoke(value);
        }
    }
}
