using Vae.Artifacts.Formats;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Writing;

public sealed class TrainedModelTests : IDisposable
{
    private const string Yaml = """
        vae: 1
        name: read-back
        data: {dataset: mnist, shape: [784]}
        encoder:
          - linear: 5
          - batchnorm
          - relu
        latent: 2
        decoder:
          - linear: 5
          - relu
          - linear: {out: auto, act: sigmoid}
        loss: {reconstruction: bce, kl: 1}
        train: {epochs: 1, optimizer: adam, lr: 1e-3}
        """;

    private readonly TemporaryFolder temporary = new();

    private string Folder => temporary.At("read-back");

    public void Dispose() => temporary.Dispose();

    [Theory]
    [InlineData(ConditionKind.OneHot, 10)]
    [InlineData(ConditionKind.Embedding, 3)]
    public void A_condition_and_its_table_are_read_back(ConditionKind kind, int size)
    {
        string label = kind == ConditionKind.OneHot ? "one-hot" : "{embedding: 3}";
        string text = Yaml.Replace("encoder:", $"condition: {{label: {label}}}\nencoder:\n  - concat: label", StringComparison.Ordinal)
            .Replace("decoder:", "decoder:\n  - concat: label", StringComparison.Ordinal);
        Spec spec = SpecLoader.Parse(text).Spec!;
        TrainingResult result = Results.Of(spec);
        ArtifactWriter.Write(result, Folder, Results.Fingerprint);

        TrainedModel model = TrainedModel.Read(Folder);

        Assert.Equal(new ConditionSpec(kind, 10, size), model.Spec.Condition);
        Assert.Equal(result.Weights.Select(array => $"{array.Name} {array.Shape}"), model.Weights.Select(array => $"{array.Name} {array.Shape}"));
        Assert.Equal(kind == ConditionKind.Embedding, model.Weights[^1].Name == "condition.weight");
        Assert.Equal(result.Weights[^1].Values, model.Weights[^1].Values);
    }

    [Fact]
    public void What_was_trained_is_read_back()
    {
        TrainingResult result = Write();
        TrainedModel model = TrainedModel.Read(Folder);
        Assert.Equal(result.Spec, model.Spec);
        Assert.Equal(result.Metrics.OrderBy(metric => metric.Key), model.Metrics);
        Assert.Equal(result.Weights.Select(array => array.Name), model.Weights.Select(array => array.Name));
        foreach ((NamedArray written, NamedArray read) in result.Weights.Zip(model.Weights))
            Assert.Equal(written.Values, read.Values);
    }

    [Fact]
    public void The_units_of_the_data_are_kept_with_the_weights()
    {
        DataUnits units = new() { Factors = [1.0 / 3, 0], Offsets = [-1e-17, 5], IsFitted = true, Columns = ["rpm", "temp \"C\""], Labels = ["Köln", "b"] };
        Write(units);

        Assert.Equal(units, TrainedModel.Read(Folder).Units);
    }

    [Fact]
    public void A_model_without_units_has_numbers_as_they_are()
    {
        TrainingResult result = Write();
        string path = Path.Combine(Folder, "model.safetensors");
        File.WriteAllBytes(path, SafetensorsWriter.ToBytes(result.Weights, new Dictionary<string, string>()));

        Assert.Equal(DataUnits.AsTheyAre, TrainedModel.Read(Folder).Units);
    }

    [Theory]
    [InlineData("[1,2]", "[1]", "'data.factor' has 2 numbers and 'data.offset' 1")]
    [InlineData("[]", "[]", "'data.factor' has 0 numbers")]
    [InlineData("[1", "[1]", "units are broken")]
    [InlineData("[\"a\"]", "[1]", "units are broken")]
    public void Broken_units_are_a_diagnostic(string factors, string offsets, string message)
    {
        TrainingResult result = Write();
        string path = Path.Combine(Folder, "model.safetensors");
        File.WriteAllBytes(path, SafetensorsWriter.ToBytes(result.Weights, new Dictionary<string, string> { ["data.factor"] = factors, ["data.offset"] = offsets }));

        VaeException e = Assert.Throws<VaeException>(() => TrainedModel.Read(Folder));
        Assert.Equal("VAE5101", e.Diagnostics[0].Code.Id);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spec.resolved.yaml")]
    [InlineData("model.safetensors")]
    [InlineData("metrics.json")]
    public void A_missing_file_is_named(string file)
    {
        Write();
        File.Delete(Path.Combine(Folder, file));
        VaeException e = Assert.Throws<VaeException>(() => TrainedModel.Read(Folder));
        Assert.Equal("VAE5103", e.Diagnostics[0].Code.Id);
        Assert.Contains(file, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spec.resolved.yaml", "VAE1")]
    [InlineData("model.safetensors", "VAE5101")]
    [InlineData("metrics.json", "VAE5103")]
    public void A_damaged_file_is_a_diagnostic(string file, string code)
    {
        Write();
        File.WriteAllText(Path.Combine(Folder, file), "{");
        VaeException e = Assert.Throws<VaeException>(() => TrainedModel.Read(Folder));
        Assert.StartsWith(code, e.Diagnostics[0].Code.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_spec_are_refused()
    {
        Write();
        string path = Path.Combine(Folder, "spec.resolved.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("out: 5", "out: 6", StringComparison.Ordinal));
        Assert.Equal("VAE5102", Assert.Throws<VaeException>(() => TrainedModel.Read(Folder)).Diagnostics[0].Code.Id);
    }

    private TrainingResult Write(DataUnits? units = null)
    {
        SpecLoadResult loaded = SpecLoader.Parse(Yaml);
        Assert.True(loaded.IsTrainable, string.Join('\n', loaded.Diagnostics));
        TrainingResult result = Results.Of(loaded.Spec) with { Units = units ?? DataUnits.AsTheyAre };
        ArtifactWriter.Write(result, Folder, Results.Fingerprint);
        return result;
    }
}
