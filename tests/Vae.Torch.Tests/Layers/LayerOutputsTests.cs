using System.Globalization;
using TorchSharp;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Torch.Layers;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests.Layers;

/// <summary>
/// Every layer against what PyTorch computed for it: the same seed draws the same weights in the same order, and output, gradients and
/// buffers are the same numbers. <c>tests/interop/layer_outputs.py</c> makes the file anew.
/// </summary>
public class LayerOutputsTests
{
    private const int Batch = 3;
    private const int Labels = 4;
    private const double Tolerance = 1e-5;

    public LayerOutputsTests() => TorchRuntime.EnsureLoaded(new TorchRuntimeOptions { Threads = 1 });

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (StoredCase stored in StoredOutputs.Cases)
                data.Add(stored.Key, $"{stored.Layer} on {new Shape(stored.Input)}{(stored.Training ? ", training" : "")}");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_layer_computes_what_PyTorch_computes(string key, string described)
    {
        StoredCase stored = StoredOutputs.Cases.Single(stored => stored.Key == key);
        IReadOnlyDictionary<string, float[]> expected = StoredOutputs.Arrays(key);
        Network network = Encoder(stored);
        bool isEmbedding = network.Layers[0].Kind == "embedding";
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new((ulong)stored.Seed);
        using LayerStack stack = new(network, new WeightFactory("pytorch", random, float32, CPU), random);
        stack.train(stored.Training);
        Move(stack);

        long[] shape = [Batch, .. stored.Input.Select(size => (long)size)];
        int count = Batch * stored.Input.Aggregate(1, (product, size) => product * size);
        Tensor input = isEmbedding ? arange(count).remainder(5).to(float32).reshape(shape) : (1.5 * Pattern(count, 0.7, 0.3)).reshape(shape).requires_grad_(true);
        Tensor output = stack.Forward(input, network.Layers.Count, nn.functional.one_hot(arange(Batch, dtype: int64).remainder(Labels), Labels).to(float32));
        (output * Pattern((int)output.numel(), 0.9, 2).reshape(output.shape)).sum().backward();

        Dictionary<string, Tensor> actual = new(StringComparer.Ordinal) { ["output"] = output };
        if (!isEmbedding)
            actual.Add("gradient", input.grad!);
        HashSet<string> trained = [.. network.Layers.SelectMany((layer, index) => layer.Weights.Where(weight => weight.Trainable).Select(weight => $"{network.Key(index)}.{weight.Name}"))];
        foreach ((string name, Tensor values) in stack.Arrays)
        {
            if (trained.Contains(name))
                actual.Add("gradient/" + name, values.grad!);
            else if (stored.Training)
                actual.Add("after/" + name, values);
        }

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(actual, array => AssertClose(expected[array.Key], TensorArrays.ToFloats(array.Value), $"{described}: {array.Key}"));
    }

    [Fact]
    public void Every_row_of_the_catalogue_is_among_them() => Assert.Equal(
        LayerCatalogue.All.Select(row => row.Name),
        StoredOutputs.Cases.Select(stored => stored.Layer.Split(':')[0]).Distinct().Order(StringComparer.Ordinal));

    /// <summary>No array keeps a 0 or 1 that it begins with: an array that is left out, or another's, would show.</summary>
    private static void Move(LayerStack stack)
    {
        using IDisposable frozen = no_grad();
        foreach ((string name, Tensor values) in stack.Arrays)
        {
            if (!name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                values.add_((0.1 * Pattern((int)values.numel(), 0.37, 1)).reshape(values.shape));
        }
    }

    private static Tensor Pattern(int count, double frequency, double phase) =>
        tensor([.. Enumerable.Range(0, count).Select(k => (float)Math.Sin((frequency * k) + phase))]);

    private static Network Encoder(StoredCase stored) => Specs.Parse($$"""
        name: stored
        data: {source: npy, path: x.npy, labels: y.npy, classes: {{Labels}}, shape: {{new Shape(stored.Input)}}, scale: none}
        condition: {{(stored.Layer.StartsWith("concat", StringComparison.Ordinal) ? "{label: one-hot}" : "null")}}
        encoder:
          - {{stored.Layer}}
          - flatten
        latent: 1
        decoder: [{linear: auto}]
        loss: {reconstruction: gaussian}
        train: {epochs: 1}
        """).Encoder;

    private static void AssertClose(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = expected.Zip(actual, (e, a) => Math.Abs(e - a) / (1 + Math.Abs(e))).DefaultIfEmpty().Max();
        Assert.True(worst <= Tolerance, string.Create(CultureInfo.InvariantCulture, $"{what} differs by {worst:G3}"));
    }
}
