namespace Vae.Dsl.Tests;

public sealed class SweepTests : IDisposable
{
    private const string Text = """
        vae: 1
        name: swept
        params:
          beta: {type: float, default: 1, min: 0}
          widths: [8]
          kind: adam
        data: {dataset: mnist, shape: [784]}
        blocks: {deep: {params: {out: int}, layers: [linear: $(out), relu]}}
        encoder: [use: {block: deep, each: {out: $(widths)}}]
        latent: 2
        decoder: [linear: auto, sigmoid]
        loss: {reconstruction: mse, kl: $(beta)}
        train: {epochs: 1, optimizer: $(kind)}
        description: of $(name)

        """;

    private readonly SpecFolder folder = new();

    private SweepLoadResult Sweep(string sweep, SpecLoadOptions? options = null) => SpecLoader.LoadSweep(folder.Write("swept.vae.yaml", Text + sweep), options);

    [Fact]
    public void Every_combination_is_a_point_and_the_last_parameter_runs_fastest()
    {
        SweepLoadResult sweep = Sweep("sweep: {beta: [0.1, 1e-3], widths: [[32, 16], [64]]}\n");

        Assert.Empty(sweep.Diagnostics);
        Assert.Equal("swept", sweep.Name);
        Assert.Equal(["swept-beta-0-1-widths-32-16", "swept-beta-0-1-widths-64", "swept-beta-1e-3-widths-32-16", "swept-beta-1e-3-widths-64"], sweep.Points.Select(point => point.Name));
        Assert.Equal("beta=1e-3 widths=[64]", string.Join(' ', sweep.Points[3].Values.Select(value => $"{value.Key}={value.Value}")));
        Spec spec = sweep.Points[2].Load().Spec!;
        Assert.Equal("swept-beta-1e-3-widths-32-16", spec.Name);
        Assert.Equal("of swept", spec.Description);
        Assert.Equal(new WeightSpec.Constant(1e-3), spec.Loss.KlWeight);
        Assert.Equal(4, spec.Encoder.Layers.Count);
        Assert.Equal(spec, SpecLoader.Parse(spec.ToYaml()).Spec);
    }

    [Fact]
    public void Names_that_would_be_the_same_get_numbers()
    {
        SweepLoadResult sweep = Sweep("sweep: {kind: [adam, Adam, a+dam, a-dam, ADAM]}\n");

        Assert.Equal(["swept-kind-adam", "swept-kind-adam-2", "swept-kind-a-dam", "swept-kind-a-dam-2", "swept-kind-adam-3"], sweep.Points.Select(point => point.Name));
    }

    [Fact]
    public void What_comes_from_outside_holds_for_every_point()
    {
        SweepLoadResult sweep = Sweep("sweep: {beta: [2, 3]}\nvariants: {quick: {train: {batch: 4}}}\n", new SpecLoadOptions { Variant = "quick", Parameters = ["kind=sgd"], Sets = ["train.epochs=5", "params.beta=9"] });

        Assert.Equal(
            [(2.0, 4, "sgd", 5), (3.0, 4, "sgd", 5)],
            sweep.Points.Select(point => point.Load().Spec!).Select(spec => (((WeightSpec.Constant)spec.Loss.KlWeight).Value, spec.Train.Batch, spec.Train.Optimizer.Kind, spec.Train.Length)));
    }

    [Fact]
    public void One_point_that_is_wrong_leaves_the_others_right()
    {
        SweepLoadResult sweep = Sweep("sweep: {kind: [adam, adm]}\n");

        Assert.NotNull(sweep.Points[0].Load().Spec);
        Assert.Equal("VAE1208", Assert.Single(sweep.Points[1].Load().Diagnostics).Code.Id);
    }

    [Theory]
    [InlineData("", "VAE1320")]
    [InlineData("sweep: {}\n", "VAE1320")]
    [InlineData("sweep: {beta: [0.1, 0.1]}\n", "VAE1320")]
    [InlineData("sweep: {beta: []}\n", "VAE1320")]
    [InlineData("sweep: {beta: [1, ]}\nlatnet: 2\n", "VAE1201")]
    [InlineData("sweep: {beta: [~]}\n", "VAE1320")]
    [InlineData("sweep: {beta: [-1]}\n", "VAE1305")]
    [InlineData("sweep: {name: [a]}\n", "VAE1302")]
    [InlineData("sweep: [beta]\n", "VAE1203")]
    [InlineData("abstract: true\nsweep: {beta: [1]}\n", "VAE1316")]
    public void A_sweep_that_is_wrong_has_no_points(string sweep, string code)
    {
        SweepLoadResult result = Sweep(sweep);

        Assert.Empty(result.Points);
        Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Code.Id == code);
    }

    [Fact]
    public void A_parameter_is_swept_or_given_but_not_both() =>
        Assert.Equal("--param beta=3: error VAE1320: 'beta' is swept, so it has no one value; leave --param out, or the parameter out of 'sweep'", Assert.Single(Sweep("sweep: {beta: [1]}\n", new SpecLoadOptions { Parameters = ["beta=3"] }).Diagnostics).ToString());

    [Fact]
    public void A_base_may_bring_the_sweep_and_a_parameter_without_a_value_get_it_there()
    {
        folder.Write("swept.vae.yaml", Text.Replace("kind: adam", "kind: string", StringComparison.Ordinal) + "abstract: true\nsweep: {beta: [1, 2]}\n");
        string path = folder.Write("heir.vae.yaml", "vae: 1\nextends: ./swept.vae.yaml\nsweep: {beta: [5], kind: [adam, sgd]}\n");

        SweepLoadResult sweep = SpecLoader.LoadSweep(path);

        Assert.Equal(["heir-beta-5-kind-adam", "heir-beta-5-kind-sgd"], sweep.Points.Select(point => point.Name));
        Assert.Equal(["adam", "sgd"], sweep.Points.Select(point => point.Load().Spec!.Train.Optimizer.Kind));
        Assert.Equal([path, folder["swept.vae.yaml"]], sweep.Files);
    }

    public void Dispose() => folder.Dispose();
}
