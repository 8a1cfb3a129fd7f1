using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Torch.Tests;

public class VaeModelTests
{
    private static readonly Spec Spec = Specs.Mlp();
    private static readonly DataSet Data = Specs.Data(Spec);

    private static readonly EvaluationRequest[] Requests =
    [
        new EvaluationRequest.Codes("test"), new EvaluationRequest.Reconstructions("test", 6),
        new EvaluationRequest.PriorSamples(9), new EvaluationRequest.Manifold(3, 0.1), new EvaluationRequest.PriorSamples(9),
    ];

    private static readonly Lazy<TrainingResult> Trained = new(() => Trainer.Train(Spec, Data, new TrainOptions { Requests = Requests }));

    [Fact]
    public void A_loaded_model_has_the_trained_weights_and_codes()
    {
        TrainingResult result = Trained.Value;
        using VaeModel model = VaeModel.Load(Spec, [.. result.Weights.Reverse()]);
        Assert.True(Specs.SameBits(result.Weights, model.Weights()));
        (float[] means, float[] logVariances) = model.Encode(Data.Test!.Floats!);
        Evaluation codes = result.Evaluation(Requests[0]);
        Assert.Equal(codes.Get("mu").Values, means);
        Assert.Equal(codes.Get("logvar").Values, logVariances);
    }

    [Fact]
    public void Samples_are_seeded_and_the_spec_s_seed_gives_those_of_the_training()
    {
        TrainingResult result = Trained.Value;
        using VaeModel model = VaeModel.Load(Spec, result.Weights);
        Assert.Equal(result.Evaluation(Requests[2]).Get("decoded").Values, model.Sample(9, Spec.Train.Seed));
        Assert.Equal(model.Sample(5, 1), model.Sample(5, 1));
        Assert.NotEqual(model.Sample(5, 1), model.Sample(5, 2));
        Assert.Empty(model.Sample(0, 1));
    }

    [Fact]
    public void Evaluations_have_the_arrays_and_shapes_of_their_contract()
    {
        TrainingResult result = Trained.Value;
        Assert.Equal(4, result.Evaluations.Count);
        Assert.Equal(["mu [50,2]", "logvar [50,2]", "labels [50]"], Shapes(Requests[0]));
        Assert.Equal(["original [6,12]", "decoded [6,12]", "labels [6]"], Shapes(Requests[1]));
        Assert.Equal(["z [9,2]", "decoded [9,12]"], Shapes(Requests[2]));
        Assert.Equal(["z [9,2]", "decoded [9,12]"], Shapes(Requests[3]));
        Assert.Equal(["test.kl", "test.loss", "test.reconstruction", "test.reconstruction-mu"], result.Metrics.Keys.Where(name => name.StartsWith("test", StringComparison.Ordinal)).Order());

        IEnumerable<string> Shapes(EvaluationRequest request) => result.Evaluation(request).Arrays.Select(array => $"{array.Name} {array.Shape}");
    }

    [Fact]
    public void Reconstructions_take_one_of_each_label_in_turn()
    {
        Evaluation evaluation = Trained.Value.Evaluation(Requests[1]);
        Assert.Equal([0, 1, 2, 3, 0, 1], evaluation.Get("labels").Values);
        int first = Array.IndexOf(Data.Test!.Labels!, 0);
        Assert.Equal(Data.Test.Example(first), evaluation.Get("original").Values[..12]);
    }

    [Fact]
    public void The_manifold_s_rows_go_from_the_top_down_over_normal_quantiles()
    {
        float[] codes = Trained.Value.Evaluation(Requests[3]).Get("z").Values;
        const float q = 1.2815516f; // Φ⁻¹(0.9)
        float[] expected = [-q, q, 0, q, q, q, -q, 0, 0, 0, q, 0, -q, -q, 0, -q, q, -q];
        Assert.All(expected.Zip(codes), pair => Assert.Equal(pair.First, pair.Second, 5));
    }

    [Fact]
    public void Wrong_weights_are_refused_with_the_name_of_each()
    {
        List<NamedArray> weights = [.. Trained.Value.Weights.Where(array => array.Name != "latent.mu.bias")];
        weights[0] = weights[0] with { Shape = [12, 16] };
        weights.Add(new NamedArray("decoder.9.weight", [1], [0]));
        VaeException failure = Assert.Throws<VaeException>(() => VaeModel.Load(Spec, weights));
        Assert.Equal(DiagnosticTable.Training.Weights, failure.Diagnostics[0].Code);
        Assert.Contains("'latent.mu.bias' [2] is missing", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'encoder.0.weight' has the shape [12,16], and should have [16,12]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'decoder.9.weight' is no array of this spec", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_that_are_no_whole_number_of_examples_are_refused()
    {
        using VaeModel model = VaeModel.Load(Spec, Trained.Value.Weights);
        Assert.Equal(DiagnosticTable.Training.ArraySize, Assert.Throws<VaeException>(() => model.Encode(new float[13])).Diagnostics[0].Code);
        Assert.Equal(DiagnosticTable.Training.ArraySize, Assert.Throws<VaeException>(() => model.Decode(new float[3])).Diagnostics[0].Code);
    }

    [Fact]
    public void A_request_for_a_split_that_is_not_there_is_refused_before_training()
    {
        VaeException failure = Assert.Throws<VaeException>(
            () => Trainer.Train(Spec, Data, new TrainOptions { Requests = [new EvaluationRequest.Codes("validation")] }));
        Assert.Equal(DiagnosticTable.Training.NoSplit, failure.Diagnostics[0].Code);
    }

    [Fact]
    public void A_convolutional_model_with_batch_norms_is_the_same_after_loading()
    {
        Spec spec = Specs.Parse("""
            name: conv
            data: {source: npy, path: x.npy, shape: [1, 8, 8]}
            encoder: [{conv2d: {out: 4, kernel: 3, stride: 2, padding: 1}}, batchnorm, relu, {dropout: 0.1}, flatten]
            latent: 3
            decoder: [{linear: 64}, {reshape: [4, 4, 4]}, {groupnorm: 2}, relu, {conv-transpose2d: {out: auto, kernel: 4, stride: 2, padding: 1}}]
            loss: {reconstruction: {bce: {logits: true}}, kl: 1}
            train: {epochs: 2, batch: 32, optimizer: adam, lr: 1e-3, seed: 3, threads: 1, device: cpu}
            """);

        // 129 examples leave a last batch of one, which a batch norm could not bear.
        DataSet data = Specs.Data(spec, train: 129);
        var request = new EvaluationRequest.Reconstructions("test", 4);
        TrainingResult result = Trainer.Train(spec, data, new TrainOptions { Requests = [request] });
        using VaeModel model = VaeModel.Load(spec, result.Weights);
        Evaluation evaluation = result.Evaluation(request);
        Assert.Equal(evaluation.Get("decoded").Values, model.Decode(model.Encode(evaluation.Get("original").Values).Means));
        Assert.All(evaluation.Get("decoded").Values, value => Assert.InRange(value, 0, 1));
        Assert.Equal([8f], result.Weights.Single(array => array.Name == "encoder.1.num_batches_tracked").Values);
    }
}
