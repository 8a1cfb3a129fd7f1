using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Vae.Dsl.Building;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Tests;

public class RobustnessTests
{
    private static readonly string[] Tokens =
    [
        "vae: 1", "name", "data", "encoder", "decoder", "latent", "loss", "train", "params", "variants", "artifacts", "checks", ":", ": ", "- ", "-", "\n", "\n  ", "\n    ", "\t",
        "{", "}", "[", "]", ",", "$(", "$(x)", ")", "\"", "'", "#", "&a", "*a", "!t", "<<", "? ", "|", ">", "%", "@", "`", "---", "...", "null", "~", "auto", "true", "1", "-1", "2e-3", "010", "99999999999999999999",
        "1.5", "10%", ".inf", "linear", "conv2d", "relu", "reshape", "out", "kernel", "act", "mse", "bce", "adam", "epochs", "kl", "weight", "from", "to", "\u0000", "\u0085", "\uFEFF", "é", "😀", "\ud800", "\r", "\r\n",
    ];

    private static void NeverThrows(string text, SpecLoadOptions? options = null)
    {
        SpecLoadResult result = SpecLoader.Parse(text, "soup.vae.yaml", options);
        Assert.True(result.Spec is not null || result.Diagnostics.Any(d => d.Severity == Severity.Error));
        Assert.All(result.Diagnostics, d => Assert.False(string.IsNullOrWhiteSpace(d.ToString())));
    }

    [Property(MaxTest = 1000)]
    public Property A_soup_of_tokens_gives_diagnostics_and_nothing_else() =>
        Prop.ForAll(Gen.Elements(Tokens).ListOf().Select(tokens => string.Concat(tokens)).ToArbitrary(), text =>
        {
            NeverThrows(text);
            NeverThrows("vae: 1\n" + text);
        });

    [Property(MaxTest = 1500)]
    public Property A_damaged_spec_gives_diagnostics_and_nothing_else() =>
        Prop.ForAll(Damaged().ToArbitrary(), text => NeverThrows(text));

    [Property(MaxTest = 500)]
    public Property Damaged_overrides_give_diagnostics_and_nothing_else() =>
        Prop.ForAll(Gen.Elements(Tokens).ListOf().Select(tokens => string.Concat(tokens)).ToArbitrary(), text =>
        {
            NeverThrows(FirstSpecTests.Text, new SpecLoadOptions { Sets = ["train." + text], Parameters = [text], Variant = text });
            NeverThrows(FirstSpecTests.Text, new SpecLoadOptions { Sets = [text, "encoder=" + text], Parameters = ["beta=" + text] });
        });

    private static Gen<string> Damaged()
    {
        string[] sources = [FirstSpecTests.Text, Conv];
        Gen<Func<string, string>> edit = Gen.OneOf(
            from at in Gen.Choose(0, 10_000) from token in Gen.Elements(Tokens) select (Func<string, string>)(text => text.Insert(at % (text.Length + 1), token)),
            from at in Gen.Choose(0, 10_000) from length in Gen.Choose(1, 12) select (Func<string, string>)(text => text.Remove(at % (text.Length + 1), Math.Min(length, text.Length - (at % (text.Length + 1))))),
            from at in Gen.Choose(0, 10_000) from number in Gen.Elements("0", "-7", "2147483647", "2147483648", "1e308", "1e999", "1048576", "[1, 2, 3, 4, 5]") select (Func<string, string>)(text => ReplaceNumber(text, at, number)));
        return from source in Gen.Elements(sources) from edits in edit.ListOf() select edits.Take(4).Aggregate(source, (text, one) => one(text));
    }

    private static string ReplaceNumber(string text, int at, string number)
    {
        int start = text.IndexOfAny([.. "0123456789"], at % (text.Length + 1));
        if (start < 0)
            return text;
        int end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            end++;
        return text[..start] + number + text[end..];
    }

    private const string Conv = """
        vae: 1
        name: conv
        data: {dataset: fashion-mnist, validation: 0.1}
        encoder:
          - conv2d: {out: 32, kernel: 3, stride: 2, padding: 1}
          - batchnorm
          - leaky-relu: 0.2
          - conv2d: {out: 64, kernel: [3, 3], stride: 2, padding: 1, act: {leaky-relu: 0.1}, name: second}
          - maxpool2d: 2
          - flatten
          - dropout: 0.1
          - linear: {out: 256, act: relu}
        latent: {dim: 16, logvar-clamp: [-10, 10]}
        decoder:
          - linear: {out: [64, 7, 7], act: relu}
          - conv-transpose2d: {out: 32, kernel: 4, stride: 2, padding: 1}
          - groupnorm: 8
          - upsample: 2
          - conv2d: {out: auto, kernel: 3, padding: 1}
        loss:
          reconstruction: {bce: {logits: true}}
          kl: {from: 0, to: 1.0, epochs: 10, shape: cosine, cycles: 2}
        train:
          epochs: 40
          batch: 256
          optimizer: {adamw: {lr: 1e-3, weight-decay: 1e-4}}
          schedule: {cosine: {warmup: 2, min-lr: 1e-5}}
          clip-norm: 5
          stop: {on: validation.loss, patience: 5}
        artifacts: {plots: [loss, samples: {count: 10}], report: none, onnx: []}
        """;

