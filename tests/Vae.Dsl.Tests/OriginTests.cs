using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Tests;

/// <summary>What holds of every chain: of the merged values, and of the places that they say they came from.</summary>
public sealed class OriginTests : IDisposable
{
    private const string Base = """
        vae: 1
        params:
          hidden: 64
          beta: 0.1
        data: {dataset: mnist, shape: [784], validation: 0.1}
        blocks:
          deep:
            params: {out: int, slope: 0.1}
            layers:
              - linear: {out: $(out), act: {leaky-relu: $(slope)}}
        encoder:
          - use: {block: deep, out: $(hidden)}
          - linear: 32
        latent: {dim: 2, logvar-clamp: [-8, 8]}
        decoder:
          - linear: {out: [4, 4, 4], act: relu}
          - flatten
          - linear: auto
          - sigmoid
        loss: {reconstruction: {huber: {delta: 0.5}}, kl: {from: 0, to: $(beta), epochs: 3}}
        train: {epochs: 30, batch: 64, optimizer: {adam: {beta1: 0.8}}, lr: 1e-3, stop: 3}
        artifacts: {plots: [loss, manifold: {grid: 3}]}
        checks: {metrics: {test.loss: {max: 100}}}
        variants:
          quick: {train: {epochs: 2}}

        """;

    private readonly SpecFolder folder = new();

    public OriginTests() => folder.Write("base.vae.yaml", Base);

    private SpecLoadResult Derived(string text, SpecLoadOptions? options = null) => SpecLoader.Load(folder.Write("derived.vae.yaml", text), options);

    private Origin Find(SpecLoadResult result, string path)
    {
        Assert.Empty(result.Diagnostics);
        return Assert.Single(result.Origins, origin => origin.Path == path);
    }

