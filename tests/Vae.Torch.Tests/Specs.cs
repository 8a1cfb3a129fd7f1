using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Torch.Tests;

/// <summary>Small specs and small data to train them on.</summary>
internal static class Specs
{
    /// <summary>A spec from YAML without its first line.</summary>
    public static Spec Parse(string yaml)
    {
        SpecLoadResult result = SpecLoader.Parse("vae: 1\n" + yaml, "test.vae.yaml");
        return result.Spec ?? throw new Exception(string.Join('\n', result.Diagnostics));
    }

    /// <summary>A little MLP on vectors of 12 numbers.</summary>
    public static Spec Mlp(
        string train = "{epochs: 2, batch: 32, optimizer: adam, lr: 2e-3, seed: 7, threads: 1, device: cpu}",
        string loss = "{reconstruction: mse, kl: 1}",
        string data = "",
        string latent = "2",
        string end = "sigmoid") => Parse($$$"""
        name: small
        data: {source: npy, path: x.npy, shape: [12]{{{data}}}}
        encoder: [{linear: {out: 16, act: relu}}]
        latent: {{{latent}}}
        decoder: [{linear: {out: 16, act: relu}}, {linear: {out: auto{{{(end.Length > 0 ? ", act: " + end : "")}}}}}]
        loss: {{{loss}}}
        train: {{{train}}}
        """);

    /// <summary>The recurrent spec of the language's page on series [12,2].</summary>
    public static Spec Recurrent(string kind, string arguments = "layers: 1", string train = "{epochs: 3, batch: 64, optimizer: adam, lr: 1e-2, clip-norm: 1, seed: 7, threads: 1, device: cpu}") => Parse($$$"""
        name: recurrent
        data: {source: npy, path: x.npy, shape: [12, 2], scale: none}
        encoder:
          - {{{kind}}}: {hidden: 16, return: last, {{{arguments}}} }
        latent: 3
        decoder:
          - repeat: 12
          - {{{kind}}}: {hidden: 16, return: sequence, {{{arguments}}} }
          - linear: auto
        loss: {reconstruction: mse, kl: {from: 0, to: 0.1, epochs: 2}}
        train: {{{train}}}
        """);

    /// <summary>Numbers in 0..1 that lie near a curve, with labels 0 to 3.</summary>
    public static Examples Curve(Shape shape, int count, int seed = 1)
    {
        var random = new Random(seed);
        int size = (int)shape.Size;
        float[] values = new float[count * size];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            double angle = random.NextDouble() * Math.PI;
            labels[i] = (int)(angle / Math.PI * 4);
            for (int j = 0; j < size; j++)
                values[(i * size) + j] = (float)Math.Clamp(0.5 + (0.4 * Math.Sin(angle + (j * 0.5))) + (0.02 * random.NextDouble()), 0, 1);
        }

        return new Examples(shape, values, labels);
    }

    /// <summary>A data set of such numbers.</summary>
    public static DataSet Data(Spec spec, int train = 200, int validation = 0, int test = 50) => new()
    {
        Name = "curve",
        Shape = spec.Data.Shape,
        Train = Curve(spec.Data.Shape, train),
        Validation = validation == 0 ? null : Curve(spec.Data.Shape, validation, 2),
        Test = test == 0 ? null : Curve(spec.Data.Shape, test, 3),
        Classes = 4,
        Files = [new DataFileDigest("x.npy", new string('0', 64))],
    };

    /// <summary>Whether two state dicts hold the same bits under the same names.</summary>
    public static bool SameBits(IReadOnlyList<NamedArray> first, IReadOnlyList<NamedArray> second) =>
        first.Count == second.Count && first.Zip(second).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Values.AsSpan().SequenceEqual(pair.Second.Values));
}