    [Fact]
    public void A_convolutional_spec_has_the_shapes_of_its_layers()
    {
        SpecLoadResult result = SpecLoader.Parse(Conv);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(["[32,14,14]", "[64,7,7]", "[64,3,3]", "[576]", "[256]"], result.Spec!.Encoder.Layers.Where(layer => layer.Output != layer.Input).Select(layer => layer.Output.ToString()));
        Assert.Equal([1, 28, 28], result.Spec.Decoder.Output);
        Assert.Equal("second", result.Spec.Encoder.Key(3));
        Assert.Equal(1e-3, result.Spec.Train.LearningRate);
        Assert.Equal(result.Spec, SpecLoader.Parse(result.Spec.ToYaml()).Spec);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_culture_changes_nothing(string name)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string expected = SpecLoader.Parse(Conv).Spec!.ToYaml() + SpecLoader.Parse(FirstSpecTests.Text).Spec!.Describe();
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
            Spec spec = SpecLoader.Parse(Conv).Spec!;

            Assert.Equal(expected, spec.ToYaml() + SpecLoader.Parse(FirstSpecTests.Text).Spec!.Describe());
            Assert.Equal(spec, SpecLoader.Parse(spec.ToYaml()).Spec);
            Assert.Equal("spec.vae.yaml(1,1): error VAE1007: a spec is a map that begins with 'vae: 1'; the file is empty", SpecLoader.Parse("").Diagnostics[0].ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Property(MaxTest = 300)]
    public Property Built_specs_survive_the_way_through_text() => Prop.ForAll(Specs().ToArbitrary(), spec =>
    {
        SpecLoadResult again = SpecLoader.Parse(spec.ToYaml());
        Assert.DoesNotContain(again.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal(spec, again.Spec);
        Assert.Equal(spec.ToYaml(), again.Spec!.ToYaml());
    });

    private static Gen<Spec> Specs() =>
        from widths in Gen.Choose(1, 300).NonEmptyListOf()
        from act in Gen.Elements("relu", "gelu", "elu", "softplus", "tanh")
        from latent in Gen.Choose(1, 64)
        from beta in ArbMap.Default.GeneratorFor<NormalFloat>()
        from rate in Gen.Elements(1e-5, 0.1, 1.0 / 3, 2e-3)
        from text in ArbMap.Default.GeneratorFor<NonNull<string>>()
        from validation in Gen.Elements<double?>(null, 0.1, 1.0 / 7, 600)
        from ramp in ArbMap.Default.GeneratorFor<bool>()
        let weight = Math.Abs(beta.Get) > 1e100 ? 1 : Math.Abs(beta.Get)
        select new SpecBuilder("random")
            .Description("d" + string.Concat(text.Get.Where(letter => !char.IsSurrogate(letter) && letter is not ('$' or '\u0000' or '\ufffe' or '\uffff'))))
            .Data("mnist", shape: [28, 28], validation: validation)
            .Encoder(Layers.Flatten().Concat(widths.SelectMany(width => Layers.Linear(width, act: act))))
            .Latent(latent)
            .Decoder(Layers.LinearAuto(act: "sigmoid"))
            .Loss("mse", ramp ? Weights.RampOverSteps(weight, steps: 5) : weight)
            .Train(epochs: 3, lr: rate)
            .Build();

    [Fact]
    public void A_byte_order_mark_and_carriage_returns_change_no_place()
    {
        string text = "\uFEFF" + FirstSpecTests.Text.Replace("latent: 2", "latnet: 2", StringComparison.Ordinal);
        Location expected = SpecLoader.Parse(text).Diagnostics[0].Location!;

        Assert.Equal(expected, Assert.Single(SpecLoader.Parse(text.Replace("\n", "\r\n", StringComparison.Ordinal)).Diagnostics).Location);
    }

    [Theory]
    [InlineData(70_000, "VAE1003")]
    [InlineData(3, "VAE1007")]
    public void Nesting_ends_with_a_diagnostic(int depth, string code) =>
        Assert.Equal(code, SpecLoader.Parse(new string('[', depth) + new string(']', depth)).Diagnostics[0].Code.Id);

    [Fact]
    public void A_text_of_too_many_values_or_bytes_is_refused()
    {
        Assert.Equal("VAE1003", SpecLoader.Parse("vae: 1\nparams: {a: [" + string.Join(',', Enumerable.Repeat("1", 20_001)) + "]}").Diagnostics[0].Code.Id);
        Assert.Equal("VAE1003", SpecLoader.Parse(new string('#', (1 << 20) + 1)).Diagnostics[0].Code.Id);
    }

    [Fact]
    public void Parameters_cannot_blow_a_short_text_up()
    {
        string text = $"vae: 1\nparams: {{x: {new string('a', 200_000)}}}\ndescription: {string.Concat(Enumerable.Repeat("$(x)", 100_000))}\n";

        Assert.Contains(SpecLoader.Parse(text).Diagnostics, d => d.Code.Id == "VAE1003");
    }

    [Fact]
    public void Files_that_are_missing_or_no_text_are_refused()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".vae.yaml");
        Assert.Contains("there is no such file", SpecLoader.Load(path).Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Equal("VAE1004", SpecLoader.Load(Path.GetTempPath()).Diagnostics[0].Code.Id);
        try
        {
            File.WriteAllBytes(path, [0xff, 0xfe, 0x76, 0x00]);
            Assert.Equal("VAE1004", SpecLoader.Load(path).Diagnostics[0].Code.Id);
            File.WriteAllText(path, FirstSpecTests.Text);
            Assert.True(SpecLoader.Load(path).IsTrainable);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