    private string Place(SpecLoadResult result, string path) =>
        Find(result, path) is { Place: { } place } origin ? place.ToString().Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal) + (origin.Parameter is null ? "" : $" $({origin.Parameter})") : "default";

    [Theory]
    [InlineData("name", "derived.vae.yaml")]
    [InlineData("data.dataset", "base.vae.yaml(5,17)")]
    [InlineData("data.shape", "base.vae.yaml(5,31)")]
    [InlineData("data.scale", "default")]
    [InlineData("encoder.0", "base.vae.yaml(10,9)")]
    [InlineData("encoder.0.linear.out", "derived.vae.yaml(2,49) $(out)")]
    [InlineData("encoder.1.leaky-relu.slope", "base.vae.yaml(8,31) $(slope)")]
    [InlineData("encoder.2.linear.out", "base.vae.yaml(13,13)")]
    [InlineData("encoder.2.linear.bias", "default")]
    [InlineData("latent.dim", "base.vae.yaml(14,15)")]
    [InlineData("latent.logvar-clamp", "base.vae.yaml(14,32)")]
    [InlineData("decoder.1.reshape.shape", "base.vae.yaml(16,19)")]
    [InlineData("decoder.4.linear.out", "base.vae.yaml(18,13)")]
    [InlineData("loss.reconstruction", "base.vae.yaml(20,25)")]
    [InlineData("loss.reconstruction.huber.delta", "base.vae.yaml(20,40)")]
    [InlineData("loss.kl.weight.to", "--param beta=0.7 $(beta)")]
    [InlineData("train.epochs", "base.vae.yaml(25,27)")]
    [InlineData("train.batch", "derived.vae.yaml(3,16)")]
    [InlineData("train.optimizer.adam.beta1", "base.vae.yaml(21,58)")]
    [InlineData("train.optimizer.adam.eps", "derived.vae.yaml(3,44)")]
    [InlineData("train.stop.patience", "base.vae.yaml(21,81)")]
    [InlineData("train.stop.on", "default")]
    [InlineData("train.seed", "--set train.seed=9")]
    [InlineData("artifacts.plots.1.manifold.grid", "base.vae.yaml(22,44)")]
    [InlineData("artifacts.onnx", "default")]
    [InlineData("checks.metrics.test.loss.max", "base.vae.yaml(23,37)")]
    public void A_value_has_the_place_that_wrote_it(string path, string place)
    {
        SpecLoadResult result = Derived(
            "vae: 1\nextends: {spec: ./base.vae.yaml, with: {hidden: 8}}\ntrain: {batch: 32, optimizer: {adam: {eps: 1e-6}}}\n",
            new SpecLoadOptions { Variant = "quick", Parameters = ["beta=0.7"], Sets = ["train.seed=9"] });

        Assert.Equal(place, Place(result, path));
    }

    /// <summary>Parts that a spec may lay over the base; any of them together make a spec that is right.</summary>
    private static readonly string[] Parts =
    [
        "description: other", "params: {hidden: 12}", "data: {validation: 0.2}", "data: {limit: 600}", "encoder: [linear: $(hidden), tanh]", "latent: 5", "latent: {logvar-clamp: null}",
        "loss: {kl: 0.5}", "loss: {reconstruction: l1}", "train: {batch: 16}", "train: {stop: null}", "train: {optimizer: {adam: {beta2: 0.9}}}", "train: {optimizer: sgd}", "train: {lr: 0.1}",
        "artifacts: {plots: [loss]}", "artifacts: {report: none}", "checks: null", "blocks: {deep: {params: {slope: 0.3}}}",
    ];

    private static Gen<string> Overlay { get; } =
        from parts in Gen.SubListOf(Parts)
            // A key stands once in a file.
        select string.Concat(parts.GroupBy(part => part.Split(':')[0]).Select(same => same.First() + "\n"));

    [Property(MaxTest = 60)]
    public Property Merging_with_nothing_changes_nothing() => Prop.ForAll(Overlay.ToArbitrary(), overlay =>
    {
        folder.Write("middle.vae.yaml", "vae: 1\nname: derived\nextends: ./base.vae.yaml\n" + overlay);
        SpecLoadResult middle = SpecLoader.Load(folder["middle.vae.yaml"]);

        SpecLoadResult again = Derived("vae: 1\nname: derived\nextends: {spec: ./middle.vae.yaml, with: {}}\n");

        Assert.Equal(middle.Diagnostics.Select(d => d.Message), again.Diagnostics.Select(d => d.Message));
        Assert.Equal(middle.Spec, again.Spec);
        Assert.Equal(middle.Origins.Skip(1), again.Origins.Skip(1));
    });

    [Property(MaxTest = 60)]
    public Property The_later_of_two_wins_wherever_it_stands() => Prop.ForAll(Overlay.ToArbitrary(), overlay =>
    {
        folder.Write("middle.vae.yaml", "vae: 1\nname: derived\nextends: ./base.vae.yaml\n" + overlay);
        const string Last = "train: {batch: 7, lr: 0.25}\nlatent: 9\n";

        SpecLoadResult file = Derived("vae: 1\nname: derived\nextends: ./middle.vae.yaml\n" + Last);
        SpecLoadResult variant = Derived("vae: 1\nname: derived\nextends: ./middle.vae.yaml\nvariants:\n  last: {train: {batch: 7, lr: 0.25}, latent: 9}\n", new SpecLoadOptions { Variant = "last" });
        SpecLoadResult set = Derived("vae: 1\nname: derived\nextends: ./middle.vae.yaml\n", new SpecLoadOptions { Sets = ["train.batch=7", "train.lr=0.25", "latent=9"] });

        Assert.Equal((7, 0.25, 9), (file.Spec!.Train.Batch, file.Spec.Train.LearningRate, file.Spec.Latent.Dim));
        Assert.Equal(file.Spec, variant.Spec);
        Assert.Equal(file.Spec, set.Spec);
    });

    [Property(MaxTest = 60)]
    public Property Null_is_as_if_the_base_had_never_said_it() => Prop.ForAll(Gen.Elements("validation", "stop", "clip", "limit").ToArbitrary(), Overlay.ToArbitrary(), (key, overlay) =>
    {
        folder.Write("middle.vae.yaml", "vae: 1\nextends: ./base.vae.yaml\ntrain: {clip-norm: 2, stop: {patience: 4}}\ndata: {limit: 500, validation: 0.3}\n" + string.Concat(overlay.Split('\n').Where(line => !line.StartsWith("train", StringComparison.Ordinal) && !line.StartsWith("data", StringComparison.Ordinal)).Select(line => line + "\n")));
        Spec spec = Derived("vae: 1\nname: derived\nextends: ./middle.vae.yaml\ntrain: {stop: null, clip-norm: null}\ndata: {limit: null, validation: null}\n").Spec!;

        Assert.Null(key switch { "validation" => spec.Data.Validation, "stop" => spec.Train.Stop, "clip" => spec.Train.ClipNorm, _ => (object?)spec.Data.Limit });
    });

    [Property(MaxTest = 60)]
    public Property Every_origin_is_a_place_in_a_file_that_was_read() => Prop.ForAll(Overlay.ToArbitrary(), overlay =>
    {
        SpecLoadResult result = Derived("vae: 1\nname: derived\nextends: {spec: ./base.vae.yaml, with: {beta: 0.3}}\n" + overlay);

        Assert.NotNull(result.Spec);
        Assert.Equal(result.Origins.Count, result.Origins.Select(origin => origin.Path).Distinct().Count());
        foreach (Location place in result.Origins.Select(origin => origin.Place).OfType<Location>())
        {
            Assert.Contains(place.File, result.Files);
            string[] lines = File.ReadAllLines(place.File);
            Assert.InRange(place.Line, 1, lines.Length);
            Assert.InRange(place.Column, 1, lines[place.Line - 1].Length);
        }
    });

    public void Dispose() => folder.Dispose();
}
