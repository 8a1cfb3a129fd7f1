using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Torch.Tests;

public class ConditionTests
{
    private const int Classes = 4;

    private static readonly Lazy<TrainingResult> Trained = new(() => Train(Conditional("one-hot")));

    private static readonly EvaluationRequest[] Requests =
    [
        new EvaluationRequest.Codes("test"), new EvaluationRequest.Reconstructions("test", 6), new EvaluationRequest.PriorSamples(6),
        new EvaluationRequest.LabelSamples(3), new EvaluationRequest.Manifold(3, 0.1, 2),
        new EvaluationRequest.Traversal("test", 2, 5, 1, 4), new EvaluationRequest.Traversal("test", 2, 5, 1, 4, 1), new EvaluationRequest.Traversal("test", 2, 5, 1, null),
        new EvaluationRequest.Interpolations("test", 6, 3), new EvaluationRequest.Windows("test", 5), new EvaluationRequest.LatentStatistics("test"),
        new EvaluationRequest.Probe(7),
    ];

    private static Spec Conditional(string label, string epochs = "30", string encoder = "concat: label, ", string decoder = "concat: label, ") => Specs.Parse($$"""
        name: conditional
        data: {source: npy, path: x.npy, labels: y.npy, classes: {{Classes}}, shape: [12], validation: 0.2, test: 0.2}
        condition: {label: {{label}}}
        encoder: [{{encoder}}linear: {out: 16, act: relu}]
        latent: 2
        decoder: [{{decoder}}linear: {out: 32, act: relu}, linear: {out: auto, act: sigmoid}]
        loss: {reconstruction: bce, kl: 1}
        train: {epochs: {{epochs}}, batch: 32, optimizer: adam, lr: 1e-2, seed: 7, threads: 1, device: cpu}
        """);

    private static TrainingResult Train(Spec spec) => Trainer.Train(spec, Data(spec), new TrainOptions { Requests = Requests });

    /// <summary>A bump at the place of the label, whose height is free.</summary>
    private static Examples Bumps(Shape shape, int count, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[count * shape.Size];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(Classes);
            double height = 0.5 + (0.5 * random.NextDouble());
            for (int j = 0; j < 3; j++)
                values[(i * shape.Size) + (labels[i] * 3) + j] = (float)height;
        }

