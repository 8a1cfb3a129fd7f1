using System.Globalization;
using System.Xml.Linq;
using Vae.Artifacts.Drawing;
using Vae.Artifacts.Plots;
using Vae.Artifacts.Tests.Drawing;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Plots;

public class PlotTests
{
    public static TheoryData<string> Kinds => [.. PlotCatalogue.Rows.All.Select(row => row.Name)];

    [Fact]
    public void Every_row_of_the_catalogue_has_its_plot()
    {
        Assert.Equal(
            PlotCatalogue.Rows.All.Select(row => row.Name).Order(StringComparer.Ordinal),
            PlotTable.All.Select(plot => plot.Kind).Order(StringComparer.Ordinal));
        Assert.Equal(PlotTable.All.Select(plot => plot.Kind).Order(StringComparer.Ordinal), PlotTable.All.Select(plot => plot.Kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_result_gives_the_same_bytes_in_any_culture(string kind)
    {
        Component plot = kind switch
        {
            "manifold" => FakeResults.Plot(kind, ("grid", 7)),
            "samples" => FakeResults.Plot(kind, ("count", 9)),
            "latent-scatter" or "aggregate-posterior" => FakeResults.Plot(kind, ("limit", 1000)),
            _ => FakeResults.Plot(kind),
        };
        TrainingResult result = FakeResults.For(plot, 20, validation: true);
        PlotFiles first = PlotTable.Get(kind).Draw(plot, result);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            PlotFiles second = PlotTable.Get(kind).Draw(plot, result);
            Assert.Equal(first.Svg, second.Svg);
            Assert.Equal(first.Png, second.Png);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_forms_have_one_size_and_something_in_them(string kind)
    {
        TrainingResult result = FakeResults.For(FakeResults.Plot(kind));
        PlotFiles files = PlotTable.Get(kind).Draw(result.Spec.Artifacts.Plots[0], result);
        XElement svg = XDocument.Parse(files.Svg).Root!;
        Bitmap png = Png.Decode(files.Png);
        Assert.Equal(2 * double.Parse(svg.Attribute("width")!.Value, CultureInfo.InvariantCulture), png.Width, 2.0);
        Assert.Equal(2 * double.Parse(svg.Attribute("height")!.Value, CultureInfo.InvariantCulture), png.Height, 2.0);
        double ink = png.Rgba.Where((_, i) => i % 4 == 0).Average(red => 255.0 - red);
        Assert.InRange(ink, 2, 250);
        Assert.DoesNotContain("NaN", string.Concat(svg.Descendants().Attributes("d").Select(d => d.Value)), StringComparison.Ordinal);
        Assert.DoesNotContain("\r", files.Svg, StringComparison.Ordinal);
        Assert.DoesNotContain(" id=", files.Svg, StringComparison.Ordinal);
        Assert.InRange(files.Svg.Length, 5_000, 250_000);
    }

    [Theory]
    [InlineData(1, false, 1)]
    [InlineData(1, true, 0.001)]
    [InlineData(2, true, 1)]
    [InlineData(15, false, 1e-6)]
    [InlineData(37, true, 545.3)]
    [InlineData(1000, true, 3e6)]
    [InlineData(12_345, false, 1e12)]
    public void No_text_of_the_loss_plot_is_cut_or_covered(int epochs, bool validation, double size)
    {
        TrainingResult result = FakeResults.Mnist(epochs, validation, name: "a-spec-" + new string('x', epochs % 90));
        Curve curve = result.Curve with { Rows = [.. result.Curve.Rows.Select(row => row.Select((value, i) => i == 0 ? value : value * size).ToArray())] };
        foreach (WeightSpec weight in new WeightSpec[] { new WeightSpec.Constant(0.001), new WeightSpec.Ramp(0, 1, 10, TimeUnit.Epochs) })
        {
            Spec spec = result.Spec with { Loss = result.Spec.Loss with { KlWeight = weight } };
            AssertReadable(LossPlot.Compose(spec, curve));
            AssertReadable(LossPlot.Compose(spec, curve, curve with { Rows = [.. curve.Rows.Append([epochs + 1, .. curve.Rows[^1].Skip(1).Select(value => value * 1.5)])] }));
        }
    }

    [Fact]
    public void A_curve_with_gaps_constants_and_no_rows_is_drawn()
    {
        string[] columns = ["epoch", "train.loss", "train.reconstruction", "train.kl", "kl.weight", "lr"];
        TrainingResult result = FakeResults.Mnist(3);
        AssertReadable(LossPlot.Compose(result.Spec, new Curve(columns, [[1, 5, 5, 0, 1, 1], [2, double.NaN, 5, 0, 1, 1], [3, 5, double.PositiveInfinity, 0, 1, 1]])));
        AssertReadable(LossPlot.Compose(result.Spec, new Curve(columns, [])));
    }

    [Theory]
    [InlineData(2, 10, 10_000)]
    [InlineData(2, 1, 50)]
    [InlineData(2, 15, 400)]
    [InlineData(2, 57, 400)]
    [InlineData(16, 10, 3000)]
    [InlineData(1, 10, 1000)]
    [InlineData(1, 1, 10)]
    public void No_text_of_the_scatter_is_cut_or_covered(int latent, int classes, int examples)
    {
        Component plot = FakeResults.Plot("latent-scatter");
        Spec spec = FakeResults.Spec(new DataSpec { Dataset = "mnist", Shape = [784] }, latent, new string('n', 70), plots: [plot]);
        AssertReadable(LatentScatterPlot.Compose(plot, FakeResults.Of(spec, examples: examples, classes: classes)));
    }

    [Fact]
    public void The_scatter_of_many_dimensions_can_show_the_two_with_the_largest_kl()
    {
        Component plot = FakeResults.Plot("latent-scatter", ("axes", "kl"));
        Spec spec = FakeResults.Spec(new DataSpec { Dataset = "mnist", Shape = [784] }, latent: 3, plots: [plot]);
        var request = new EvaluationRequest.Codes("test");
        var codes = new Evaluation(request, [
            new NamedArray("mu", [2, 3], [0, 1, 3, 0, -1, -3]),
            new NamedArray("logvar", [2, 3], new float[6])]);
        Scene scene = LatentScatterPlot.Compose(plot, FakeResults.Of(spec) with { Evaluations = [codes] });

        // With unit variance the KL is half the mean of mu².
        Assert.Contains("z₃ (KL 4.50 nats)", scene.Labels.Select(label => label.Text));
        Assert.Contains("z₂ (KL 0.50 nats)", scene.Labels.Select(label => label.Text));
        AssertReadable(scene);
    }

    [Fact]
    public void The_scatter_of_many_dimensions_shows_their_principal_components()
    {
        Component plot = FakeResults.Plot("latent-scatter");
        Spec spec = FakeResults.Spec(new DataSpec { Dataset = "mnist", Shape = [784] }, latent: 3, plots: [plot]);

        // Along (1, 1, 0)/√2 with variance 8, along the third axis with 1, and not at all besides.
        var codes = new Evaluation(new EvaluationRequest.Codes("test"), [
            new NamedArray("mu", [4, 3], [2, 2, 1, -2, -2, 1, 2, 2, -1, -2, -2, -1]), new NamedArray("logvar", [4, 3], new float[12])]);
        Scene scene = LatentScatterPlot.Compose(plot, FakeResults.Of(spec) with { Evaluations = [codes] });
        Assert.Contains("principal component 1 (89 % of the variance)", scene.Labels.Select(label => label.Text));
        Assert.Contains("principal component 2 (11 % of the variance)", scene.Labels.Select(label => label.Text));
        AssertReadable(scene);

        var components = new PrincipalComponents(codes.Get("mu").Values, 3);
        Assert.All(components.Project(codes.Get("mu").Values, 0).Zip([2.8284, -2.8284, 2.8284, -2.8284]), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
        Assert.All(components.Project(codes.Get("mu").Values, 1).Zip([1.0, 1, -1, -1]), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(20, 500)]
    [InlineData(600, 40)]
    public void Principal_components_are_orthonormal_and_carry_the_most_variance(int dimensions, int count)
    {
        var random = new Random(3);
        float[] values = new float[count * dimensions];
        for (int i = 0; i < count; i++)
        {
            (double a, double b) = ((random.NextDouble() - 0.5) * 8, (random.NextDouble() - 0.5) * 5);
            for (int j = 0; j < dimensions; j++)
                values[(i * dimensions) + j] = (float)((a * Math.Sin(j)) + (b * Math.Cos(j)) + (0.3 * (random.NextDouble() - 0.5)) + 1);
        }

        var components = new PrincipalComponents(values, dimensions);
        float[] unit = new float[dimensions * dimensions];
        for (int j = 0; j < dimensions; j++)
            unit[(j * dimensions) + j] = 1;
        double[] first = components.Project(unit, 0), second = components.Project(unit, 1);
        Assert.Equal(1, first.Sum(value => value * value), 1e-9);
        Assert.Equal(1, second.Sum(value => value * value), 1e-9);
        Assert.Equal(0, first.Zip(second).Sum(pair => pair.First * pair.Second), 1e-9);
        if (count > 0)
        {
            Assert.InRange(components.Shares.Sum(), 0.9, 1.0000001);
            Assert.True(components.Shares[0] >= components.Shares[1]);
            Assert.True(first.MaxBy(Math.Abs) > 0);
        }
    }

    [Fact]
    public void Codes_that_all_are_one_point_have_a_scatter_too()
    {
        Component plot = FakeResults.Plot("latent-scatter");
        Spec spec = FakeResults.Spec(new DataSpec { Dataset = "mnist", Shape = [784] }, latent: 3, plots: [plot]);
        var codes = new Evaluation(new EvaluationRequest.Codes("test"), [new NamedArray("mu", [4, 3], new float[12]), new NamedArray("logvar", [4, 3], new float[12])]);
        AssertReadable(LatentScatterPlot.Compose(plot, FakeResults.Of(spec) with { Evaluations = [codes] }));
    }

    [Fact]
    public void The_weight_of_the_kl_goes_in_steps_and_the_accepted_curve_lies_in_grey_behind()
    {
        TrainingResult result = FakeResults.Of(FakeResults.Spec(new DataSpec { Dataset = "mnist", Shape = [784] }, weight: new WeightSpec.Ramp(0, 1, 3, TimeUnit.Epochs)), 4);
        Scene scene = LossPlot.Compose(result.Spec, result.Curve, result.Curve);
        Mark.Line weight = scene.Marks.OfType<Mark.Line>().First(line => line.Stroke == Palette.Green && line.Points.Count > 2);
        Assert.Equal(7, weight.Points.Count);
        Assert.All(weight.Points.Zip(weight.Points.Skip(1)), pair => Assert.True(pair.First.X == pair.Second.X || pair.First.Y == pair.Second.Y));

        Mark.Line[] curves = [.. scene.Marks.OfType<Mark.Line>().Where(line => line.Points.Count == 4)];
        Assert.Equal(3, curves.Count(line => line.Stroke == Palette.Axis));
        Assert.Equal(Palette.Axis, curves[0].Stroke);
        Assert.Equal(3, scene.Labels.Count(label => label.Text.StartsWith("snapshot ", StringComparison.Ordinal)));
        Mark.Hint[] hints = [.. scene.Marks.OfType<Mark.Hint>()];
        Assert.Equal(4, hints.Length);
        Assert.StartsWith("epoch 1\ntotal: ", hints[0].Text, StringComparison.Ordinal);
        Assert.All(hints.Zip(hints.Skip(1)), pair => Assert.Equal(pair.First.Target.Right, pair.Second.Target.X, 6));
    }

    [Fact]
    public void The_scatter_has_equal_units_on_both_axes_and_one_colour_a_label()
    {
        Component plot = FakeResults.Plot("latent-scatter");
        TrainingResult result = FakeResults.Mnist(plots: [plot]);
        Scene scene = LatentScatterPlot.Compose(plot, result);
        Mark.Clip clip = scene.Marks.OfType<Mark.Clip>().Single();
        Point[] circle = [.. clip.Marks.OfType<Mark.Line>().Last().Points];
        Assert.Equal(circle.Max(p => p.X) - circle.Min(p => p.X), circle.Max(p => p.Y) - circle.Min(p => p.Y), 0.01);
        Assert.Equal(10, clip.Marks.OfType<Mark.Dots>().Select(dots => dots.Fill).Distinct().Count());
        Assert.Equal(10_000, clip.Marks.OfType<Mark.Dots>().Sum(dots => dots.Points.Count));
        Assert.All(clip.Marks.OfType<Mark.Dots>(), dots => Assert.All(dots.Points, p => Assert.True(clip.Window.Contains(new Box(p.X, p.Y, 0, 0)))));

        Component plain = FakeResults.Plot("latent-scatter", ("color", "none"));
        Scene uncoloured = LatentScatterPlot.Compose(plain, result);
        Assert.Equal([Palette.Blue], uncoloured.Marks.OfType<Mark.Clip>().Single().Marks.OfType<Mark.Dots>().Select(dots => dots.Fill).Distinct());
        Assert.DoesNotContain("label", uncoloured.Labels.Select(label => label.Text));
    }

    public static TheoryData<string> Data => ["mnist", "grey", "colour", "large", "tiny", "flat", "table", "series"];

    [Theory]
    [MemberData(nameof(Data))]
    public void No_text_of_the_tiles_is_cut_or_covered(string name)
    {
        DataSpec data = DataOf(name);
        foreach (int size in new[] { 1, 2, 7, 20, 70 })
        {
            Component[] plots = [
                FakeResults.Plot("reconstructions", ("count", size)),
                FakeResults.Plot("samples", ("count", size)),
                .. size is >= 2 and <= 20 ? [FakeResults.Plot("manifold", ("grid", size))] : Array.Empty<Component>()];
            Component worst = FakeResults.Plot("reconstructions", ("count", size), ("worst", Math.Max(1, size / 2)));
            AssertReadable(ReconstructionsPlot.Compose(worst, FakeResults.Of(FakeResults.Spec(data, plots: worst))));
            Component[] walks = [
                FakeResults.Plot("traversal", ("steps", Math.Clamp(size, 2, 40)), ("dimensions", size > 7 ? 64 : size), ("from", size == 7 ? "prior" : "example"), ("range", size == 1 ? 2.5 : 3.0)),
                FakeResults.Plot("interpolations", ("count", Math.Min(size, 40)), ("steps", Math.Clamp(size, 3, 40)))];
            TrainingResult walked = FakeResults.Of(FakeResults.Spec(data, latent: size == 1 ? 1 : 12, name: new string('n', size), plots: walks));
            AssertReadable(TraversalPlot.Compose(walks[0], walked));
            AssertReadable(InterpolationsPlot.Compose(walks[1], walked));
            TrainingResult result = FakeResults.Of(FakeResults.Spec(data, plots: plots));
            AssertReadable(ReconstructionsPlot.Compose(plots[0], result));
            AssertReadable(SamplesPlot.Compose(plots[1], result));
            if (plots.Length == 3)
                AssertReadable(ManifoldPlot.Compose(plots[2], result));
        }
    }

    [Theory]
    [InlineData("mnist", new[] { 1, 28, 28 })]
    [InlineData("grey", new[] { 1, 12, 9 })]
    [InlineData("flat", new[] { 1, 8, 8 })]
    [InlineData("colour", new[] { 3, 20, 16 })]
    [InlineData("flat-colour", new[] { 3, 16, 16 })]
    [InlineData("table", null)]
    [InlineData("series", null)]
    public void Images_are_recognized_when_flattened_too(string name, int[]? expected) =>
        Assert.Equal(expected is null ? null : new Shape(expected), TileSheet.ImageShape(DataOf(name)));

    [Fact]
    public void A_vector_of_a_table_is_no_image_even_when_a_square()
    {
        Assert.Null(TileSheet.ImageShape(new DataSpec { Source = "csv", Path = "x.csv", Shape = [64] }));
        Assert.Null(TileSheet.ImageShape(new DataSpec { Dataset = "mnist", Shape = [100] }) is { } shape && shape.Size != 100 ? shape : null);
    }

    [Fact]
    public void Tiles_show_their_pixels_in_order_with_gaps_between()
    {
        Component plot = FakeResults.Plot("samples", ("count", 3));
        Spec spec = FakeResults.Spec(new DataSpec { Source = "images", Path = "x", Shape = [1, 2, 2] }, plots: [plot]);
        var samples = new Evaluation(new EvaluationRequest.PriorSamples(3), [new NamedArray("decoded", [3, 1, 2, 2], [0, 1, 0.5f, -3, 1, 1, 1, 7, 0.2f, 0, 0, float.NaN])]);
        Scene scene = SamplesPlot.Compose(plot, FakeResults.Of(spec with { Artifacts = new ArtifactsSpec() }) with { Evaluations = [samples] });
        Bitmap pixels = scene.Marks.OfType<Mark.Picture>().Single().Pixels;
        Assert.Equal((5, 5), (pixels.Width, pixels.Height));
        Assert.Equal([0, 0, 0, 255], pixels[0, 0].ToArray());
        Assert.Equal([255, 255, 255, 255], pixels[1, 0].ToArray());
        Assert.Equal([128, 128, 128, 255], pixels[0, 1].ToArray());
        Assert.Equal([0, 0, 0, 0], pixels[2, 0].ToArray());
        Assert.Equal([51, 51, 51, 255], pixels[0, 3].ToArray());
        Assert.Equal([0, 0, 0, 0], pixels[4, 4].ToArray());
    }

    [Fact]
    public void The_manifold_names_its_codes_and_grows_upwards()
    {
        Component plot = FakeResults.Plot("manifold");
        Scene scene = ManifoldPlot.Compose(plot, FakeResults.Mnist(plots: [plot]));
        Mark.Label[] ends = [.. scene.Labels.Where(label => label.Text is "1.64" or "−1.64")];
        Assert.Equal(4, ends.Length);
        Mark.Label[] vertical = [.. ends.Where(label => label.Anchor == Anchor.End).OrderBy(label => label.At.Y)];
        Assert.Equal(["1.64", "−1.64"], vertical.Select(label => label.Text));
        Assert.Equal((560, 560), (scene.Marks.OfType<Mark.Picture>().Single().Pixels.Width, scene.Marks.OfType<Mark.Picture>().Single().Pixels.Height));
    }

    internal static DataSpec DataOf(string name) => name switch
    {
        "mnist" => new DataSpec { Dataset = "mnist", Shape = [784] },
        "grey" => new DataSpec { Source = "idx", Path = "x", Shape = [12, 9] },
        "colour" => new DataSpec { Source = "images", Path = "x", Shape = [3, 20, 16] },
        "flat-colour" => new DataSpec { Source = "images", Path = "x", Shape = [768] },
        "large" => new DataSpec { Source = "images", Path = "x", Shape = [1, 9, 900], Scale = Scaling.Symmetric },
        "tiny" => new DataSpec { Source = "images", Path = "x", Shape = [1, 3, 3], Scale = Scaling.Standard },
        "flat" => new DataSpec { Source = "idx", Path = "x", Shape = [64] },
        "table" => new DataSpec { Source = "csv", Path = "x", Shape = [12] },
        "series" => new DataSpec { Source = "csv", Path = "x", Shape = [10, 6] },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    [Theory]
    [InlineData(10, 10, 784)]
    [InlineData(2, 1, 784)]
    [InlineData(100, 25, 784)]
    [InlineData(7, 4, 5)]
    public void Samples_by_label_have_a_named_row_for_each(int classes, int each, int features)
    {
        Component plot = FakeResults.Plot("samples", ("per-label", each));
        Spec spec = FakeResults.Spec(new DataSpec { Source = "idx", Path = "x", Labels = "y", Classes = classes, Shape = [features] }, plots: [plot])
            with
        { Condition = new ConditionSpec(ConditionKind.OneHot, classes, classes) };
        Scene scene = SamplesPlot.Compose(plot, FakeResults.Of(spec));

        AssertReadable(scene);
        Assert.Contains(scene.Labels, label => label.Text == "Samples of each label");
        Assert.Equal(Enumerable.Range(0, classes).Select(i => i.ToString(CultureInfo.InvariantCulture)), scene.Labels.Where(label => label.Anchor == Anchor.End).Select(label => label.Text));
    }

    [Fact]
    public void Labels_have_their_names_where_the_data_has_names()
    {
        string[] names = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "a bag of the kind that has a very long name", "Ankle boot"];
        Component[] plots = [FakeResults.Plot("samples", ("per-label", 4)), FakeResults.Plot("latent-scatter", ("limit", 100)), FakeResults.Plot("samples", ("count", 4)), FakeResults.Plot("traversal")];
        Spec spec = FakeResults.Spec(new DataSpec { Dataset = "fashion-mnist", Shape = [784] }, plots: plots) with { Condition = new ConditionSpec(ConditionKind.OneHot, 10, 10) };
        TrainingResult result = FakeResults.Of(spec);
        result = result with
        {
            Units = new DataUnits { Labels = ValueList.From(names) },
            Evaluations = [.. result.Evaluations.Select(answer => answer.Find("labels") is null ? answer with { Arrays = [.. answer.Arrays, new NamedArray("labels", [2], [7, 7])] } : answer)],
        };

        AssertReadable(SamplesPlot.Compose(plots[0], result));
        AssertReadable(LatentScatterPlot.Compose(plots[1], result));
        foreach (Scene scene in new[] { SamplesPlot.Compose(plots[0], result), LatentScatterPlot.Compose(plots[1], result) })
            Assert.Superset(names.Where(name => name.Length < 20).ToHashSet(), scene.Labels.Select(label => label.Text).ToHashSet());
        foreach (Scene scene in new[] { SamplesPlot.Compose(plots[2], result), TraversalPlot.Compose(plots[3], result) })
            Assert.Contains("label Sneaker", string.Join(' ', scene.Labels.Select(label => label.Text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new float[] { 0, 1, 2, 0 }, ", with each label in turn, seed")]
    [InlineData(new float[] { 2, 2, 2, 2 }, ", label 2, seed")]
    [InlineData(null, "N(0, 1), seed")]
    public void Samples_say_what_they_were_told(float[]? labels, string text)
    {
        Component plot = FakeResults.Plot("samples", ("count", 4));
        TrainingResult result = FakeResults.Mnist(plots: [plot]);
        Evaluation answer = result.Evaluations[0];
        if (labels is not null)
            result = result with { Evaluations = [answer with { Arrays = [.. answer.Arrays, new NamedArray("labels", [4], labels)] }] };

        Assert.Contains(text, string.Join(' ', SamplesPlot.Compose(plot, result).Labels.Select(label => label.Text)), StringComparison.Ordinal);
    }

    internal static void AssertReadable(Scene scene)
    {
        var canvas = new Box(0, 0, scene.Width, scene.Height);
        Mark.Label[] labels = [.. scene.Labels];
        Assert.NotEmpty(labels);
        for (int i = 0; i < labels.Length; i++)
        {
            Box bounds = labels[i].Bounds();
            Assert.True(canvas.Contains(bounds), $"'{labels[i].Text}' leaves the canvas of {scene.Title}: {bounds} of {canvas}");
            for (int k = i + 1; k < labels.Length; k++)
                Assert.False(bounds.Overlaps(labels[k].Bounds()), $"'{labels[i].Text}' overlaps '{labels[k].Text}' in {scene.Title}");
            foreach (Mark.Picture picture in scene.Marks.OfType<Mark.Picture>())
                Assert.False(bounds.Overlaps(picture.Place), $"'{labels[i].Text}' lies on a picture in {scene.Title}");
        }

        foreach (Mark.Picture picture in scene.Marks.OfType<Mark.Picture>())
            Assert.True(canvas.Contains(picture.Place), $"{picture.Description} leaves the canvas of {scene.Title}");
    }
}
