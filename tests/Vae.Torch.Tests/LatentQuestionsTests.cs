using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Torch.Tests;

public class LatentQuestionsTests
{
    private static readonly Spec Spec = Specs.Mlp(latent: "3");
    private static readonly DataSet Data = Specs.Data(Spec);

    private static readonly EvaluationRequest.Codes Codes = new("test");
    private static readonly EvaluationRequest.LatentStatistics Statistics = new("test");
    private static readonly EvaluationRequest.Traversal Traversal = new("test", 2, 5, 2, 7);
    private static readonly EvaluationRequest.Traversal FromPrior = new("test", 9, 3, 1.5, null);
    private static readonly EvaluationRequest.Interpolations Interpolations = new("test", 2, 3);
    private static readonly EvaluationRequest.Windows Windows = new("test", 4);

    private static readonly Lazy<TrainingResult> Trained = new(() => Trainer.Train(
        Spec, Data, new TrainOptions { Requests = [Codes, Statistics, Traversal, FromPrior, Interpolations, Windows] }));

    [Fact]
    public void Answers_have_the_arrays_and_shapes_of_their_contract()
    {
        Assert.Equal(["kl [3]", "variance [3]", "count [1]"], Shapes(Statistics));
        Assert.Equal(["z [10,3]", "decoded [10,12]", "dimensions [2]", "kl [2]", "start [1,3]"], Shapes(Traversal));
        Assert.Equal(["z [9,3]", "decoded [9,12]", "dimensions [3]", "kl [3]", "start [1,3]"], Shapes(FromPrior));
        Assert.Equal(["original [4,12]", "decoded [6,12]"], Shapes(Interpolations));
        Assert.Equal(["original [4,12]", "decoded [4,12]", "index [4]", "count [1]"], Shapes(Windows));

        static IEnumerable<string> Shapes(EvaluationRequest request) => Trained.Value.Evaluation(request).Arrays.Select(array => $"{array.Name} {array.Shape}");
    }

    [Fact]
    public void The_kl_and_the_variance_of_each_dimension_are_those_of_the_codes()
    {
        Evaluation codes = Trained.Value.Evaluation(Codes);
        float[] mu = codes.Get("mu").Values, logVariance = codes.Get("logvar").Values;
        Evaluation statistics = Trained.Value.Evaluation(Statistics);
        Assert.Equal(50, statistics.Get("count").Values[0]);
        for (int j = 0; j < 3; j++)
        {
            double[] means = [.. Enumerable.Range(0, 50).Select(i => (double)mu[(i * 3) + j])];
            double mean = means.Average();
            double kl = Enumerable.Range(0, 50).Average(i => 0.5 * (Math.Exp(logVariance[(i * 3) + j]) + (means[i] * means[i]) - 1 - logVariance[(i * 3) + j]));
            Assert.Equal(means.Average(value => (value - mean) * (value - mean)), statistics.Get("variance").Values[j], 1e-5);
            Assert.Equal(kl, statistics.Get("kl").Values[j], 1e-5);
        }

        Assert.Equal(Trained.Value.Metrics["test.kl"], statistics.Get("kl").Values.Sum(value => (double)value), 1e-4);
    }

