using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Torch.Tests;

public class ReconstructionQuestionsTests
{
    private static readonly Spec Spec = Specs.Mlp();

    [Fact]
    public void The_worst_are_those_with_the_largest_squared_error_in_its_order()
    {
        // All examples of the split, and the four worst of them, though they lie in different portions.
        DataSet data = Specs.Data(Spec, test: 4500);
        var all = new EvaluationRequest.Reconstructions("test", 4500);
        var worst = new EvaluationRequest.WorstReconstructions("test", 4);
        TrainingResult trained = Trainer.Train(Spec, data with { Test = data.Test! }, new TrainOptions { Requests = [all, worst] });
        Evaluation answer = trained.Evaluation(worst);
        float[] original = data.Test!.Floats!;

        Dictionary<string, double> errors = [];
        float[] shown = trained.Evaluation(all).Get("original").Values, decoded = trained.Evaluation(all).Get("decoded").Values;
        double[] sorted = [.. Enumerable.Range(0, 4500).Select(i => Enumerable.Range(i * 12, 12).Average(j => Math.Pow(shown[j] - decoded[j], 2))).OrderDescending().Take(4)];
        Assert.All(sorted.Zip(answer.Get("error").Values), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
        Assert.Equal(["original [4,12]", "decoded [4,12]", "error [4]", "index [4]", "labels [4]"], answer.Arrays.Select(array => $"{array.Name} {array.Shape}"));
        for (int i = 0; i < 4; i++)
        {
            int place = (int)answer.Get("index").Values[i];
            Assert.Equal(original[(place * 12)..((place + 1) * 12)], answer.Get("original").Values[(i * 12)..((i + 1) * 12)]);
            Assert.Equal(data.Test!.Labels![place], (int)answer.Get("labels").Values[i]);
        }
    }

    [Fact]
    public void More_than_there_are_is_all_of_them()
    {
        var worst = new EvaluationRequest.WorstReconstructions("test", 100);
        Assert.Equal(50, Trainer.Train(Spec, Specs.Data(Spec), new TrainOptions { Requests = [worst] }).Evaluation(worst).Get("original").Shape[0]);
    }

    [Fact]
    public void Ranges_are_the_smallest_and_the_largest_values()
    {
        DataSet data = Specs.Data(Spec);
        var all = new EvaluationRequest.Reconstructions("test", 50);
        var ranges = new EvaluationRequest.Ranges("test", 1000);
        TrainingResult trained = Trainer.Train(Spec, data, new TrainOptions { Requests = [all, ranges, new EvaluationRequest.Ranges("test", 1)] });
        foreach (string name in new[] { "original", "decoded" })
        {
            float[] values = trained.Evaluation(all).Get(name).Values, ends = trained.Evaluation(ranges).Get(name).Values;
            Assert.Equal([values.Min(), values.Max()], ends.Select((end, i) => MathF.Abs(end - (i == 0 ? values.Min() : values.Max())) < 1e-6f ? (i == 0 ? values.Min() : values.Max()) : end));
        }

        Assert.Equal([data.Test!.Floats![..12].Min(), data.Test.Floats![..12].Max()], trained.Evaluation(new EvaluationRequest.Ranges("test", 1)).Get("original").Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_split_that_is_not_there_is_refused(bool worst)
    {
        EvaluationRequest request = worst ? new EvaluationRequest.WorstReconstructions("validation", 3) : new EvaluationRequest.Ranges("validation", 3);
        VaeException refused = Assert.Throws<VaeException>(() => Trainer.Train(Spec, Specs.Data(Spec), new TrainOptions { Requests = [request] }));
        Assert.Equal("VAE4005", Assert.Single(refused.Diagnostics).Code.Id);
    }
}
