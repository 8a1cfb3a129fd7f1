using Vae.Dsl.Building;

namespace Vae.Dsl.Tests;

/// <summary>Tables as series: windows, times, splits.</summary>
public class SeriesDataTests
{
    [Fact]
    public void The_example_of_a_series_is_the_design_word_for_word()
    {
        string spec = Path.Combine(Repository.Root, "examples", "Turbine", "turbine.vae.yaml"), package = Path.Combine(Repository.Root, "examples", "SharedSpecs");
        Assert.Equal(DesignSpecs.Derived, WithoutModeline(spec));
        Assert.Equal(DesignSpecs.Base, WithoutModeline(Path.Combine(package, DesignSpecs.BaseFile)));

        SpecLoadResult result = SpecLoader.Load(spec, new SpecLoadOptions { Packages = new Dictionary<string, string> { [DesignSpecs.Package] = package } });

        Assert.Empty(result.Diagnostics);
        Assert.Equal([96, 3], result.Spec!.Data.Shape);

        static string WithoutModeline(string path) => string.Concat(File.ReadLines(path).Skip(1).Select(line => line + "\n"));
    }

    [Theory]
    [InlineData("window: 96", "[96,3]")]
    [InlineData("window: {length: 96, stride: 12}", "[96,3]")]
    [InlineData("window: 96, shape: [288]", "[288]")]
    [InlineData("window: 96, shape: [96, 3]", "[96,3]")]
    [InlineData("scale: none", "[3]")]
    public void The_shape_of_a_window_is_inferred(string keys, string shape)
    {
        Spec spec = Load($"columns: [rpm, temp, vibration], {keys}");

        Assert.Equal(shape, spec.Data.Shape.ToString());
    }

    [Theory]
    [InlineData("window: 96")]
    [InlineData("time: timestamp, window: {length: 96, stride: 7}, split: {by: time, train: 70%, validation: 15%, test: 15%}")]
    [InlineData("time: \"yes: no\", split: {by: time, validation: {from: 2024-05-01T12:30:00.25+02:00}, test: {from: 2024-06-01}}")]
    [InlineData("time: step, limit: {from: 100}, validation: {from: -1.50}, test: {from: 1e3}")]
    [InlineData("split: {by: order, train: 1000, test: 500}")]
    [InlineData("split: {by: random, train: 1.0, test: 500}, limit: 50%")]
    public void Every_value_survives_the_way_through_text(string keys)
    {
        Spec spec = Load($"columns: [a, b], {keys}");

        SpecLoadResult again = SpecLoader.Parse(spec.ToYaml());

        Assert.Empty(again.Diagnostics);
        Assert.Equal(spec, again.Spec);
        Assert.Equal(spec.ToYaml(), again.Spec!.ToYaml());
    }