        return new Examples(shape, values, labels);
    }

    private static DataSet Data(Spec spec) => new()
    {
        Name = "bumps",
        Shape = spec.Data.Shape,
        Train = Bumps(spec.Data.Shape, 400, 1),
        Validation = Bumps(spec.Data.Shape, 60, 2),
        Test = Bumps(spec.Data.Shape, 60, 3),
        Classes = Classes,
        Files = [],
    };

    /// <summary>Where the largest sum of three numbers is.</summary>
    private static int Class(ReadOnlySpan<float> values)
    {
        float[] sums = new float[Classes];
        for (int i = 0; i < values.Length; i++)
            sums[i / 3] += values[i];
        return Array.IndexOf(sums, sums.Max());
    }

    [Fact]
    public void A_probe_holds_what_goes_into_both_networks_and_comes_out_of_them()
    {
        TrainingResult result = Trained.Value;
        Evaluation probe = result.Evaluation(new EvaluationRequest.Probe(7));
        Assert.Equal(
            ["x [7,12]", "mu [7,2]", "logvar [7,2]", "z [7,2]", "decoded [7,12]", "labels [7]"],
            probe.Arrays.Select(array => $"{array.Name} {array.Shape}"));
        int[] labels = Array.ConvertAll(probe.Get("labels").Values, label => (int)label);
        Assert.All(labels.Zip(probe.Get("x").Values.Chunk(12)), example => Assert.Equal(example.First, Class(example.Second)));

        // The model that its weights make, which is what answers where the training ran on a graphics card.
        using VaeModel model = VaeModel.Load(result.Spec, result.Weights);
        Posterior posterior = model.Encode(probe.Get("x").Values, labels);
        Assert.Equal(posterior.Means, probe.Get("mu").Values);
        Assert.Equal(posterior.LogVariances, probe.Get("logvar").Values);
        Assert.Equal(model.Decode(probe.Get("z").Values, labels), probe.Get("decoded").Values);
    }

    [Theory]
    [InlineData("one-hot")]
    [InlineData("{embedding: 3}")]
    public void A_trained_decoder_gives_the_class_that_it_is_told(string label)
    {
        Spec spec = Conditional(label);
        using VaeModel model = VaeModel.Load(spec, label == "one-hot" ? Trained.Value.Weights : Train(spec).Weights);

        for (int wanted = 0; wanted < Classes; wanted++)
        {
            float[] samples = model.Sample(20, 5, [.. Enumerable.Repeat(wanted, 20)]);
            Assert.All(samples.Chunk(12), sample => Assert.Equal(wanted, Class(sample)));
        }
    }

    [Fact]
    public void Without_a_label_samples_take_each_label_in_turn()
    {
        using VaeModel model = VaeModel.Load(Trained.Value.Spec, Trained.Value.Weights);

        Assert.Equal([0, 1, 2, 3, 0, 1], model.Sample(6, 9).Chunk(12).Select(sample => Class(sample)));
        Assert.Equal(Trained.Value.Evaluation(Requests[2]).Get("decoded").Values, model.Sample(6, Trained.Value.Spec.Train.Seed));
    }

    [Fact]
    public void Held_out_splits_and_plots_are_told_their_labels()
    {
        TrainingResult result = Trained.Value;
        DataSet data = Data(result.Spec);
        using VaeModel model = VaeModel.Load(result.Spec, result.Weights);
        (float[] means, float[] logVariances) = model.Encode(data.Test!.Floats!, data.Test.Labels);
        float[] decoded = model.Decode(means, data.Test.Labels);

        double entropy = decoded.Zip(data.Test.Floats!, (p, x) => -((x * Math.Log(p)) + ((1 - x) * Math.Log(1 - p)))).Sum() / data.Test.Count;
        Assert.Equal(entropy, result.Metrics["test.reconstruction-mu"], 3);
        Assert.Equal(means, result.Evaluation(Requests[0]).Get("mu").Values);
        Assert.Equal(logVariances, result.Evaluation(Requests[0]).Get("logvar").Values);
        Evaluation pairs = result.Evaluation(Requests[1]);
        int[] labels = [.. pairs.Get("labels").Values.Select(label => (int)label)];
        Assert.Equal(pairs.Get("decoded").Values, model.Decode(model.Encode(pairs.Get("original").Values, labels).Means, labels));
        Assert.InRange(result.Metrics["validation.reconstruction"], 0.9 * result.Metrics["test.reconstruction"], 1.1 * result.Metrics["test.reconstruction"]);
    }

    [Fact]
    public void Samples_of_each_label_have_the_same_codes_in_every_row()
    {
        Evaluation evaluation = Trained.Value.Evaluation(Requests[3]);

        Assert.Equal(["z [12,2]", "decoded [12,12]", "labels [12]"], evaluation.Arrays.Select(array => $"{array.Name} {array.Shape}"));
        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], evaluation.Get("labels").Values);
        float[][] rows = [.. evaluation.Get("z").Values.Chunk(6)];
        Assert.All(rows, row => Assert.Equal(rows[0], row));
        Assert.Equal(evaluation.Get("labels").Values.Select(label => (int)label), evaluation.Get("decoded").Values.Chunk(12).Select(sample => Class(sample)));
        Assert.All(Trained.Value.Evaluation(Requests[4]).Get("decoded").Values.Chunk(12), sample => Assert.Equal(2, Class(sample)));
    }

    [Fact]
    public void Traversals_keep_the_label_of_their_example_unless_told_another()
    {
        int own = Data(Trained.Value.Spec).Test!.Labels![4];
        foreach ((EvaluationRequest request, int label) in new[] { (Requests[5], own), (Requests[6], 1), (Requests[7], 0) })
        {
            Evaluation evaluation = Trained.Value.Evaluation(request);
            Assert.All(evaluation.Get("labels").Values, told => Assert.Equal(label, told));
            Assert.All(evaluation.Get("decoded").Values.Chunk(12), sample => Assert.Equal(label, Class(sample)));
        }
    }

    [Fact]
    public void Lines_run_between_examples_of_one_label()
    {
        Evaluation evaluation = Trained.Value.Evaluation(Requests[8]);
        int[] ends = [.. evaluation.Get("original").Values.Chunk(12).Select(sample => Class(sample))];

        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 0, 0, 1, 1], ends);
        Assert.Equal(ends.Chunk(2).SelectMany(pair => Enumerable.Repeat(pair[0], 3)), evaluation.Get("decoded").Values.Chunk(12).Select(sample => Class(sample)));
    }

    [Fact]
    public void Windows_and_statistics_are_told_their_labels()
    {
        using VaeModel model = VaeModel.Load(Trained.Value.Spec, Trained.Value.Weights);
        Examples test = Data(Trained.Value.Spec).Test!;
        Evaluation windows = Trained.Value.Evaluation(Requests[9]);
        int[] labels = [.. windows.Get("index").Values.Select(place => test.Labels![(int)place])];
        Assert.Equal(windows.Get("decoded").Values, model.Decode(model.Encode(windows.Get("original").Values, labels).Means, labels));

        Posterior posterior = model.Encode(test.Floats!, test.Labels);
        double first = Enumerable.Range(0, test.Count).Average(i => 0.5 * (Math.Exp(posterior.LogVariances[2 * i]) + Math.Pow(posterior.Means[2 * i], 2) - 1 - posterior.LogVariances[2 * i]));
        Assert.Equal(first, Trained.Value.Evaluation(Requests[10]).Get("kl").Values[0], 4);
    }

    [Fact]
    public void An_embedding_is_drawn_last_is_trained_and_stands_last_in_the_state_dict()
    {
        IReadOnlyList<NamedArray> oneHot = Initial("one-hot"), embedded = Initial($"{{embedding: {Classes}}}"), trained = Train(Conditional("embedding", "2")).Weights;

        Assert.True(Specs.SameBits(oneHot, [.. embedded.SkipLast(1)]));
        Assert.Equal("condition.weight [4,8]", $"{trained[^1].Name} {trained[^1].Shape}");
        Assert.InRange(embedded[^1].Values.Select(Math.Abs).Max(), 1, 4);
        Assert.False(trained[^1].Values.SequenceEqual(Trainer.Train(Conditional("embedding", "1"), Data(Conditional("embedding"))).Weights[^1].Values));

        static IReadOnlyList<NamedArray> Initial(string label)
        {
            Spec spec = Conditional(label, "1");
            Component still = new("sgd", new Arguments([new("momentum", 0.0), new("nesterov", false), new("weight-decay", 0.0)]));
            spec = spec with { Train = spec.Train with { LearningRate = 1e-30, Optimizer = still } };
            return Trainer.Train(spec, Data(spec)).Weights;
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        Spec spec = Conditional("embedding", "2");

        Assert.True(Specs.SameBits(Train(spec).Weights, Train(spec).Weights));
    }

    [Fact]
    public void Data_without_labels_or_with_unknown_ones_is_refused_before_training()
    {
        Spec spec = Conditional("one-hot");
        DataSet data = Data(spec);

        Refused(DiagnosticTable.Training.LabelsMissing, data with { Test = new Examples(spec.Data.Shape, data.Test!.Floats!) }, "the test set of bumps has none");
        Refused(DiagnosticTable.Training.UnknownLabel, data with { Train = new Examples(spec.Data.Shape, new float[24], [0, 4]) }, "label 4 of the training set of bumps (number 1, from 0)");

        void Refused(DiagnosticCode code, DataSet wrong, string piece)
        {
            Diagnostic diagnostic = Assert.Single(Assert.Throws<VaeException>(() => Trainer.Train(spec, wrong)).Diagnostics);
            Assert.Equal(code, diagnostic.Code);
            Assert.Contains(piece, diagnostic.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_model_refuses_labels_that_are_missing_unknown_too_few_or_of_no_use()
    {
        using VaeModel model = VaeModel.Load(Trained.Value.Spec, Trained.Value.Weights);
        Refused(DiagnosticTable.Training.LabelsMissing, () => model.Encode(new float[24]));
        Refused(DiagnosticTable.Training.LabelsMissing, () => model.Decode(new float[4]));
        Refused(DiagnosticTable.Training.LabelsMissing, () => model.Decode(new float[4], [1]));
        Refused(DiagnosticTable.Training.UnknownLabel, () => model.Decode(new float[4], [1, 4]));
        Refused(DiagnosticTable.Training.UnknownLabel, () => model.Sample(1, 1, [-1]));

        Spec plain = Specs.Mlp();
        TrainingResult trained = Trainer.Train(plain, Specs.Data(plain));
        using VaeModel without = VaeModel.Load(plain, trained.Weights);
        Refused(DiagnosticTable.Training.NoCondition, () => without.Sample(1, 1, [0]));
        Refused(DiagnosticTable.Training.NoCondition, () => Trainer.Train(plain, Specs.Data(plain), new TrainOptions { Requests = [Requests[3]] }));
        Refused(DiagnosticTable.Training.UnknownLabel, () => Trainer.Train(Conditional("one-hot"), Data(Conditional("one-hot")), new TrainOptions { Requests = [new EvaluationRequest.Manifold(3, 0.1, 4)] }));

        static void Refused(DiagnosticCode code, Action action) => Assert.Equal(code, Assert.Throws<VaeException>(action).Diagnostics[0].Code);
    }

    [Fact]
    public void A_label_that_is_joined_inside_a_residual_layer_is_learned_from_too()
    {
        Spec spec = Conditional("embedding", encoder: "residual: [concat: label, linear: 8, relu, linear: auto], ", decoder: "linear: 24, residual: [concat: label, linear: 32, relu, linear: auto], ");
        using VaeModel model = VaeModel.Load(spec, Train(spec).Weights);

        Assert.Equal(Enumerable.Range(0, 40).Select(i => i % Classes), model.Sample(40, 3).Chunk(12).Select(sample => Class(sample)));
    }

    [Fact]
    public void A_network_that_joins_no_label_needs_none()
    {
        Spec spec = Conditional("one-hot", "1", encoder: "");
        using VaeModel model = VaeModel.Load(spec, Train(spec).Weights);

        Assert.Equal(model.Encode(new float[12]).Means, model.Encode(new float[12], [1]).Means);
        Assert.Equal(DiagnosticTable.Training.LabelsMissing, Assert.Throws<VaeException>(() => model.Decode(new float[2])).Diagnostics[0].Code);
    }
}
