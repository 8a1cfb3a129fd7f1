using Vae.Dsl.Results;

namespace Vae.Runtime.Tests;

public class OnnxVaeTests
{
    private static readonly float[] TwoExamples = [0.5f, -1, 2, 0, 0.25f, -0.75f];

    [Fact]
    public void A_model_says_what_it_is()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        using OnnxVae model = OnnxVae.Load(folder.Path);

        Assert.Equal("line", model.Name);
        Assert.Equal(Vae.Artifacts.Writing.SpecDigest.Of(folder.Spec), model.SpecDigest);
        Assert.Equal(2, model.LatentSize);
        Assert.Equal([3], model.DataShape);
        Assert.Equal(3, model.DataSize);
        Assert.True(model is { CanEncode: true, CanDecode: true, EncoderTakesLabel: false, DecoderTakesLabel: false, Classes: null, IsInOwnUnits: false });
        Assert.Empty(model.Labels);
        Assert.Empty(model.Columns);
    }

    [Fact]
    public void A_batch_is_encoded_and_decoded_as_its_examples_are()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        using OnnxVae model = OnnxVae.Load(folder.Path);

        float[] codes = model.Encode(TwoExamples);
        float[] first = folder.Apply("latent.mu", folder.Apply("encoder.0", TwoExamples.AsSpan(0, 3)));
        float[] second = folder.Apply("latent.mu", folder.Apply("encoder.0", TwoExamples.AsSpan(3)));
        AssertClose([.. first, .. second], codes);

        AssertClose([.. folder.Apply("decoder.0", codes.AsSpan(0, 2)), .. folder.Apply("decoder.0", codes.AsSpan(2))], model.Decode(codes));
        AssertClose(model.Decode(codes), model.Reconstruct(TwoExamples));
        Assert.Empty(model.Encode([]));
        Assert.Empty(model.Decode([]));
    }

    [Fact]
    public void A_batch_of_any_size_gives_what_its_examples_give()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        using OnnxVae model = OnnxVae.Load(folder.Path);
        float[] examples = NormalDraws.Of(3 * 2500, 1);

        Posterior all = model.Distribution(examples);

        Assert.Equal((5000, 5000), (all.Mean.Length, all.LogVariance.Length));
        foreach (int example in (int[])[0, 1023, 1024, 2047, 2048, 2499])
        {
            Posterior one = model.Distribution(examples.AsSpan(3 * example, 3));
            AssertClose(one.Mean, all.Mean[(2 * example)..(2 * (example + 1))]);
            AssertClose(one.LogVariance, all.LogVariance[(2 * example)..(2 * (example + 1))]);
        }
    }

    [Fact]
    public void A_posterior_has_means_and_log_variances_and_is_drawn_from()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        using OnnxVae model = OnnxVae.Load(folder.Path);

        Posterior posterior = model.Distribution(TwoExamples);

        Assert.Equal(model.Encode(TwoExamples), posterior.Mean);
        AssertClose(folder.Apply("latent.logvar", folder.Apply("encoder.0", TwoExamples.AsSpan(0, 3))), posterior.LogVariance[..2]);
        float[] noise = NormalDraws.Of(4, 5);
        AssertClose([.. Enumerable.Range(0, 4).Select(i => posterior.Mean[i] + (MathF.Exp(posterior.LogVariance[i] / 2) * noise[i]))], posterior.Draw(5));
    }

    [Fact]
    public void Numbers_with_a_fitted_scale_go_in_and_come_out_in_the_datas_units()
    {
        DataUnits units = new() { Factors = [10, 0, 2], Offsets = [100, 7, -1], IsFitted = true, Columns = ["rpm", "temp, °C", "\"x\""] };
        using ModelFolder folder = new(ModelFolder.Linear, units);
        using OnnxVae model = OnnxVae.Load(folder.Path);

        Assert.True(model.IsInOwnUnits);
        Assert.Equal(["rpm", "temp, °C", "\"x\""], model.Columns);
        float[] seen = units.FromRaw([90, 7, 3]);
        AssertClose(folder.Apply("latent.mu", folder.Apply("encoder.0", seen)), model.Encode([90, 7, 3]));
        AssertClose(units.ToRaw(folder.Apply("decoder.0", [0.5f, -1])), model.Decode([0.5f, -1]));
        AssertClose(seen, model.Scaled([90, 7, 3]));
    }

    [Fact]
    public void Numbers_whose_scale_was_not_fitted_stay_as_the_network_sees_them()
    {
        using ModelFolder bytes = new(ModelFolder.Linear, new DataUnits { Factors = [255], Offsets = [0] });
        using OnnxVae model = OnnxVae.Load(bytes.Path);

        AssertClose(bytes.Apply("decoder.0", [0.5f, -1]), model.Decode([0.5f, -1]));
    }

    [Fact]
    public void The_same_seed_samples_the_same_and_none_samples_anew()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        using OnnxVae model = OnnxVae.Load(folder.Path);

        Assert.Equal(model.Decode(NormalDraws.Of(10, 3)), model.Sample(5, 3));
        Assert.NotEqual(model.Sample(5, 3), model.Sample(5, 4));
        Assert.NotEqual(model.Sample(5), model.Sample(5));
        Assert.Empty(model.Sample(0));
    }

    [Fact]
    public void A_label_is_given_for_each_example_or_once_for_all()
    {
        using ModelFolder folder = new(ModelFolder.Conditional, new DataUnits { Labels = ["cat", "dog", "fish"] });
        using OnnxVae model = OnnxVae.Load(folder.Path);

        Assert.Equal(3, model.Classes);
        Assert.Equal(["cat", "dog", "fish"], model.Labels);
        Assert.True(model is { EncoderTakesLabel: true, DecoderTakesLabel: true });
        float[] expected = folder.Apply("decoder.1", [0.5f, -1, 0, 1, 0]);
        AssertClose(expected, model.Decode([0.5f, -1], [1]));
        AssertClose([.. expected, .. expected], model.Decode([0.5f, -1, 0.5f, -1], [1]));
        AssertClose([.. expected, .. folder.Apply("decoder.1", [0.5f, -1, 0, 0, 1])], model.Decode([0.5f, -1, 0.5f, -1], [1, 2]));
        AssertClose(model.Decode(model.Encode(TwoExamples, [0, 2]), [0, 2]), model.Reconstruct(TwoExamples, [0, 2]));
        Assert.Equal(model.Decode(NormalDraws.Of(4, 9), [2]), model.Sample(2, 9, [2]));
    }

    [Fact]
    public void Labels_are_found_by_name_and_by_number()
    {
        using ModelFolder named = new(ModelFolder.Conditional, new DataUnits { Labels = ["cat", "Dog", "dog"] });
        using OnnxVae model = OnnxVae.Load(named.Path);
        Assert.Equal(2, model.LabelOf("dog"));
        Assert.Equal(0, model.LabelOf("CAT"));
        Assert.Equal(1, model.LabelOf("1"));
        Assert.Contains("cat, Dog, dog", Assert.Throws<ArgumentException>(() => model.LabelOf("fish")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.LabelOf("3"));

        using ModelFolder nameless = new(ModelFolder.Conditional);
        using OnnxVae numbered = OnnxVae.Load(nameless.Path);
        Assert.Equal(["0", "1", "2"], numbered.Labels);
        Assert.Equal(2, numbered.LabelOf("2"));
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_numbers()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        using OnnxVae model = OnnxVae.Load(folder.Path);
        Assert.Contains("the length 4 is no multiple of 3", Assert.Throws<ArgumentException>(() => model.Encode(new float[4])).Message, StringComparison.Ordinal);
        Assert.Contains("the length 3 is no multiple of 2", Assert.Throws<ArgumentException>(() => model.Decode(new float[3])).Message, StringComparison.Ordinal);
        Assert.Contains("takes no label", Assert.Throws<ArgumentException>(() => model.Decode(new float[2], [0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Sample(-1));

        using ModelFolder labelled = new(ModelFolder.Conditional);
        using OnnxVae conditional = OnnxVae.Load(labelled.Path);
        Assert.Contains("0 are given", Assert.Throws<ArgumentException>(() => conditional.Decode(new float[4])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => conditional.Decode(new float[6], [0, 1]));
        Assert.Contains("0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => conditional.Decode(new float[2], [3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => conditional.Encode(new float[3], [-1]));
    }

    [Fact]
    public void Half_a_model_does_its_half()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        File.Delete(folder.At("encoder.onnx"));
        using OnnxVae decoder = OnnxVae.Load(folder.Path);

        Assert.Equal([3], decoder.DataShape);
        Assert.Equal(3, decoder.Sample(1, 1).Length);
        Assert.Contains("no encoder.onnx", Assert.Throws<VaeModelException>(() => decoder.Encode(new float[3])).Message, StringComparison.Ordinal);
        Assert.Throws<VaeModelException>(() => decoder.Reconstruct(new float[3]));

        using ModelFolder other = new(ModelFolder.Linear);
        File.Delete(other.At("decoder.onnx"));
        using OnnxVae encoder = OnnxVae.Load(other.Path);
        Assert.Equal(2, encoder.Encode(new float[3]).Length);
        Assert.Throws<VaeModelException>(() => encoder.Reconstruct(new float[3]));
    }

    [Fact]
    public void A_folder_that_holds_no_whole_model_is_refused()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        Assert.Contains("there is no model at", Refusal(folder.At("nowhere")), StringComparison.Ordinal);

        using ModelFolder other = new(ModelFolder.Linear.Replace("epochs: 1", "epochs: 2", StringComparison.Ordinal));
        File.Copy(other.At("decoder.onnx"), folder.At("decoder.onnx"), overwrite: true);
        Assert.Contains("two trainings", Refusal(folder.Path), StringComparison.Ordinal);

        File.Copy(folder.At("encoder.onnx"), folder.At("decoder.onnx"), overwrite: true);
        Assert.Contains("the input 'z'", Refusal(folder.Path), StringComparison.Ordinal);

        File.WriteAllBytes(folder.At("decoder.onnx"), File.ReadAllBytes(folder.At("encoder.onnx"))[..100]);
        Assert.Contains("cannot be read as an ONNX model", Refusal(folder.Path), StringComparison.Ordinal);
        // Nothing of a refused model stays open, which matters where open files cannot be deleted.
        File.Delete(folder.At("encoder.onnx"));
    }

    [Fact]
    public async Task Many_threads_share_one_model()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        using OnnxVae model = OnnxVae.Load(folder.Path, new OnnxVaeOptions { Threads = 1 });
        float[] expected = model.Reconstruct(TwoExamples);

        float[][] all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => model.Reconstruct(TwoExamples))));

        Assert.All(all, found => Assert.Equal(expected, found));
    }

    [Fact]
    public void A_model_that_was_disposed_of_says_so()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        OnnxVae model = OnnxVae.Load(folder.Path);
        model.Dispose();
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.Decode(new float[2]));
    }

    [Fact]
    public void The_sessions_options_can_be_changed()
    {
        using ModelFolder folder = new(ModelFolder.Linear);
        List<int> threads = [];
        using OnnxVae model = OnnxVae.Load(folder.Path, new OnnxVaeOptions { Threads = 3, Configure = options => threads.Add(options.IntraOpNumThreads) });

        Assert.Equal([3, 3], threads);
    }

    private static string Refusal(string folder) => Assert.Throws<VaeModelException>(() => OnnxVae.Load(folder)).Message;

    private static void AssertClose(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * Math.Max(1, Math.Abs(pair.First))));
    }
}