    [Fact]
    public void Statistics_of_a_split_larger_than_a_portion_are_those_of_all_its_examples()
    {
        var request = new EvaluationRequest.LatentStatistics("train");
        Spec spec = Specs.Mlp("{epochs: 1, batch: 500, optimizer: adam, lr: 2e-3, seed: 7, threads: 1, device: cpu}");
        DataSet small = Specs.Data(spec, train: 3000);

        // The same examples three times over have the same means and variances.
        DataSet large = small with { Train = new Examples(spec.Data.Shape, [.. small.Train.Floats!, .. small.Train.Floats!, .. small.Train.Floats!]) };
        TrainingResult trained = Trainer.Train(spec with { Train = spec.Train with { LearningRate = 1e-30 } }, small, new TrainOptions { Requests = [request] });
        TrainingResult again = Trainer.Train(spec with { Train = spec.Train with { LearningRate = 1e-30 } }, large, new TrainOptions { Requests = [request] });
        Assert.Equal(9000, again.Evaluation(request).Get("count").Values[0]);
        foreach (string name in new[] { "kl", "variance" })
            Assert.All(trained.Evaluation(request).Get(name).Values.Zip(again.Evaluation(request).Get(name).Values), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void A_traversal_moves_one_dimension_a_row_from_the_example_s_code()
    {
        Evaluation answer = Trained.Value.Evaluation(Traversal);
        float[] kl = Trained.Value.Evaluation(Statistics).Get("kl").Values;
        int[] order = [.. Enumerable.Range(0, 3).OrderByDescending(j => kl[j]).Take(2)];
        Assert.Equal(order.Select(j => (float)j), answer.Get("dimensions").Values);
        Assert.Equal(order.Select(j => kl[j]), answer.Get("kl").Values);
        float[] start = answer.Get("start").Values;
        Assert.All(Trained.Value.Evaluation(Codes).Get("mu").Values[21..24].Zip(start), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        float[] codes = answer.Get("z").Values;
        for (int row = 0; row < 2; row++)
        {
            for (int step = 0; step < 5; step++)
            {
                float[] expected = [.. start];
                expected[order[row]] = step - 2;
                Assert.Equal(expected, codes[(((row * 5) + step) * 3)..(((row * 5) + step + 1) * 3)]);
            }
        }

        using VaeModel model = VaeModel.Load(Spec, Trained.Value.Weights);
        Assert.Equal(model.Decode(codes), answer.Get("decoded").Values);
        Assert.All(Trained.Value.Evaluation(FromPrior).Get("start").Values, value => Assert.Equal(0, value));
        Assert.Equal(6, Trained.Value.Evaluation(FromPrior).Get("z").Values.Count(value => value != 0));
    }

    [Fact]
    public void Interpolations_end_at_the_reconstructions_of_two_labels()
    {
        Evaluation answer = Trained.Value.Evaluation(Interpolations);
        using VaeModel model = VaeModel.Load(Spec, Trained.Value.Weights);
        float[] originals = answer.Get("original").Values;
        float[] means = model.Encode(originals).Means;
        Assert.Equal(Data.Test!.Example(Array.IndexOf(Data.Test.Labels!, 1)), originals[12..24]);
        float[] middle = [.. Enumerable.Range(0, 3).Select(j => (float)((0.5 * means[j]) + (0.5 * means[3 + j])))];
        Assert.All(model.Decode([.. means[..3], .. middle, .. means[3..6]]).Zip(answer.Get("decoded").Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Interpolations_bear_a_split_of_few_examples()
    {
        foreach ((int count, int pairs) in new[] { (1, 1), (2, 1), (5, 2) })
        {
            TrainingResult result = Trainer.Train(Spec, Specs.Data(Spec, test: count), new TrainOptions { Requests = [Interpolations, Windows] });
            Assert.Equal(2 * pairs, result.Evaluation(Interpolations).Get("original").Shape[0]);
            Assert.Equal(Math.Min(4, count), result.Evaluation(Windows).Get("index").Values.Distinct().Count());
        }
    }

    [Fact]
    public void Windows_are_spread_over_the_whole_split()
    {
        Evaluation answer = Trained.Value.Evaluation(Windows);
        Assert.Equal([0, 16, 32, 49], answer.Get("index").Values);
        Assert.Equal(Data.Test!.Example(16), answer.Get("original").Values[12..24]);
        Assert.Equal(50, answer.Get("count").Values[0]);
    }

    [Fact]
    public void Reconstructions_of_windows_without_labels_are_spread_too()
    {
        Spec spec = Specs.Parse("""
            name: windows
            data: {source: csv, path: x.csv, columns: [a, b], window: {length: 4, stride: 1}}
            encoder: [flatten]
            latent: 2
            decoder: [{linear: {out: [4, 2]}}]
            loss: {reconstruction: mse, kl: 1}
            train: {epochs: 1, batch: 50, seed: 7, threads: 1, device: cpu}
            """);
        DataSet data = Specs.Data(spec);
        data = data with { Test = new Examples(spec.Data.Shape, data.Test!.Floats!) };
        var request = new EvaluationRequest.Reconstructions("test", 3);
        float[] originals = Trainer.Train(spec, data, new TrainOptions { Requests = [request] }).Evaluation(request).Get("original").Values;
        Assert.Equal([.. data.Test.Example(0), .. data.Test.Example(24), .. data.Test.Example(49)], originals);
    }

    [Fact]
    public void An_example_beyond_the_split_is_refused_before_training()
    {
        VaeException failure = Assert.Throws<VaeException>(
            () => Trainer.Train(Spec, Data, new TrainOptions { Requests = [new EvaluationRequest.Traversal("test", 2, 5, 2, 50)] }));
        Assert.Equal(DiagnosticTable.Training.NoExample, failure.Diagnostics[0].Code);
        Assert.Contains("starts from example 51 of the test split, but that has 50", failure.Message, StringComparison.Ordinal);
    }
}
