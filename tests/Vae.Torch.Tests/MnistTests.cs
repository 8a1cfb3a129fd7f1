using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Results;
using Vae.Torch.Native;

namespace Vae.Torch.Tests;

public class MnistTests
{
    /// <summary>The first experiment of the language's reference, as it stands there but for its length.</summary>
    internal const string FirstExperiment = """
        name: mnist-mlp
        params: {beta: 0.001, hidden: 128, epochs: 100, threads: 1}
        data: {dataset: mnist, shape: [784]}
        encoder:
          - linear: {out: $(hidden), act: relu}
        latent: 2
        decoder:
          - linear: {out: $(hidden), act: relu}
          - linear: {out: auto, act: sigmoid}
        loss:
          reconstruction: {mse: {reduce: mean}}
          kl: $(beta)
        train: {epochs: $(epochs), batch: 128, optimizer: adam, lr: 2e-3, seed: 42, threads: $(threads), device: cpu}
        """;

    [Fact]
    public void Two_thousand_digits_are_learned_a_little_in_one_epoch()
    {
        Spec spec = Specs.Parse(FirstExperiment);
        spec = spec with { Data = spec.Data with { Limit = new Amount(2000, false) }, Train = spec.Train with { Length = 1 } };
        DataSet data = DataSetLoader.Load(spec.Data, new DataLoadOptions { SpecDirectory = AppContext.BaseDirectory, Offline = true });
        TrainingResult result = Trainer.Train(spec, data, new TrainOptions { Requests = [new EvaluationRequest.Reconstructions("test", 10)] });

        // An untrained decoder says 0.5 everywhere: 0.23. The mean digit alone gives 0.067.
        Assert.InRange(result.Metrics["test.reconstruction-mu"], 0.05, 0.09);
        Assert.Equal(Enumerable.Range(0, 10).Select(digit => (float)digit), result.Evaluations[0].Get("labels").Values);
        Assert.NotEmpty(result.Data);
    }

    [Theory]
    [InlineData("encoder.0.weight", 0.0273049492f, 0.00414075609f, 7.14660517682)]
    [InlineData("encoder.0.bias", -0.000867698924f, -0.0089995442f, -0.0669741904967)]
    [InlineData("latent.mu.weight", 0.0698196962f, 0.034117166f, 0.752615023535)]
    [InlineData("latent.mu.bias", 0.0682467818f, -0.0580187179f, 0.0102280639112)]
    [InlineData("latent.logvar.weight", -0.0144018726f, 0.0278992746f, 1.27920344699)]
    [InlineData("latent.logvar.bias", -0.080548577f, -0.077827692f, -0.158376269042)]
    [InlineData("decoder.0.weight", -0.207827032f, 0.335735977f, -12.4980905012)]
    [InlineData("decoder.0.bias", -0.321806341f, 0.259055436f, 0.0441592677962)]
    [InlineData("decoder.2.weight", -0.0536443181f, 0.0619387031f, 5.37846364512)]
    [InlineData("decoder.2.bias", -0.0850968584f, -0.0340188183f, -3.01625534602)]
    public void PyTorch_draws_the_same_weights_from_the_same_seed(string name, float first, float last, double sum)
    {
        // The numbers are what tests/interop/initial_weights.py prints.
        TorchRuntime.EnsureLoaded();
        Spec spec = Specs.Parse(FirstExperiment);
        using RandomStreams streams = new(42, torch.CPU);
        using VaeNetwork network = new(spec, streams, torch.CPU);
        float[] values = network.Export().Single(array => array.Name == name).Values;
        Assert.Equal(first, values[0]);
        Assert.Equal(last, values[^1]);
        Assert.Equal(sum, values.Sum(value => (double)value), 9);
    }
}
