using System.Globalization;
using Vae.Artifacts.PyTorch;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Catalogue;

namespace Vae.Artifacts.Tests.Python;

public class PyTorchWriterTests
{
    [Fact]
    public void The_module_of_a_plain_model_reads_as_expected()
    {
        Spec spec = Specs.Tiny();
        AssertFile("plain.expected.txt", spec with { Latent = spec.Latent with { LogVarianceClamp = new Interval(-8, 8) } });
    }

    [Fact]
    public void The_module_of_a_model_with_names_a_condition_and_a_residual_reads_as_expected()
    {
        Spec spec = Specs.Conditional(ConditionKind.Embedding);
        Func<Shape, Layer> residual = s => Specs.Layer("residual", s, ("project", true), ("layers", Specs.Network(s, inner => Specs.Layer("linear", inner, ("out", 4)), inner => Specs.Layer("tanh", inner)).Layers));
        AssertFile("conditional.expected.txt", spec with
        {
            Decoder = Specs.Network([2], s => Specs.Layer("concat", s, ("with", "label"), ("size", 3)), residual, s => Specs.Layer("sigmoid", s) with { Name = "end" }),
            Loss = spec.Loss with { Reconstruction = new Component("gaussian", new Arguments([new("sigma", "learned"), new("reduce", "sum")])) },
        });
    }

    [Fact]
    public void Every_layer_of_the_catalogue_has_a_PyTorch_form_and_no_other_has() =>
        Assert.Equal(LayerCatalogue.All.Select(row => row.Name), PyTorchLayerTable.Kinds.Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_not_used_is_not_written()
    {
        string text = PyTorchWriter.Write(Specs.Convolutional());
        Assert.Contains("class Reshape", text, StringComparison.Ordinal);
        Assert.DoesNotContain("class Residual", text, StringComparison.Ordinal);
        Assert.DoesNotContain("class Gru", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-5, "1e-05")]
    [InlineData(0.1, "0.1")]
    [InlineData(2.0, "2.0")]
    [InlineData(-10.0, "-10.0")]
    [InlineData(1e300, "1e+300")]
    public void Numbers_are_Pythons_in_every_culture(double number, string expected)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        string text = PythonCall.Value(number);
        CultureInfo.CurrentCulture = culture;
        Assert.Equal(expected, text);
    }

    private static void AssertFile(string name, Spec spec)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Python", name);
        Assert.Equal(File.ReadAllText(path), PyTorchWriter.Write(spec).Replace(SpecDigest.Of(spec), "digest", StringComparison.Ordinal));
    }
}
