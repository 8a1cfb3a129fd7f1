using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Vae.Dsl.Building;
using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Tests;

public sealed class RobustnessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vae-fuzz-").FullName;

    /// <summary>Every spec of the repository: what is good, and what is broken on purpose.</summary>
    private static readonly string[] Sources =
    [
        FirstSpecTests.Text, Conv, DesignSpecs.Conditional, DesignSpecs.Base, DesignSpecs.Derived, .. Repository.Specs.Select(path => File.ReadAllText(Path.Combine(Repository.Root, path))),
        .. Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.vae.yaml", SearchOption.AllDirectories).Where(path => !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ];

    [Fact]
    public void A_soup_of_tokens_gives_diagnostics_and_nothing_else() => Fuzz.Check(Fuzz.Soup, 20, text =>
    {
        Load(text);
        Load("vae: 1\n" + text);
    });

    [Fact]
    public void A_damaged_spec_gives_diagnostics_and_nothing_else() => Fuzz.Check(Fuzz.Damaged(Sources), 60, text => Load(text));

    [Fact]
    public void Damaged_overrides_give_diagnostics_and_nothing_else() => Fuzz.Check(Fuzz.Soup, 10, text =>
    {
        Load(FirstSpecTests.Text, new SpecLoadOptions { Sets = ["train." + text], Parameters = [text], Variant = text });
        Load(FirstSpecTests.Text, new SpecLoadOptions { Sets = [text, "encoder=" + text], Parameters = ["beta=" + text] });
    });

    [Fact]
    public void Damaged_chains_of_specs_give_diagnostics_and_nothing_else()
    {
        string package = Directory.CreateDirectory(Path.Combine(folder, "package")).FullName;
        string spec = Path.Combine(folder, "spec.vae.yaml");
        string[] bases = [DesignSpecs.Base, "vae: 1\nextends: ./middle.vae.yaml\nlatent: 3\n", "vae: 1\nabstract: true\nextends: {spec: ./gru-base.vae.yaml, with: {hidden: 2}}\n", FirstSpecTests.Text, DesignSpecs.Conditional];
        string[] derived = [DesignSpecs.Derived, "vae: 1\nextends: ./package/gru-base.vae.yaml\ndata: {path: a.csv, columns: [a, b]}\nvariants: {quick: {train: {epochs: 1}}}\nsweep: {latent: [1, 2, 3], beta: [0.1, 1]}\n"];
        var options = new SpecLoadOptions { Packages = new Dictionary<string, string> { [DesignSpecs.Package] = package } };

        Fuzz.Check(
            from main in Fuzz.Damaged(derived) from first in Fuzz.Damaged(bases) from second in Fuzz.Damaged(bases) select (main, first, second),
            10,
            texts =>
            {
                (string main, string first, string second) = texts;
                File.WriteAllBytes(spec, Encoding.UTF8.GetBytes(main));
                File.WriteAllBytes(Path.Combine(package, DesignSpecs.BaseFile), Encoding.UTF8.GetBytes(first));
                File.WriteAllBytes(Path.Combine(package, "middle.vae.yaml"), Encoding.UTF8.GetBytes(second));
                // Places may be in any of the files.
                Fuzz.Load($"{main}\n{first}\n{second}", () => SpecLoader.Load(spec, options));
                foreach (SweepPoint point in SpecLoader.LoadSweep(spec, options).Points.Take(3))
                    Assert.NotNull(point.Load().Diagnostics);
            });
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A spec that comes back is whole: it can be written and read again, and an editor has nothing against its text.</summary>
    private static void Load(string text, SpecLoadOptions? options = null)
    {
        SpecLoadResult result = Fuzz.Load(text, () => SpecLoader.Parse(text, "soup.vae.yaml", options));
        if (result.Spec is not { } spec)
            return;
        SpecLoadResult again = SpecLoader.Parse(spec.ToYaml());
        Assert.DoesNotContain(again.Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        Assert.Equal(spec, again.Spec);
        if (options is null)
            Assert.Empty(SpecSchemaTests.FaultsOfUsed(text));
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

    public static TheoryData<string, string> Bombs => new()
    {
        { "nested lists", new string('[', 500_000) },
        { "nested maps", string.Concat(Enumerable.Repeat("{a: ", 200_000)) },
        { "nested blocks", string.Concat(Enumerable.Range(0, 1_000).Select(depth => new string(' ', depth) + "a:\n")) },
        { "indented lists", "vae: 1\nencoder: " + string.Concat(Enumerable.Repeat("- ", 300_000)) },
        { "aliases", "a: &a [x, x]\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"k{i}: &k{i} [*{(i == 1 ? "a" : $"k{i - 1}")}, *{(i == 1 ? "a" : $"k{i - 1}")}]\n")) },
        { "keys", "vae: 1\n" + string.Concat(Enumerable.Range(0, 80_000).Select(i => $"key{i}: 1\n")) },
        { "keys in a line", "vae: 1\ntrain: {" + string.Concat(Enumerable.Range(0, 80_000).Select(i => $"k{i}: 1, ")) + "}" },
        { "near misses", "vae: 1\ntrain:\n" + string.Concat(Enumerable.Range(0, 9_000).Select(i => $"  epohc{i}: 1\n")) },
        { "long keys", "vae: 1\n" + string.Concat(Enumerable.Range(0, 10).Select(i => new string((char)('a' + i), 100_000) + ": 1\n")) },
        { "a long word", "vae: 1\ndescription: " + new string('x', 1_000_000) },
        { "many lines of text", "vae: 1\ndescription: |\n" + string.Concat(Enumerable.Repeat("  x\n", 250_000)) },
        { "a long quote", "vae: 1\ndescription: \"" + string.Concat(Enumerable.Repeat("\\u00e9", 150_000)) + "\"" },
        { "a comment", new string('#', 1_000_000) },
        { "layers", "vae: 1\ndata: {dataset: mnist}\nencoder:\n" + string.Concat(Enumerable.Repeat("- relu\n", 19_000)) + "latent: 2\ndecoder: []\nloss: {reconstruction: mse}\ntrain: {epochs: 1}\n" },
        { "wide layers", "vae: 1\ndata: {dataset: mnist}\nencoder:\n- flatten\n" + string.Concat(Enumerable.Repeat("- linear: 1048576\n", 6_000)) },
        { "parameters", "vae: 1\nparams:\n" + string.Concat(Enumerable.Range(0, 6_000).Select(i => $"  p{i}: {i}\n")) + "description: " + string.Concat(Enumerable.Range(0, 6_000).Select(i => $"$(p{i})")) },
        { "misspelt parameters", "vae: 1\nparams:\n" + string.Concat(Enumerable.Range(0, 4_000).Select(i => $"  name{i}: {i}\n")) + "artifacts: {onnx: [" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"$(nmae{i}), ")) + "]}" },
        { "misspelt layers", "vae: 1\ndata: {dataset: mnist}\nencoder:\n" + string.Concat(Enumerable.Repeat("- conv2: 3\n", 6_000)) },
        { "misspelt words", "vae: 1\nartifacts: {onnx: [" + string.Concat(Enumerable.Range(0, 15_000).Select(i => $"encodr{i}, ")) + "]}" },
        { "open parameters", "vae: 1\ndescription: " + string.Concat(Enumerable.Repeat("$(", 400_000)) },
        { "metrics", "vae: 1\nchecks: {metrics: {" + string.Concat(Enumerable.Repeat("test.los: {max: 1}, ", 9_000)) + "}}" },
        { "carriage returns", string.Concat(Enumerable.Repeat("\r", 500_000)) },
        { "tabs", string.Concat(Enumerable.Repeat("\t\n", 400_000)) },
        { "letters beyond ASCII", "vae: 1\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"ключ{i}: значение\n")) },
        { "byte order marks", string.Concat(Enumerable.Repeat("\uFEFF", 500_000)) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_text_that_is_large_on_purpose_is_answered_in_time_and_memory(string what, string text)
    {
        Assert.True(text.Length <= 1 << 20, what);

        Load(text);
    }

    [Fact]
    public void A_variant_of_many_parameters_is_laid_over_in_time_and_memory()
    {
        string parameters = string.Concat(Enumerable.Range(0, 4_000).Select(i => $"p{i}: {i}, "));

        Load($"vae: 1\nparams: {{{parameters}}}\nvariants: {{large: {{params: {{{parameters}}}}}}}\n", new SpecLoadOptions { Variant = "large" });
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
