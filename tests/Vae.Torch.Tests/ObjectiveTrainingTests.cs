using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Torch.Tests;

/// <summary>Losses, schedules and averages as a training shows them.</summary>
public class ObjectiveTrainingTests
{
    private const string Still = "{epochs: 2, batch: 50, optimizer: sgd, lr: 1e-30, seed: 7, threads: 1, device: cpu}";

    [Fact]
    public void Terms_have_columns_of_every_split_and_count_their_weight_in_the_loss()
    {
        Spec spec = Specs.Mlp(Still, "{reconstruction: mse, kl: 0.5, terms: [tc: 3, dip: 2, mmd: 10]}");
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec, validation: 60));

        Assert.Equal(
            [
                "epoch", "train.loss", "train.reconstruction", "train.kl", "train.tc", "train.dip", "train.mmd",
                "validation.loss", "validation.reconstruction", "validation.kl", "validation.tc", "validation.dip", "validation.mmd", "kl.weight", "lr",
            ],
            result.Curve.Columns);
        foreach (string split in new[] { "train", "validation", "test" })
        {
            double Of(string measure) => result.Metrics[$"{split}.{measure}"];
            Assert.Equal(Of("reconstruction") + (0.5 * Of("kl")) + (3 * Of("tc")) + (2 * Of("dip")) + (10 * Of("mmd")), Of("loss"), 5);
        }
    }

    [Fact]
    public void A_heavier_term_ends_smaller()
    {
        double Final(string weight)
        {
            Spec spec = Specs.Mlp(
                "{epochs: 15, batch: 50, optimizer: adam, lr: 1e-2, seed: 7, threads: 1, device: cpu}",
                $"{{reconstruction: mse, kl: 0.001, terms: [dip: {weight}]}}");
            return Trainer.Train(spec, Specs.Data(spec)).Metrics["test.dip"];
        }

        Assert.True(Final("10") < 0.5 * Final("1e-6"));
    }

    [Fact]
    public void A_capacity_holds_the_divergence_and_is_a_column()
    {
        Spec spec = Specs.Mlp(
            "{epochs: 30, batch: 50, optimizer: adam, lr: 1e-2, seed: 7, threads: 1, device: cpu}",
            "{reconstruction: mse, kl: {weight: 100, capacity: {from: 0, to: 1.5, epochs: 10}}}");
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec));

        Assert.InRange(result.Metrics["test.kl"], 1.3, 1.7);
        double[] capacity = result.Curve.Column("kl.capacity")!;
        Assert.Equal([0.1125, 1.5], [Math.Round(capacity[0], 12), capacity[^1]]);
        Assert.Equal(result.Metrics["test.reconstruction"] + (100 * Math.Abs(result.Metrics["test.kl"] - 1.5)), result.Metrics["test.loss"], 8);
    }

    [Fact]
    public void Free_bits_keep_a_dimension_alive_that_the_weight_alone_would_close()
    {
        double Kl(string kl)
        {
            Spec spec = Specs.Mlp("{epochs: 20, batch: 50, optimizer: adam, lr: 1e-2, seed: 7, threads: 1, device: cpu}", $"{{reconstruction: mse, kl: {kl}}}");
            return Trainer.Train(spec, Specs.Data(spec)).Metrics["test.kl"];
        }

        Assert.True(Kl("{weight: 5}") < 0.1);
        Assert.InRange(Kl("{weight: 5, free-bits: 0.5}"), 0.45, 1.4);
    }

    [Fact]
    public void With_free_bits_the_losses_hold_the_floor_and_the_divergence_is_shown_as_it_is()
    {
        // At the start the divergence of both dimensions lies far below a floor of 4 nats.
        Spec spec = Specs.Mlp(Still, "{reconstruction: mse, kl: {weight: 0.5, free-bits: 4}}");
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec, validation: 60));
        Assert.All(["train", "validation", "test"], split =>
        {
            Assert.True(result.Metrics[split + ".kl"] < 1);
            Assert.Equal(result.Metrics[split + ".reconstruction"] + (0.5 * 8), result.Metrics[split + ".loss"], 5);
        });
    }

    [Fact]
    public void A_learned_sigma_finds_the_error_of_the_reconstruction()
    {
        Spec spec = Specs.Mlp(
            "{epochs: 150, batch: 50, optimizer: adam, lr: 1e-2, seed: 7, threads: 1, device: cpu}",
            "{reconstruction: mse, kl: learned}");
        DataSet data = Specs.Data(spec);
        TrainingResult result = Trainer.Train(spec, data);
        double[] sigma = result.Curve.Column("sigma")!, beta = result.Curve.Column("beta")!;
        Assert.All(sigma.Zip(beta), pair => Assert.Equal(2 * pair.First * pair.First, pair.Second, 12));
        Assert.All(result.Curve.Column("kl.weight")!, weight => Assert.Equal(1, weight));
        Assert.Equal(sigma[^1], result.Metrics["sigma"]);
        Assert.Equal(beta[^1], result.Metrics["beta"]);

        // With σ² the mean squared error, half of the likelihood's quadratic part is left of each feature.
        double best = Math.Exp((result.Metrics["train.reconstruction"] / 12) - 0.5 - (0.5 * Math.Log(2 * Math.PI)));
        Assert.InRange(result.Metrics["sigma"] / best, 0.85, 1.15);
        Assert.InRange(result.Metrics["sigma"], 0.01, 0.25);

        NamedArray parameter = result.Weights[^1];
        Assert.Equal("loss.log_sigma []", $"{parameter.Name} {parameter.Shape}");
        using VaeModel model = VaeModel.Load(spec, result.Weights);
        Assert.True(Specs.SameBits(result.Weights, model.Weights()));
    }

    [Fact]
    public void A_running_mean_of_weights_leaves_the_training_itself_as_it_is()
    {
        string Train(string ema) => $"{{epochs: 3, batch: 50, optimizer: adam, lr: 1e-2, seed: 7, threads: 1, device: cpu{ema}}}";
        Spec plain = Specs.Mlp(Train("")), averaged = Specs.Mlp(Train(", ema: 0.9"));
        DataSet data = Specs.Data(plain, validation: 60);
        TrainingResult without = Trainer.Train(plain, data), with = Trainer.Train(averaged, data);
        Assert.Equal(without.Curve.Column("train.loss"), with.Curve.Column("train.loss"));
        Assert.NotEqual(without.Curve.Column("validation.loss"), with.Curve.Column("validation.loss"));
        Assert.False(Specs.SameBits(without.Weights, with.Weights));
    }

    [Fact]
    public void What_is_validated_tested_and_kept_are_the_means()
    {
        // With plain descent in one batch an epoch, the weights after each step are those of shorter trainings.
        string Train(int epochs, string ema) => $"{{epochs: {epochs}, batch: 200, optimizer: sgd, lr: 0.02, seed: 7, threads: 1, device: cpu{ema}}}";
        DataSet data = Specs.Data(Specs.Mlp(), validation: 60);
        IReadOnlyList<NamedArray> After(int epochs)
        {
            Spec plain = Specs.Mlp(epochs == 0 ? "{epochs: 1, batch: 200, optimizer: sgd, lr: 1e-30, seed: 7, threads: 1, device: cpu}" : Train(epochs, ""));
            return Trainer.Train(plain, data).Weights;
        }

        double[] expected = [.. After(0)[0].Values.Select(value => (double)value)];
        for (int step = 1; step <= 3; step++)
        {
            double share = 1 - Math.Min(0.25, (1.0 + step) / (10 + step));
            IReadOnlyList<NamedArray> weights = After(step);
            expected = [.. expected.Zip(weights[0].Values, (mean, value) => mean + (share * (value - mean)))];
        }

        Spec averaged = Specs.Mlp(Train(3, ", ema: 0.25"));
        TrainingResult result = Trainer.Train(averaged, data);
        Assert.All(expected.Zip(result.Weights[0].Values), pair => Assert.Equal(pair.First, pair.Second, 6));

        // The last row's validation loss is the kept model's: trained from there with no rate, it is the first row's too.
        using VaeModel model = VaeModel.Load(averaged, result.Weights);
        Assert.Equal(result.Curve.Column("validation.kl")![^1], MeanKl(model, data.Validation!), 4);
    }

    [Fact]
    public void Early_stopping_brings_back_the_means_of_the_best_epoch()
    {
        string Train(int epochs, string stop) => $"{{epochs: {epochs}, batch: 50, optimizer: adam, lr: 3e-2, seed: 7, threads: 1, device: cpu, ema: 0.5{stop}}}";
        const string loss = "{reconstruction: mse, kl: 1}";
        Spec stopping = Specs.Mlp(Train(60, ", stop: {on: validation.loss, patience: 2}"), loss, data: ", validation: 0.2");
        DataSet data = Specs.Data(stopping, validation: 60);
        TrainingResult stopped = Trainer.Train(stopping, data);
        double[] losses = stopped.Curve.Column("validation.loss")!;
        int best = Array.IndexOf(losses, losses.Min());
        Assert.True(stopped.Curve.Rows.Count < 60, "the test needs a run that stops");
        Assert.Equal(best + 3, stopped.Curve.Rows.Count);

        Spec shorter = Specs.Mlp(Train(best + 1, ""), loss);
        Assert.True(Specs.SameBits(Trainer.Train(shorter, data).Weights, stopped.Weights));
    }

    [Fact]
    public void A_min_delta_and_weights_that_are_not_restored_are_heeded()
    {
        string Train(int epochs, string stop) => $"{{epochs: {epochs}, batch: 50, optimizer: adam, lr: 1e-3, seed: 7, threads: 1, device: cpu{stop}}}";
        Spec stopping = Specs.Mlp(Train(40, ", stop: {on: train.loss, patience: 3, min-delta: 1e9, restore-best: false}"));
        TrainingResult stopped = Trainer.Train(stopping, Specs.Data(stopping));
        Assert.Equal(4, stopped.Curve.Rows.Count);
        Assert.True(Specs.SameBits(Trainer.Train(Specs.Mlp(Train(4, "")), Specs.Data(stopping)).Weights, stopped.Weights));
        Assert.Equal(stopped.Curve.Column("train.loss")![3], stopped.Metrics["train.loss"]);
    }

    // Of 7 epochs of 4 steps each; in epochs, step s is at the time s/4. The column has the weight of an epoch's last step.
    [Theory]
    [InlineData("from: 0.5, to: 2.5, epochs: 4", 1, new[] { 3 / 16.0, 7 / 16.0, 11 / 16.0, 15 / 16.0 })]
    [InlineData("from: 0.5, to: 2.5, steps: 12", 1, new[] { 3 / 12.0, 7 / 12.0, 11 / 12.0 })]
    [InlineData("from: 0.5, to: 2.5, steps: 18, cycles: 3", 3, new[] { 9 / 18.0, 21 / 18.0 - 1, 33 / 18.0 - 1, 45 / 18.0 - 2 })]
    [InlineData("from: 0.5, to: 2.5, epochs: 6, cycles: 2", 2, new[] { 6 / 24.0, 14 / 24.0, 22 / 24.0, 30 / 24.0 - 1, 38 / 24.0 - 1, 46 / 24.0 - 1 })]
    [InlineData("from: 2.5, to: 0.5, epochs: 2", 1, new[] { 3 / 8.0, 7 / 8.0 })]
    public void The_weight_of_an_epoch_s_last_step_is_a_column(string ramp, int cycles, double[] shares)
    {
        foreach (string shape in new[] { "linear", "cosine", "sigmoid" })
        {
            Spec spec = Specs.Mlp("{epochs: 7, batch: 50, optimizer: sgd, lr: 1e-30, seed: 7, threads: 1, device: cpu}", $"{{reconstruction: mse, kl: {{{ramp}, shape: {shape}}}}}");
            TrainingResult result = Trainer.Train(spec, Specs.Data(spec));
            var weight = (WeightSpec.Ramp)spec.Loss.KlWeight;
            Assert.Equal(cycles, weight.Cycles);
            double[] column = result.Curve.Column("kl.weight")!;
            for (int epoch = 0; epoch < 7; epoch++)
                Assert.Equal(epoch < shares.Length ? weight.From + ((weight.To - weight.From) * Share(shape, shares[epoch])) : weight.To, column[epoch], 12);

            // What the test is measured with is the final weight.
            Assert.Equal(result.Metrics["test.reconstruction"] + (weight.To * result.Metrics["test.kl"]), result.Metrics["test.loss"], 6);
        }
    }

    [Theory]
    [InlineData("validation", "kl: {from: 0, to: 4, epochs: 30}", 4, null)]
    [InlineData("train", "kl: {from: 0, to: 4, steps: 120, shape: sigmoid}", 4, null)]
    [InlineData("validation", "kl: {weight: 3, capacity: {from: 0, to: 1, epochs: 30}}", 3, 1.0)]
    public void Early_stopping_compares_losses_under_what_holds_in_the_end(string split, string kl, double weight, double? capacity)
    {
        Spec spec = Specs.Mlp(
            $"{{epochs: 60, batch: 50, optimizer: adam, lr: 1e-2, seed: 7, threads: 1, device: cpu, stop: {{on: {split}.loss, patience: 4}}}}",
            $"{{reconstruction: mse, {kl}}}",
            data: ", validation: 0.2",
            latent: "{dim: 2, logvar-clamp: [-10, -3]}");
        TrainingResult result = Trainer.Train(spec, Specs.Data(spec, validation: 60));

        double[] ofTheMoment = result.Curve.Column(split + ".loss")!;
        double[] inTheEnd = [.. result.Curve.Column(split + ".reconstruction")!.Zip(result.Curve.Column(split + ".kl")!, (reconstruction, divergence) =>
            reconstruction + (weight * (capacity is double nats ? Math.Abs(divergence - nats) : divergence)))];
        (int best, int epochs) = Stopped(inTheEnd, patience: 4);
        Assert.NotEqual((best, epochs), Stopped(ofTheMoment, patience: 4));
        Assert.Equal(epochs, result.Curve.Rows.Count);
        Assert.Equal(ofTheMoment[best], result.Metrics[split + ".loss"]);
    }

    [Fact]
    public void The_total_correlation_of_a_training_stays_within_its_bounds()
    {
        // With posteriors of independent dimensions, TC = Σ I(x; z_d) − I(x; z), and none of these can be over log N.
        const int dimensions = 6, examples = 200;
        double most = Math.Log(examples);
        Spec spec = Specs.Mlp(
            "{epochs: 20, batch: 50, optimizer: adam, lr: 1e-2, seed: 7, threads: 1, device: cpu}",
            "{reconstruction: {gaussian: {sigma: 0.05}}, kl: 1, terms: [tc: 2]}",
            latent: "6");
        DataSet data = Specs.Data(spec, examples, validation: examples, test: examples);
        TrainingResult result = Trainer.Train(spec, data);
        foreach (string column in new[] { "train.tc", "validation.tc" })
            Assert.All(result.Curve.Column(column)!, value => Assert.InRange(value, -most, (dimensions - 1) * most));

        // The test split is one batch of the whole population. Its parts by plain loops, with the noise of its stream.
        using VaeModel model = VaeModel.Load(spec, result.Weights);
        (double information, double correlation, double own) = Decomposed(model, data.Test!.Floats!, TestNoise(spec, examples));
        Assert.InRange(information, 1, most);
        Assert.Equal(correlation, result.Metrics["test.tc"], 4);

        // The parts of the KL, but for what its closed form saves in noise.
        Assert.InRange(information + correlation + own - result.Metrics["test.kl"], -0.5, 0.5);
    }

    [Fact]
    public void A_plateau_lowers_the_rate_of_a_training_that_stands_still()
    {
        Spec spec = Specs.Mlp("{epochs: 6, batch: 50, optimizer: sgd, lr: 1e-30, schedule: {plateau: {on: validation.loss, patience: 1, factor: 0.5}}, seed: 7, threads: 1, device: cpu}", data: ", validation: 0.2");
        double[] rates = Trainer.Train(spec, Specs.Data(spec, validation: 60)).Curve.Column("lr")!;
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.25], rates.Select(rate => rate / 1e-30));
    }

    [Fact]
    public void A_plateau_on_a_column_that_is_not_there_is_refused()
    {
        Spec spec = Specs.Mlp("{epochs: 6, schedule: plateau, threads: 1, device: cpu}", data: ", validation: 0.2");
        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, Specs.Data(spec)));
        Assert.Equal(DiagnosticTable.Training.StopColumn, failure.Diagnostics[0].Code);
        Assert.Contains("train.schedule watches 'validation.loss'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_cycle_ends_an_epoch_where_its_last_step_is()
    {
        Spec spec = Specs.Mlp("{epochs: 2, batch: 50, optimizer: sgd, lr: 0.01, schedule: {one-cycle: {pct-start: 0.5, anneal: linear}}, seed: 7, threads: 1, device: cpu}");
        double[] rates = Trainer.Train(spec, Specs.Data(spec)).Curve.Column("lr")!;
        Assert.Equal(0.01, rates[0], 12);
        Assert.Equal(0.01 / 25 / 1e4, rates[1], 12);
    }

    [Fact]
    public void A_term_that_is_not_finite_is_named()
    {
        // The square of means around 1e10 is a finite divergence; that of their covariance overflows.
        Spec spec = Specs.Mlp("{epochs: 1, batch: 50, optimizer: sgd, lr: 1e-30, seed: 7, threads: 1, device: cpu}", "{reconstruction: l1, kl: 1, terms: [dip: 1]}", latent: "{dim: 2, logvar-clamp: [-10, 10]}", end: "");
        DataSet data = Specs.Data(spec);
        data = data with { Train = new Examples(spec.Data.Shape, [.. data.Train.Floats!.Select(value => (value - 0.5f) * 1e11f)]) };
        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, data));
        Assert.Contains("the dip term of the loss became infinity in epoch 1, step 1", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A ramp's closed forms, once more.</summary>
    private static double Share(string shape, double time)
    {
        double S(double v) => 1 / (1 + Math.Exp(-v));
        return shape switch
        {
            "cosine" => Math.Pow(Math.Sin(Math.PI * time / 2), 2),
            "sigmoid" => (S(12 * (time - 0.5)) - S(-6)) / (1 - (2 * S(-6))),
            _ => time,
        };
    }

    /// <summary>The best epoch, from 0, and after how many the training ends, when values are compared as they are.</summary>
    private static (int Best, int Epochs) Stopped(double[] values, int patience)
    {
        int best = 0;
        for (int epoch = 1; epoch < values.Length; epoch++)
        {
            if (values[epoch] < values[best])
                best = epoch;
            else if (epoch - best >= patience)
                return (best, epoch + 1);
        }

        return (best, values.Length);
    }

    private static float[] TestNoise(Spec spec, int count)
    {
        using RandomStreams streams = new(spec.Train.Seed, torch.CPU);
        using torch.Generator noise = streams.For(RandomStreams.Purpose.Test);
        using torch.Tensor drawn = torch.randn([count, spec.Latent.Dim], torch.float32, generator: noise);
        return TensorArrays.ToFloats(drawn);
    }

    /// <summary>The parts of the mean KL: I(x; z), TC and the divergences of the dimensions' own densities, by stratified estimates over one batch.</summary>
    private static (double Information, double Correlation, double Own) Decomposed(VaeModel model, float[] examples, float[] noise)
    {
        (float[] means, float[] logVariances) = model.Encode(examples);
        int dimensions = model.Spec.Latent.Dim, count = means.Length / dimensions;
        double[] codes = [.. means.Select((mean, i) => mean + (Math.Exp(logVariances[i] / 2.0) * noise[i]))];
        double information = 0, correlation = 0, rest = 0;
        for (int i = 0; i < count; i++)
        {
            double joint = 0, own = 0;
            double[] marginals = new double[dimensions];
            for (int j = 0; j < count; j++)
            {
                double weight = j == i ? 1.0 / count : j == (i + 1) % count ? 1.0 / (count * (count - 1.0)) : 1.0 / (count - 1);
                double log = 0;
                for (int d = 0; d < dimensions; d++)
                {
                    double difference = codes[(i * dimensions) + d] - means[(j * dimensions) + d], spread = logVariances[(j * dimensions) + d];
                    double density = -0.5 * ((difference * difference / Math.Exp(spread)) + spread + Math.Log(2 * Math.PI));
                    log += density;
                    marginals[d] += weight * Math.Exp(density);
                }

                joint += weight * Math.Exp(log);
                if (j == i)
                    own = log;
            }

            double product = marginals.Sum(Math.Log), prior = 0;
            for (int d = 0; d < dimensions; d++)
                prior -= 0.5 * ((codes[(i * dimensions) + d] * codes[(i * dimensions) + d]) + Math.Log(2 * Math.PI));
            information += (own - Math.Log(joint)) / count;
            correlation += (Math.Log(joint) - product) / count;
            rest += (product - prior) / count;
        }

        return (information, correlation, rest);
    }

    private static double MeanKl(VaeModel model, Examples examples)
    {
        (float[] means, float[] logVariances) = model.Encode(examples.Floats!);
        return means.Zip(logVariances).Sum(pair => 0.5 * ((pair.First * pair.First) + Math.Exp(pair.Second) - 1 - pair.Second)) / examples.Count;
    }
}
