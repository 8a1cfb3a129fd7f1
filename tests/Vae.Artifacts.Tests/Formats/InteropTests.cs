using Vae.Artifacts.Formats;
using Vae.Artifacts.Tests.Onnx;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Formats;

/// <summary>The files beside <c>tests/interop/load_in_pytorch.py</c>, which shows that PyTorch reads them, are what is written today.</summary>
public class InteropTests
{
    private static readonly Dictionary<string, string> Metadata = new() { ["format"] = "pt" };

    [Fact]
    public void The_weights_that_pytorch_was_shown_to_load_are_still_written_so() =>
        Assert.Equal(File.ReadAllBytes(Path.Combine(Folder(), "model.safetensors")), SafetensorsWriter.ToBytes(Specs.Weights(Specs.Convolutional()), Metadata));

    [Fact]
    public void The_values_that_pytorch_was_shown_to_compute_are_still_ours()
    {
        SafetensorsFile file = SafetensorsReader.Read(Path.Combine(Folder(), "expected.safetensors"));
        foreach (NamedArray ours in Expected())
        {
            NamedArray theirs = file.Arrays.Single(array => array.Name == ours.Name);
            Assert.Equal(ours.Shape, theirs.Shape);
            for (int i = 0; i < ours.Values.Length; i++)
                Assert.Equal(ours.Values[i], theirs.Values[i], 1e-6f);
        }
    }

    private static NamedArray[] Expected()
    {
        const int Batch = 3;
        Spec spec = Specs.Convolutional();
        IReadOnlyList<NamedArray> weights = Specs.Weights(spec);
        float[] x = Specs.Numbers(new Random(5), [Batch, 1, 8, 8]);
        float[] z = Specs.Numbers(new Random(6), [Batch, 3]);
        double[][] features = [.. x.Chunk(64).Select(example => ReferenceForward.Run(spec.Encoder, "encoder", weights, Doubles(example)))];
        return
        [
            new NamedArray("x", [Batch, 1, 8, 8], x),
            new NamedArray("z", [Batch, 3], z),
            new NamedArray("mu", [Batch, 3], Floats(features.SelectMany(f => ReferenceForward.Head("latent.mu", weights, f)))),
            new NamedArray("logvar", [Batch, 3], Floats(features.SelectMany(f => ReferenceForward.Head("latent.logvar", weights, f)))),
            new NamedArray("decoded", [Batch, 1, 8, 8], Floats(z.Chunk(3).SelectMany(code => ReferenceForward.Run(spec.Decoder, "decoder", weights, Doubles(code))))),
        ];
    }

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static float[] Floats(IEnumerable<double> values) => [.. values.Select(value => (float)value)];

    // A deterministic build writes other paths into the assembly, so the folder is looked for from where the tests run.
    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string interop = Path.Combine(folder.FullName, "tests", "interop");
            if (Directory.Exists(interop))
                return interop;
        }

        throw new DirectoryNotFoundException("tests/interop is not above the tests");
    }
}
