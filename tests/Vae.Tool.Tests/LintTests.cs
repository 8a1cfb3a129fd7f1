using Vae.Artifacts;
using Vae.Artifacts.Lint;
using Vae.Artifacts.Report;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch;

namespace Vae.Tool.Tests;

/// <summary>Each finding is shown by a small training that has the fault, and a healthy one has none.</summary>
public sealed class LintTests : IDisposable
{
    private const string Likelihood = "{reconstruction: {gaussian: {sigma: 0.1}}, kl: 1}";

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void A_healthy_training_has_no_finding()
    {
        Spec spec = Spec(Likelihood, data: ", validation: 0.2");
        Assert.Empty(Findings(spec, Waves(400, 0), Waves(100, 2)));
    }

    [Fact]
    public void A_posterior_that_has_collapsed_is_found()
    {
        Finding finding = Only("VAE4050", Findings(Spec("{reconstruction: {gaussian: {sigma: 1}}, kl: 20}"), Waves(400, 0)));
        Assert.Contains("The posterior has collapsed", finding.Message, StringComparison.Ordinal);
        Assert.Contains("it is 20, an effective β of 20", finding.Remedy, StringComparison.Ordinal);
        Assert.Equal(Severity.Warning, finding.Code.Severity);
    }

    [Fact]
    public void Dimensions_that_say_nothing_are_a_message_and_no_warning()
    {
        Finding finding = Only("VAE4051", Findings(Spec(Likelihood, latent: "6"), Waves(400, 0)));
        Assert.Matches("^[1-5] of 6 latent dimensions", finding.Message);
        Assert.Equal(Severity.Message, finding.Code.Severity);
        Assert.StartsWith("message VAE4051: ", finding.ToDiagnostic([]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_that_lie_elsewhere_than_the_prior_are_found()
    {
        // Nothing holds a single code for two amplitudes near 0, and room between its values makes the likelihood better.
        Finding finding = Findings(Spec("{reconstruction: {gaussian: {sigma: 0.001}}, kl: 0}", latent: "1", epochs: 200, schedule: "cosine"), Waves(400, 0)).Single(finding => finding.Code.Id == "VAE4052");
        Assert.Contains("in common with N(0, 1)", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void While_the_weight_of_the_kl_rises_the_codes_may_lie_anywhere() =>
        Assert.DoesNotContain(Findings(Spec("{reconstruction: {gaussian: {sigma: 0.001}}, kl: {from: 0, to: 1e-9, epochs: 100000}}", latent: "1", epochs: 200, schedule: "cosine"), Waves(400, 0)), finding => finding.Code.Id == "VAE4052");

    [Fact]
    public void A_decoder_that_cannot_reach_the_data_is_found()
    {
        Finding finding = Only("VAE4053", Findings(Spec("{reconstruction: mse, kl: 0.1}", end: "sigmoid"), Waves(400, 0)));
        Assert.Equal("decoder.3", finding.Key);
        Assert.Contains("it ends with sigmoid, whose values are between 0 and 1, but the data (scale: none) run from -1", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tanh", true)]
    [InlineData("relu", true)]
    [InlineData("silu", false)]
    public void What_an_activation_can_reach_is_known(string activation, bool isFound) =>
        Assert.Equal(isFound, Findings(Spec("{reconstruction: mse, kl: 0.1}", end: activation, epochs: 1), Waves(400, 0)).Any(finding => finding.Code.Id == "VAE4053"));

    [Fact]
    public void A_weight_meant_for_a_sum_beside_a_mean_is_found()
    {
        Finding finding = Findings(Spec("{reconstruction: {mse: {reduce: mean}}, kl: 5}"), Waves(400, 0)).Single(finding => finding.Code.Id == "VAE4054");
        Assert.Contains("The weight 5 of the KL counts as β = 40", finding.Message, StringComparison.Ordinal);
        Assert.Contains("make the weight 0.125", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(Findings(Spec("{reconstruction: {mse: {reduce: sum}}, kl: 5}", epochs: 1), Waves(400, 0)), found => found.Code.Id == "VAE4054");
    }

    [Fact]
    public void A_validation_loss_that_rises_while_the_other_falls_is_found()
    {
        // Thirty examples of noise can only be learned by heart.
        Spec spec = Spec("{reconstruction: mse, kl: 1e-3}", latent: "8", epochs: 300, batch: 15, data: ", validation: 0.2", width: 64);
        Finding finding = Findings(spec, Noise(30, 1), Noise(60, 2)).Single(finding => finding.Code.Id == "VAE4055");
        Assert.Contains("learns its training set by heart", finding.Message, StringComparison.Ordinal);

        // With the best weights restored there is nothing to say.
        TrainingResult result = Train(spec, Noise(30, 1), Noise(60, 2));
        Spec restored = spec.WithTrain(stop: new StopSpec("validation.loss", 1000));
        Assert.DoesNotContain(Linter.Findings(result with { Spec = restored }), found => found.Code.Id == "VAE4055");
    }

    [Fact]
    public void A_log_variance_at_its_clamp_is_found()
    {
        Finding finding = Findings(Spec(Likelihood, latent: "{dim: 2, logvar-clamp: [-1, 4]}"), Waves(400, 0)).Single(finding => finding.Code.Id == "VAE4056");
        Assert.Contains("at its lower bound -1 for", finding.Message, StringComparison.Ordinal);
        Assert.Equal("latent.logvar-clamp", finding.Key);
    }

    [Fact]
    public void Noise_that_vanishes_without_a_clamp_is_found() =>
        Assert.Contains(
            Findings(Spec("{reconstruction: {gaussian: {sigma: 0.001}}, kl: 0}", epochs: 300, schedule: "cosine"), Waves(400, 0)),
            finding => finding.Code.Id == "VAE4056" && finding.Message.Contains("has all but vanished", StringComparison.Ordinal));

    [Fact]
    public void A_learned_deviation_at_its_floor_is_found()
    {
        // Features that never change are decoded exactly.
        Spec spec = Spec("{reconstruction: mse, kl: learned}", epochs: 200, schedule: "cosine");
        Finding finding = Findings(spec, [.. Enumerable.Repeat(0.5f, 400 * Size)]).Single(finding => finding.Code.Id == "VAE4057");
        Assert.Contains("at its floor of 0.00248", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_of_a_few_steps_is_no_ground_for_findings_about_codes()
    {
        Spec spec = Spec("{reconstruction: {gaussian: {sigma: 1}}, kl: 20}", epochs: 7);
        TrainingResult result = Train(spec, Waves(400, 0));
        Assert.Equal(91, result.Steps);
        Assert.Empty(Linter.Findings(result));
    }

    [Fact]
    public void Findings_are_in_the_console_the_metrics_and_the_report_at_the_line_that_is_to_blame()
    {
        string path = workspace.Spec(Workspace.TinySpec
            .Replace("{reconstruction: bce, kl: 0.5}", "{reconstruction: bce, kl: 50}", StringComparison.Ordinal)
            .Replace("epochs: 3", "epochs: 30", StringComparison.Ordinal));

        Workspace.Outcome outcome = Workspace.Vae("train", path, "--output", workspace["out"]);

        Assert.Equal(0, outcome.Code);
        Assert.Contains($"{path}(10,33): warning VAE4050: The posterior has collapsed", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("\"code\": \"VAE4050\"", File.ReadAllText(workspace["out/metrics.json"]), StringComparison.Ordinal);
        string report = File.ReadAllText(workspace["out/report.html"]);
        Assert.Contains("1 warning", report, StringComparison.Ordinal);
        Assert.Contains("The posterior has collapsed", report, StringComparison.Ordinal);

        // The page of the folder is the page that lies there.
        SpecLoadResult loaded = SpecLoader.Load(path);
        Assert.Equal(report, HtmlReport.Write(ReportContent.Read(workspace["out"], new ReportContext { Origins = loaded.Origins, Files = loaded.Files })));
    }

    private const int Size = 16;

    private static Finding Only(string code, IReadOnlyList<Finding> findings)
    {
        Finding finding = Assert.Single(findings);
        Assert.Equal(code, finding.Code.Id);
        return finding;
    }

    private static IReadOnlyList<Finding> Findings(Spec spec, float[] train, float[]? validation = null) => Linter.Findings(Train(spec, train, validation));

    private static TrainingResult Train(Spec spec, float[] train, float[]? validation = null)
    {
        var data = new DataSet
        {
            Name = "waves",
            Shape = spec.Data.Shape,
            Train = new Examples(spec.Data.Shape, train),
            Validation = validation is null ? null : new Examples(spec.Data.Shape, validation),
            Files = [],
        };
        return Trainer.Train(spec, data, new TrainOptions { Requests = ArtifactWriter.RequestsFor(spec) });
    }

    private static Spec Spec(string loss, string latent = "2", string? end = null, int epochs = 60, int batch = 32, string data = "", int width = 32, string? schedule = null)
    {
        SpecLoadResult result = SpecLoader.Parse($$$"""
            vae: 1
            name: waves
            data: {source: npy, path: x.npy, shape: [{{{Size}}}], scale: none{{{data}}}}
            encoder: [{linear: {out: {{{width}}}, act: tanh}}]
            latent: {{{latent}}}
            decoder: [{linear: {out: {{{width}}}, act: tanh}}, {linear: {out: auto{{{(end is null ? "" : ", act: " + end)}}}}}]
            loss: {{{loss}}}
            train: {epochs: {{{epochs}}}, batch: {{{batch}}}, optimizer: adam, lr: 1e-2, {{{(schedule is null ? "" : $"schedule: {schedule}, ")}}}seed: 5, threads: 1, device: cpu}
            artifacts: {report: none}
            """, "waves.vae.yaml");
        return result.Spec ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    /// <summary>Waves of two free amplitudes: two dimensions say all of it.</summary>
    private static float[] Waves(int count, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[count * Size];
        for (int i = 0; i < count; i++)
        {
            (double a, double b) = (Normal(random) * 0.5, Normal(random) * 0.5);
            for (int j = 0; j < Size; j++)
                values[(i * Size) + j] = (float)((a * Math.Sin(j * 0.8)) + (b * Math.Cos(j * 0.5)) + (0.1 * Normal(random)));
        }

        return values;
    }

    private static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * Size).Select(_ => (float)Normal(random))];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
