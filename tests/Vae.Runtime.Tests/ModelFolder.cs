using Vae.Artifacts.Formats;
using Vae.Artifacts.Onnx;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Runtime.Tests;

/// <summary>The ONNX files of a spec with seeded weights, in a folder that is gone after the test.</summary>
internal sealed class ModelFolder : IDisposable
{
    /// <summary>3 numbers -> z 2 -> 3 numbers, both networks one linear layer.</summary>
    public const string Linear = """
        vae: 1
        name: line
        data: {source: csv, path: data.csv, shape: [3], scale: standard}
        encoder: [{linear: 2}]
        latent: 2
        decoder: [{linear: 3}]
        loss: {reconstruction: mse}
        train: {epochs: 1}
        """;

    /// <summary>The same with a label of three classes in both networks.</summary>
    public const string Conditional = """
        vae: 1
        name: labelled
        data: {source: csv, path: data.csv, shape: [3], labels: kind, classes: 3}
        condition: {label: one-hot}
        encoder: [{concat: label}, {linear: 2}]
        latent: 2
        decoder: [{concat: label}, {linear: 3}]
        loss: {reconstruction: mse}
        train: {epochs: 1}
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vae-runtime-ä ");

    public ModelFolder(string yaml, DataUnits? units = null)
    {
        SpecLoadResult loaded = SpecLoader.Parse(yaml);
        Spec = loaded.Spec ?? throw new InvalidOperationException(string.Join('\n', loaded.Diagnostics));
        var random = new Random(7);
        Weights =
        [
            .. StateDict.Of(Spec).Select(array => new NamedArray(
                array.Name, array.Shape, [.. Enumerable.Range(0, (int)array.Shape.Size).Select(_ => (float)((random.NextDouble() * 2) - 1))])),
        ];
        File.WriteAllBytes(At("encoder.onnx"), OnnxExporter.Encoder(Spec, Weights, units));
        File.WriteAllBytes(At("decoder.onnx"), OnnxExporter.Decoder(Spec, Weights, units));
    }

    public Spec Spec { get; }

    public IReadOnlyList<NamedArray> Weights { get; }

    public string Path => folder.FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary><c>W·x + b</c> of a linear layer.</summary>
    public float[] Apply(string layer, ReadOnlySpan<float> x)
    {
        float[] weight = Weights.Single(array => array.Name == layer + ".weight").Values;
        float[] result = [.. Weights.Single(array => array.Name == layer + ".bias").Values];
        for (int row = 0; row < result.Length; row++)
        {
            for (int column = 0; column < x.Length; column++)
                result[row] += weight[(row * x.Length) + column] * x[column];
        }

        return result;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
