using Vae.Artifacts.Classes;
using Vae.Artifacts.Writing;
using Vae.Dsl;

namespace Vae.Artifacts.Tests.Classes;

public class ModelClassWriterTests
{
    private static readonly ModelClassOptions Options = new("Tiny", "App.Models", "tiny.vae.yaml", "models", "tiny");

    [Fact]
    public void The_class_of_a_model_of_rows_reads_as_expected() => AssertFile("rows.expected.txt", Specs.Tiny(), Options with { IsNullableAware = true });

    [Fact]
    public void The_class_of_a_model_with_a_condition_takes_labels() =>
        AssertFile("conditional.expected.txt", Specs.Conditional(ConditionKind.OneHot), Options with { Namespace = "", IsPublic = false });

    [Fact]
    public void Each_kind_of_data_has_axes_of_its_own()
    {
        string picture = Write(Specs.Convolutional());
        Assert.Contains("public const int Channels = 1;", picture, StringComparison.Ordinal);
        Assert.Contains("Index(int example, int channel, int y, int x) => ((example * Channels + channel) * Height + y) * Width + x;", picture, StringComparison.Ordinal);

        Spec grey = Specs.Tiny() with { Data = new DataSpec { Dataset = "mnist", Shape = [28, 28] } };
        Assert.Contains("Index(int example, int y, int x) => (example * Height + y) * Width + x;", Write(grey), StringComparison.Ordinal);

        Spec series = Specs.Tiny() with { Data = new DataSpec { Source = "csv", Path = "x.csv", Shape = [96, 3], Columns = ["rpm", "temp, °C", "temp °C"] } };
        string text = Write(series);
        Assert.Contains("public const int Steps = 96;", text, StringComparison.Ordinal);
        Assert.Contains("Index(int example, int step, int feature) => (example * Steps + step) * Features + feature;", text, StringComparison.Ordinal);
        Assert.Contains("public const int TempC = 1;", text, StringComparison.Ordinal);
        Assert.Contains("public const int TempC_2 = 2;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Height", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_is_not_exported_has_no_method()
    {
        string decoder = Write(Specs.Tiny() with { Artifacts = new ArtifactsSpec { Onnx = ["decoder"] } });
        Assert.Contains(" Sample(", decoder, StringComparison.Ordinal);
        Assert.DoesNotContain(" Encode(", decoder, StringComparison.Ordinal);
        Assert.DoesNotContain(" Reconstruct(", decoder, StringComparison.Ordinal);

        Spec none = Specs.Tiny() with { Artifacts = new ArtifactsSpec { Onnx = [] } };
        Assert.False(ModelClassWriter.HasClass(none));
    }

    [Fact]
    public void A_long_code_is_not_given_number_by_number()
    {
        Assert.Contains("Decode(float z1, float z2, float z3)", Write(Specs.Convolutional()), StringComparison.Ordinal);
        Assert.DoesNotContain("float z1", Write(Specs.Tiny() with { Latent = new LatentSpec(5) }), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_spec_says_stays_in_its_comment_or_text()
    {
        Spec spec = Specs.Tiny() with { Description = "less < more & \"so\"\n} evil */ \u2028 \r line" };
        string text = ModelClassWriter.Write(spec, Options with { ModelsFolder = "a\\b\"", Source = "x\n<y>.vae.yaml" });

        Assert.Contains("<c>tiny</c>: less &lt; more &amp; &quot;so&quot; } evil */", text, StringComparison.Ordinal);
        Assert.Contains("\"a\\\\b\\\"\"", text, StringComparison.Ordinal);
        Assert.Contains("//     Made by the build from x &lt;y&gt;.vae.yaml.", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Theory]
    [InlineData("mnist", "App.Models", "Mnist")]
    [InlineData("mnist", "Mnist.Models", "MnistModel")]
    [InlineData("models", "App.Models", "ModelsModel")]
    [InlineData("sample", "App.Models", "SampleModel")]
    [InlineData("mnist", "", "Mnist")]
    public void A_name_that_something_else_hides_is_made_longer(string model, string @namespace, string expected)
    {
        Assert.Equal(expected, ModelClassWriter.ClassName(model, @namespace));
        Assert.True(ModelClassWriter.IsClassName(expected));
    }

    [Fact]
    public void No_class_is_called_as_one_of_its_members()
    {
        string[] members =
        [
            .. new[] { Specs.Tiny(), Specs.Convolutional(), Specs.Conditional(ConditionKind.OneHot) }
                .SelectMany(spec => Write(spec).Split('\n'))
                .Select(line => System.Text.RegularExpressions.Regex.Match(line, @"^        (?:public|private) (?:static |const |readonly )*(?:class|\S+) (\w+)\b(?! *\)|.*Tiny\(global)"))
                .Where(match => match.Success)
                .Select(match => match.Groups[1].Value)
                .Distinct(),
        ];

        Assert.Contains("Sample", members);
        Assert.Contains("Signature", members);
        Assert.All(members, member => Assert.False(ModelClassWriter.IsClassName(member), member));
    }

    private static string Write(Spec spec) => ModelClassWriter.Write(spec, Options);

    // The digest of a spec is everything that can be written in one, and no matter of this file.
    private static void AssertFile(string name, Spec spec, ModelClassOptions options)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Classes", name);
        string text = ModelClassWriter.Write(spec, options).Replace(SpecDigest.Of(spec), "the spec's digest", StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(path), text);
    }
}