    [Fact]
    public void The_short_form_of_a_window_is_its_length()
    {
        Spec spec = Load("columns: [a, b], window: 96");

        Assert.Equal(new WindowSpec(96, 1), spec.Data.Window);
        Assert.Contains("  window: {length: 96, stride: 1}\n", spec.ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_holds_sets_out_for_plots_and_checks()
    {
        Spec spec = Load("columns: [a, b], time: t, split: {by: time, validation: 15%, test: {from: 2024-06-01}}", "artifacts: {plots: [reconstructions]}\nchecks: {metrics: {test.loss: {max: 1}, validation.loss: {max: 1}}}");

        Assert.Equal("test", spec.Artifacts.Plots[0].Arguments.Text("split"));
        Assert.True(spec.Data is { HoldsOutTest: true, HoldsOutValidation: true, Test: null, Validation: null });
    }

    [Fact]
    public void A_variant_changes_single_keys_of_window_and_split()
    {
        const string Text = """
            vae: 1
            name: series
            data: {source: csv, path: t.csv, columns: [a], window: {length: 8, stride: 2}, split: {by: order, test: 10%}, scale: none}
            encoder: [flatten]
            latent: 2
            decoder: [{linear: [8, 1]}]
            loss: {reconstruction: mse}
            train: {epochs: 1}
            variants:
              more: {data: {window: {stride: 4}, split: {test: null, validation: 20%}}}
            """;

        Spec spec = SpecLoader.Parse(Text, options: new SpecLoadOptions { Variant = "more", Sets = ["data.split.by=random", "data.window.stride=8"] }).Spec!;

        Assert.Equal(new WindowSpec(8, 8), spec.Data.Window);
        Assert.Equal(new SplitSpec { By = SplitBy.Random, Validation = new Amount(0.2, true) }, spec.Data.Split);
    }

    [Fact]
    public void The_builder_says_the_same_as_the_text()
    {
        Spec text = Load("columns: [a, b], time: t, window: {length: 8, stride: 2}, split: {by: time, validation: 200, test: 0.1}");
        Spec moments = Load("columns: [a, b], time: t, window: 8, split: {by: time, validation: {from: 2024-05-01}, test: {from: 2024-06-01T12:00Z}}");
        SpecBuilder builder = new SpecBuilder("series").Encoder(Layers.Flatten()).Latent(2).Decoder(Layers.LinearAuto()).Loss("mse").Train(epochs: 1);

        Assert.Equal(text.Data, builder.DataFrom("csv", "t.csv", columns: ["a", "b"], time: "t", window: new WindowSpec(8, 2), split: SplitSpec.ByTime(validation: 200, test: 0.1), scale: "none").Build().Data);
        Assert.Equal(moments.Data, builder.DataFrom("csv", "t.csv", columns: ["a", "b"], time: "t", window: new WindowSpec(8), split: SplitSpec.AtMoments(Moment.Parse("2024-05-01"), Moment.Parse("2024-06-01T12:00Z")), scale: "none").Build().Data);
        Assert.Equal(text.Data with { Split = SplitSpec.ByOrder(test: 0.1) }, text.WithData(text.Data with { Split = SplitSpec.ByOrder(test: 0.1) }).Data);
    }

    [Fact]
    public void Wrong_calls_are_reported_with_the_call()
    {
        SpecLoadResult result = new SpecBuilder("series").DataFrom("csv", "t.csv", columns: ["a"], window: new WindowSpec(8), validation: 0.1, scale: "none")
            .Encoder(Layers.Flatten()).Latent(2).Decoder(Layers.LinearAuto()).Loss("mse").Train(epochs: 1).Check();

        Assert.Equal("DataFrom(validation: …): error VAE2140: 'validation' is drawn at random, and windows that overlap share rows: the same rows would stand in two sets; write 'split: {by: order, validation: 0.1}'", Assert.Single(result.Diagnostics).ToString());
    }

    [Theory]
    [InlineData("2024-05-01", true, "2024-05-01")]
    [InlineData("2024-05-01T12:30", true, "2024-05-01T12:30:00Z")]
    [InlineData("2024-05-01 12:30:15.5", true, "2024-05-01T12:30:15.5Z")]
    [InlineData("2024-05-01T12:30:15+02:00", true, "2024-05-01T10:30:15Z")]
    [InlineData("0", false, "0")]
    [InlineData("-1.5", false, "-1.5")]
    [InlineData("1714566600000000000", false, "1714566600000000000")]
    public void A_moment_is_a_date_or_a_number(string text, bool isDate, string shown)
    {
        Assert.True(Moment.TryParse(text, out Moment moment));
        Assert.Equal(isDate, moment.IsDate);
        Assert.Equal(shown, moment.ToString());
        Assert.True(Moment.TryParse(shown, out Moment again));
        Assert.Equal(moment, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("01.05.2024")]
    [InlineData("05/01/2024")]
    [InlineData("2024-13-01")]
    [InlineData("noon")]
    [InlineData("NaN")]
    [InlineData("1e99")]
    public void Nothing_else_is_a_moment(string text) => Assert.False(Moment.TryParse(text, out _));

    private static Spec Load(string data, string more = "")
    {
        SpecLoadResult result = SpecLoader.Parse($$"""
            vae: 1
            name: series
            data: {source: csv, path: t.csv, {{data}}{{(data.Contains("scale", StringComparison.Ordinal) ? "" : ", scale: none")}}}
            encoder: [flatten, linear: 8]
            latent: 2
            decoder: [linear: auto]
            loss: {reconstruction: mse}
            train: {epochs: 1}
            {{more}}
            """);
        Assert.Empty(result.Diagnostics);
        return result.Spec!;
    }
}
