using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Torch.Tests;

public class DivergenceTests
{
    [Fact]
    public void An_exploding_run_stops_with_place_term_last_values_and_causes()
    {
        Spec spec = Specs.Mlp("{epochs: 5, batch: 32, optimizer: {sgd: {}}, lr: 1e6, seed: 7, threads: 1, device: cpu}", end: "");
        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, Specs.Data(spec)));
        Assert.Equal(DiagnosticTable.Training.NotFinite, failure.Diagnostics[0].Code);
        Assert.Matches(@"epoch 1, step \d of 7", failure.Message);
        Assert.Contains("The last finite values were reconstruction ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the learning rate 1000000 is too high", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exploding_log_variance_is_named_with_its_remedy()
    {
        // Inputs of 10,000 drive the log-variance far over what exp can bear before the first step is done.
        Spec spec = Specs.Mlp(end: "");
        DataSet data = Specs.Data(spec);
        data = data with { Train = new Examples(spec.Data.Shape, [.. data.Train.Floats!.Select(value => value * 10_000)]) };
        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, data));
        Assert.Contains("the kl term of the loss became infinity in epoch 1, step 1 of 7", failure.Message, StringComparison.Ordinal);
        Assert.Contains("logvar-clamp", failure.Message, StringComparison.Ordinal);
        Assert.Contains("No step before it had finite losses", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clamped_log_variance_survives_the_same_data()
    {
        Spec spec = Specs.Mlp(end: "", latent: "{dim: 2, logvar-clamp: [-10, 10]}", train: "{epochs: 1, batch: 32, optimizer: adam, lr: 1e-5, seed: 7, threads: 1, device: cpu}");
        DataSet data = Specs.Data(spec);
        data = data with { Train = new Examples(spec.Data.Shape, [.. data.Train.Floats!.Select(value => value * 10_000)]) };
        Assert.True(double.IsFinite(Trainer.Train(spec, data).Metrics["train.kl"]));
    }

    [Fact]
    public void Weights_ruined_by_the_very_last_step_are_noticed()
    {
        Spec spec = Specs.Mlp("{steps: 1, batch: 200, optimizer: {sgd: {}}, lr: 1e38, seed: 7, threads: 1, device: cpu}", end: "", loss: "{reconstruction: mse, kl: 1000}");
        DataSet data = Specs.Data(spec);
        data = data with { Train = new Examples(spec.Data.Shape, [.. data.Train.Floats!.Select(value => value * 20)]) };
        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, data));
        Assert.Contains("the gradient was not finite", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validation")]
    [InlineData("test")]
    public void Losses_of_a_held_out_split_that_are_not_finite_stop_the_run_with_its_name(string split)
    {
        Spec spec = Specs.Mlp(end: "");
        DataSet data = Specs.Data(spec, validation: 50);
        Examples huge = new(spec.Data.Shape, [.. data.Test!.Floats!.Select(value => value * 1e30f)]);
        data = split == "test" ? data with { Test = huge } : data with { Validation = huge };

        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, data));

        Assert.Equal(DiagnosticTable.Training.NotFinite, failure.Diagnostics[0].Code);
        Assert.Contains($"on the {split} split after epoch {(split == "test" ? 2 : 1)}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bce")]
    [InlineData("continuous-bernoulli")]
    public void Data_outside_0_to_1_is_refused_before_training_with_its_range(string kind)
    {
        Spec spec = Specs.Mlp(loss: $"{{reconstruction: {kind}, kl: 1}}");
        DataSet data = Specs.Data(spec);
        data = data with { Train = new Examples(spec.Data.Shape, [.. data.Train.Floats!.Select((value, index) => index == 5 ? 1.5f : value)]) };
        VaeException failure = Assert.Throws<VaeException>(() => Trainer.Train(spec, data));
        Assert.Equal(DiagnosticTable.Training.DataRange, failure.Diagnostics[0].Code);
        Assert.Contains("to 1.5", failure.Message, StringComparison.Ordinal);
    }
}
