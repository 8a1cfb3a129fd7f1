using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Results;
using Vae.Torch.Native;

namespace Vae.Torch.Tests;

public class HealthTests
{
    [Fact]
    public void The_gradients_norm_is_the_way_of_a_step_by_its_rate()
    {
        // One step of plain descent moves the weights by the rate times the gradient.
        Spec spec = Specs.Mlp("{epochs: 1, batch: 200, optimizer: sgd, lr: 0.5, seed: 7, threads: 1, device: cpu}");
        TrainingResult trained = Trainer.Train(spec, Specs.Data(spec));
        EpochHealth health = Assert.Single(trained.Health);

        Assert.Equal(Math.Sqrt(Moved(spec, trained)) / 0.5, health.GradientNorm, 1e-4 * health.GradientNorm);
        Assert.Equal(health.GradientNorm, health.LargestGradientNorm);
        Assert.Equal((1, 0.5, 1L), (health.Epoch, health.LearningRate, trained.Steps));
    }

    [Fact]
    public void The_norm_is_that_before_clipping()
    {
        const string Train = "{epochs: 1, batch: 200, optimizer: sgd, lr: 0.5, seed: 7, threads: 1, device: cpu";
        TrainingResult free = Trainer.Train(Specs.Mlp(Train + "}"), Specs.Data(Specs.Mlp()));
        Spec spec = Specs.Mlp(Train + ", clip-norm: 0.01}");
        TrainingResult clipped = Trainer.Train(spec, Specs.Data(spec));

        Assert.Equal(free.Health, clipped.Health);
        Assert.Equal(0.01, Math.Sqrt(Moved(spec, clipped)) / 0.5, 1e-5);
    }

    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    public void There_is_an_entry_an_epoch_and_its_range_holds_the_codes(string precision)
    {
        Spec spec = Specs.Mlp($"{{epochs: 3, batch: 8, optimizer: adam, lr: 1e-9, schedule: {{step: {{every: 1, gamma: 0.5}}}}, seed: 7, threads: 1, device: cpu, precision: {precision}}}", latent: "{dim: 2, logvar-clamp: [-0.05, 9]}");
        var request = new EvaluationRequest.Codes("train");
        TrainingResult trained = Trainer.Train(spec, Specs.Data(spec), new TrainOptions { Requests = [request] });

        Assert.Equal([1, 2, 3], trained.Health.Select(epoch => epoch.Epoch));
        Assert.Equal(trained.Curve.Column("lr"), trained.Health.Select(epoch => epoch.LearningRate));
        Assert.All(trained.Health, epoch => Assert.InRange(epoch.GradientNorm, 1e-6, epoch.LargestGradientNorm));

        // The weights hardly move, so the codes of the end are those of every step; of 25 steps 16 were looked at.
        float[] logVariances = trained.Evaluation(request).Get("logvar").Values;
        Assert.All(trained.Health, epoch =>
        {
            Assert.InRange(epoch.LowestLogVariance, logVariances.Min() - 1e-5, logVariances.Max() + 1e-5);
            Assert.InRange(epoch.HighestLogVariance, epoch.LowestLogVariance, logVariances.Max() + 1e-5);
        });
        Assert.True(trained.Health[0].LowestLogVariance >= -0.0500001, "the range is that before the clamp");
        Assert.Equal(75, trained.Steps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(468)]
    [InlineData(100_000)]
    public void Steps_that_are_looked_at_are_few_and_the_last_is_one_of_them(int steps)
    {
        int[] looks = [.. Enumerable.Range(0, steps).Where(step => HealthLog.IsDue(step, steps))];
        Assert.Equal(Math.Min(steps, 16), looks.Length);
        Assert.Equal(steps - 1, looks[^1]);
    }

    private static double Moved(Spec spec, TrainingResult trained)
    {
        TorchRuntime.EnsureLoaded();
        using DisposeScope scope = torch.NewDisposeScope();
        using RandomStreams streams = new(spec.Train.Seed, torch.CPU);
        using VaeNetwork untrained = new(spec, streams, torch.CPU);
        return untrained.Export().Zip(trained.Weights).Sum(pair => pair.First.Values.Zip(pair.Second.Values).Sum(values => Math.Pow(values.First - values.Second, 2)));
    }
}
