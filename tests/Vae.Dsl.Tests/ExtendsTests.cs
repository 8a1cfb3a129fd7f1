using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Tests;

public sealed class ExtendsTests : IDisposable
{
    /// <summary>A base whose parameters have types and bounds.</summary>
    private const string Base = """
        vae: 1
        name: mlp-base
        abstract: true
        description: a base
        params:
          hidden: 64
          width: {type: int, default: 50, min: 4}
          beta: 0.1
        data: {dataset: mnist, shape: [784], validation: 0.1}
        encoder:
          - linear: {out: $(hidden), act: relu}
        latent: 2
        decoder:
          - linear: {out: $(width), act: relu}
          - linear: {out: auto, act: sigmoid}
        loss: {reconstruction: mse, kl: $(beta)}
        train: {epochs: 30, batch: 64, optimizer: {adam: {beta1: 0.8, eps: 1e-6}}, lr: 1e-3, stop: {patience: 3}}
        variants:
          quick: {train: {epochs: 2}, data: {limit: 600}}

        """;

    private readonly SpecFolder folder = new();

    private string Derived(string text, string name = "derived.vae.yaml") => folder.Write(name, "vae: 1\nextends: ./base.vae.yaml\n" + text);

    private static Spec Right(SpecLoadResult result)
    {
        Assert.Empty(result.Diagnostics);
        Assert.NotNull(result.Spec);
        return result.Spec;
    }

    private static Diagnostic Wrong(SpecLoadResult result)
    {
        Assert.Null(result.Spec);
        return Assert.Single(result.Diagnostics);
    }

    public ExtendsTests() => folder.Write("base.vae.yaml", Base);

    [Fact]
    public void Maps_merge_deep_and_scalars_and_lists_replace()
    {
        Spec spec = Right(SpecLoader.Load(Derived("""
            encoder:
              - linear: 16
              - tanh
            train: {epochs: 60, optimizer: {adam: {beta1: 0.7}}}
            """)));

        Assert.Equal("derived", spec.Name);
        Assert.Equal(["linear", "tanh"], spec.Encoder.Layers.Select(layer => layer.Kind));
        Assert.Equal(60, spec.Train.Length);
        Assert.Equal(64, spec.Train.Batch);
        Assert.Equal(0.7, spec.Train.Optimizer.Arguments.Float("beta1"));
        Assert.Equal(1e-6, spec.Train.Optimizer.Arguments.Float("eps"));
        Assert.Equal(3, spec.Train.Stop!.Patience);
    }

    [Fact]
    public void Another_choice_brings_its_own_arguments()
    {
        Spec spec = Right(SpecLoader.Load(Derived("train: {optimizer: {adamw: {weight-decay: 0.1}}}")));

        Assert.Equal("adamw", spec.Train.Optimizer.Kind);
        Assert.NotEqual(0.8, spec.Train.Optimizer.Arguments.Float("beta1"));
    }

    [Fact]
    public void Null_resets_to_the_default()
    {
        Spec spec = Right(SpecLoader.Load(Derived("train: {stop: null, batch: null, lr: ~}\ndescription:\ndata: {validation: null}\nloss: {kl: null}")));

        Assert.Null(spec.Train.Stop);
        Assert.Equal(128, spec.Train.Batch);
        Assert.Equal(1e-3, spec.Train.LearningRate);
        Assert.Null(spec.Description);
        Assert.Null(spec.Data.Validation);
        Assert.Equal(new WeightSpec.Constant(1), spec.Loss.KlWeight);
    }

    [Fact]
    public void Null_makes_way_for_what_would_contradict_the_base()
    {
        Assert.Equal("VAE1207", Wrong(SpecLoader.Load(Derived("train: {steps: 10}"))).Code.Id);
        Spec spec = Right(SpecLoader.Load(Derived("train: {epochs: null, steps: 10}")));

        Assert.Equal(TimeUnit.Steps, spec.Train.Unit);
    }

    [Fact]
    public void Values_of_the_base_come_with_the_reference()
    {
        Spec spec = Right(SpecLoader.Parse("vae: 1\nextends: {spec: ./base.vae.yaml, with: {hidden: 8, beta: 0.5}}", folder["derived.vae.yaml"]));

        Assert.Equal([8], spec.Encoder.Output);
        Assert.Equal(new WeightSpec.Constant(0.5), spec.Loss.KlWeight);
        Assert.Equal(50, spec.Decoder.Layers[0].Arguments.Int("out"));
    }

    [Fact]
    public void Precedence_is_base_with_file_variant_param_set()
    {
        const string Text = """
            vae: 1
            extends: {spec: ./base.vae.yaml, with: {hidden: 8}}
            train: {epochs: 60}
            variants:
              quick: {params: {hidden: 10}, train: {batch: 32}}
            """;
        string path = folder.Write("derived.vae.yaml", Text);
        string own = folder.Write("own.vae.yaml", Text + "\nparams: {hidden: 9}\n");

        int Hidden(string spec, SpecLoadOptions options) => Right(SpecLoader.Load(spec, options)).Encoder.Output[0];

        Assert.Equal(8, Hidden(path, new()));
        Assert.Equal(9, Hidden(own, new()));
        Assert.Equal(10, Hidden(own, new() { Variant = "quick" }));
        Assert.Equal(11, Hidden(own, new() { Variant = "quick", Parameters = ["hidden=11"] }));
        Assert.Equal(12, Hidden(own, new() { Variant = "quick", Parameters = ["hidden=11"], Sets = ["params.hidden=12"] }));
        // Variants of base and spec are one map: the base's limit, the spec's batch, and the base's epochs over the spec's.
        Spec quick = Right(SpecLoader.Load(path, new() { Variant = "quick" }));
        Assert.Equal((2, 32, 600.0), (quick.Train.Length, quick.Train.Batch, quick.Data.Limit!.Value.Value));
    }

    [Fact]
    public void A_chain_may_have_eight_specs_and_no_more()
    {
        for (int index = 1; index <= 8; index++)
            folder.Write($"s{index}.vae.yaml", $"vae: 1\nextends: {(index == 1 ? "./base.vae.yaml" : $"./s{index - 1}.vae.yaml")}\ntrain: {{batch: {index}}}\n");

        SpecLoadResult eight = SpecLoader.Load(folder["s7.vae.yaml"]);
        Diagnostic nine = Wrong(SpecLoader.Load(folder["s8.vae.yaml"]));

        Assert.Equal(7, Right(eight).Train.Batch);
        Assert.Equal(8, eight.Files.Count);
        Assert.Equal("VAE1315", nine.Code.Id);
        Assert.Equal(folder["s1.vae.yaml"] + "(2,10)", nine.Location!.ToString());
        Assert.Contains(string.Join(" -> ", new[] { "s8", "s7", "s6", "s5", "s4", "s3", "s2", "s1", "base" }.Select(name => folder[name + ".vae.yaml"])), nine.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_is_named_whole()
    {
        folder.Write("a.vae.yaml", "vae: 1\nextends: ./b.vae.yaml\n");
        folder.Write("b.vae.yaml", "vae: 1\nextends: {spec: ./sub/../c.vae.yaml}\n");
        folder.Write("c.vae.yaml", "vae: 1\nextends: ./sub/../../" + Path.GetFileName(folder.Path) + "/a.vae.yaml\n");

        Diagnostic circle = Wrong(SpecLoader.Load(folder["a.vae.yaml"]));

        Assert.Equal("VAE1314", circle.Code.Id);
        Assert.Equal(folder["c.vae.yaml"], circle.Location!.File);
        Assert.Contains($"{folder["a.vae.yaml"]} -> {folder["b.vae.yaml"]} -> {folder["c.vae.yaml"]} -> {folder["a.vae.yaml"]}", circle.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_circle_through_links_is_found_at_once()
    {
        folder.Write("real/a.vae.yaml", "vae: 1\nextends: ../link/b.vae.yaml\n");
        File.CreateSymbolicLink(folder["real/b.vae.yaml"], "a.vae.yaml");
        Directory.CreateSymbolicLink(folder["link"], folder["real"]);

        Diagnostic circle = Wrong(SpecLoader.Load(folder["real/a.vae.yaml"]));

        Assert.Equal("VAE1314", circle.Code.Id);
        Assert.EndsWith($"real/a.vae.yaml -> {folder["link/b.vae.yaml"]}. Remove one of these 'extends'.", circle.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_wrong_value_of_a_base_is_reported_where_it_is_written()
    {
        folder.Write("base.vae.yaml", Base.Replace("batch: 64", "batch: 0", StringComparison.Ordinal).Replace("latent: 2", "latnet: 2", StringComparison.Ordinal));

        SpecLoadResult result = SpecLoader.Load(Derived("train: {lr: -1}"));

        Assert.Equal(
            [
                $"{folder["derived.vae.yaml"]}(3,13): error VAE1204: 'lr' of 'train' must be over 0, got '-1'",
                $"{folder["base.vae.yaml"]}(12,1): error VAE1201: unknown key 'latnet'. Did you mean 'latent'?",
                $"{folder["base.vae.yaml"]}(17,28): error VAE1204: 'batch' of 'train' must be at least 1, got '0'",
            ],
            result.Diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void What_is_missing_is_missing_in_the_spec_and_a_misspelt_key_of_any_file_excuses_it()
    {
        folder.Write("base.vae.yaml", "vae: 1\ndata: {dataset: mnist, shape: [784]}\nencoder: []\nlatent: {dims: 2}\ntrain: {epochs: 1}\n");
        string path = folder.Write("derived.vae.yaml", "vae: 1\nextends: ./base.vae.yaml\nlatent: {logvar-clamp: [-5, 5]}\ndecoder:\n- linear: auto\n- sigmoid\nlos: {reconstruction: mse}\n");

        Assert.Equal(["VAE1201", "VAE1201"], SpecLoader.Load(path).Diagnostics.Select(diagnostic => diagnostic.Code.Id));
        string without = folder.Write("without.vae.yaml", "vae: 1\nextends: ./derived.vae.yaml\nlatent: 2\n");
        Assert.DoesNotContain(SpecLoader.Load(without).Diagnostics, diagnostic => diagnostic.Code.Id == "VAE1206");
    }

    [Theory]
    [InlineData("window: 2", "parameter 'window' must be at least 4 (declared in gru-base.vae.yaml(8,3)), got 2", 70)]
    [InlineData("window: 2.5", "parameter 'window' must be a whole number (declared in gru-base.vae.yaml(8,3)), got '2.5'", 70)]
    [InlineData("windw: 5", "the base declares no parameter 'windw'. Did you mean 'window'?", 62)]
    [InlineData("window: ", "'with' gives 'window' no value; write one, or leave it out for the base's own", 62)]
    public void A_value_that_a_parameter_refuses_names_the_declaration(string with, string message, int column)
    {
        folder.Write("package/gru-base.vae.yaml", Base.Replace("width", "window", StringComparison.Ordinal).Replace("params:", "\nparams:", StringComparison.Ordinal).Replace("  hidden: 64\n", "  hidden: 64\n", StringComparison.Ordinal));
        string path = folder.Write("turbine.vae.yaml", $"vae: 1\nname: turbine\nextends: {{spec: pkg:Acme.Vae.Specs/gru-base.vae.yaml, with: {{{with}, hidden: 128}}}}\n");

        Diagnostic wrong = Wrong(SpecLoader.Load(path, new() { Packages = new Dictionary<string, string> { ["acme.vae.specs"] = folder["package"] } }));

        Assert.Equal(message, wrong.Message);
        Assert.Equal((path, 3, column), (wrong.Location!.File, wrong.Location.Line, wrong.Location.Column));
    }

    [Fact]
    public void A_value_of_another_file_is_shown_with_its_place()
    {
        SpecLoadResult result = SpecLoader.Parse("vae: 1\nextends:\n  spec: ./base.vae.yaml\n  with: {hidden: many}\n", folder["derived.vae.yaml"]);

        Assert.Equal(
            $"{folder["base.vae.yaml"]}(11,19): error VAE1203: 'out' of 'linear' must be a whole number, got 'many', the value of $(hidden) in {folder["derived.vae.yaml"]}(4,18)",
            Wrong(result).ToString());
    }

    [Fact]
    public void A_package_is_found_by_its_id_whatever_its_case_and_is_closed()
    {
        folder.Write("package/mlp.vae.yaml", "vae: 1\nextends: ./parts/base.vae.yaml\n");
        folder.Write("package/parts/base.vae.yaml", Base);
        folder.Write("package/out.vae.yaml", "vae: 1\nextends: ../base.vae.yaml\n");
        folder.Write("package/across.vae.yaml", "vae: 1\nextends: pkg:Other/base.vae.yaml\n");
        var options = new SpecLoadOptions { Packages = new Dictionary<string, string> { ["Acme.Specs"] = folder["package"], ["Other"] = folder.Path } };
        SpecLoadResult Load(string reference) => SpecLoader.Parse($"vae: 1\nextends: {reference}\n", "a.vae.yaml", options);

        Right(Load("pkg:acme.specs/mlp.vae.yaml"));
        Right(Load("pkg:Acme.Specs/./parts/../mlp.vae.yaml"));
        Right(Load("pkg:Acme.Specs/across.vae.yaml"));
        Assert.Equal("VAE1313", Wrong(Load("pkg:Acme.Specs/../base.vae.yaml")).Code.Id);
        Diagnostic outside = Wrong(Load("pkg:Acme.Specs/out.vae.yaml"));
        Assert.Equal("VAE1313", outside.Code.Id);
        Assert.Equal(folder["package/out.vae.yaml"], outside.Location!.File);
        Assert.Contains("package 'Acme.Specs'", outside.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_link_does_not_lead_out_of_a_package_but_a_package_may_lie_behind_one()
    {
        folder.Write("package/base.vae.yaml", Base);
        Directory.CreateSymbolicLink(folder["behind"], folder["package"]);
        File.CreateSymbolicLink(folder["package/out.vae.yaml"], folder["base.vae.yaml"]);
        var options = new SpecLoadOptions { Packages = new Dictionary<string, string> { ["A"] = folder["behind"] } };

        Right(SpecLoader.Parse("vae: 1\nextends: pkg:A/base.vae.yaml\n", "a.vae.yaml", options));
        Assert.Equal("VAE1313", Wrong(SpecLoader.Parse("vae: 1\nextends: pkg:A/out.vae.yaml\n", "a.vae.yaml", options)).Code.Id);
    }

    [Fact]
    public void An_unknown_package_says_how_it_becomes_known()
    {
        var options = new SpecLoadOptions { Packages = new Dictionary<string, string> { ["Acme.Vae.Specs"] = folder.Path, ["Gone"] = folder["gone"] } };
        string Message(string reference, SpecLoadOptions? with = null) => Wrong(SpecLoader.Parse($"vae: 1\nextends: {reference}\n", "a.vae.yaml", with)).Message;

        Assert.Equal("there is no package of specs 'X': reference it in the project, or pass --package X=folder. None is known.", Message("pkg:X/a.vae.yaml"));
        Assert.EndsWith(" Known are: Acme.Vae.Specs, Gone.", Message("pkg:X/a.vae.yaml", options), StringComparison.Ordinal);
        Assert.EndsWith(" Did you mean 'Acme.Vae.Specs'?", Message("pkg:Acme.Vae.Spec/a.vae.yaml", options), StringComparison.Ordinal);
        Assert.Contains("there is no such folder", Message("pkg:Gone/a.vae.yaml", options), StringComparison.Ordinal);
    }

    [Fact]
    public void An_abstract_spec_is_checked_but_not_trained_and_its_heirs_are()
    {
        string path = folder.Write("base.vae.yaml", "vae: 1\nabstract: true\nparams:\n  dim: int\nlatent: $(dim)\nencoder:\n- linear: {out: 8}\ntrain: {batch: 4}\n");

        SpecLoadResult alone = SpecLoader.Load(path);
        SpecLoadResult wrong = SpecLoader.Parse("vae: 1\nabstract: true\nlatnet: 2\ntrain: {batch: 0}\n");

        Assert.Null(alone.Spec);
        Assert.Empty(alone.Diagnostics);
        Assert.Equal(path + "(2,1)", alone.AbstractAt!.ToString());
        Assert.Contains("extends: ./base.vae.yaml", Assert.Single(alone.TrainingDiagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(["VAE1201", "VAE1204"], wrong.Diagnostics.Select(diagnostic => diagnostic.Code.Id));
        Spec spec = Right(SpecLoader.Parse("vae: 1\nextends: {spec: ./base.vae.yaml, with: {dim: 3}}\ndata: {dataset: mnist, shape: [784]}\ndecoder:\n- linear: auto\n- sigmoid\nloss: {reconstruction: mse}\ntrain: {epochs: 1}\n", folder["derived.vae.yaml"]));
        Assert.Equal(3, spec.Latent.Dim);
        Assert.Contains(SpecLoader.Parse("vae: 1\nextends: ./base.vae.yaml\n", folder["derived.vae.yaml"]).Diagnostics, diagnostic => diagnostic.Message == "parameter 'dim' has no value; give it a 'default', or pass --param dim=…");
    }

    [Fact]
    public void Files_lists_the_whole_chain_as_it_is_named()
    {
        folder.Write("specs/deep/derived.vae.yaml", "vae: 1\nextends: ../../base.vae.yaml\n");

        Assert.Equal([folder["specs/deep/derived.vae.yaml"], folder["base.vae.yaml"]], SpecLoader.Load(folder["specs/deep/derived.vae.yaml"]).Files);
    }

    [Fact]
    public void Bases_that_are_no_specs_give_diagnostics_and_nothing_else()
    {
        Directory.CreateDirectory(folder["folder.vae.yaml"]);
        File.WriteAllBytes(folder["binary.vae.yaml"], [0xff, 0xfe, 0x00]);
        folder.Write("huge.vae.yaml", "vae: 1\n#" + new string('x', 1 << 20));
        folder.Write("empty.vae.yaml", "");
        folder.Write("broken.vae.yaml", "vae: 1\nname: [\n");
        folder.Write("old.vae.yaml", "name: x\n");
        folder.Write("a.vae.yaml", "vae: 1\nextends: ./a.vae.yaml\n");
        string Code(string reference) => Wrong(SpecLoader.Parse($"vae: 1\nextends: {reference}\n", folder["a.vae.yaml"])).ToString().Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

        Assert.StartsWith("a.vae.yaml(2,10): error VAE1311: the base './folder.vae.yaml' is not there: ", Code("./folder.vae.yaml"), StringComparison.Ordinal);
        Assert.StartsWith("binary.vae.yaml: error VAE1004: the file is not UTF-8", Code("./binary.vae.yaml"), StringComparison.Ordinal);
        Assert.StartsWith("huge.vae.yaml: error VAE1003: ", Code("./huge.vae.yaml"), StringComparison.Ordinal);
        Assert.StartsWith("empty.vae.yaml(1,1): error VAE1007: ", Code("./empty.vae.yaml"), StringComparison.Ordinal);
        Assert.StartsWith("broken.vae.yaml(2,7): error VAE1001: ", Code("./broken.vae.yaml"), StringComparison.Ordinal);
        Assert.StartsWith("old.vae.yaml(1,1): error VAE1101: ", Code("./old.vae.yaml"), StringComparison.Ordinal);
        Assert.StartsWith("a.vae.yaml(2,10): error VAE1311: ", Code("\"./a\\0b\""), StringComparison.Ordinal);
        Assert.StartsWith("a.vae.yaml(2,10): error VAE1311: ", Code($"./{new string('y', 5000)}"), StringComparison.Ordinal);
        Assert.StartsWith("a.vae.yaml(2,10): error VAE1314: ", Code("./a.vae.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./bse.vae.yaml", "Did you mean './base.vae.yaml'?")]
    [InlineData("./base", "Did you mean './base.vae.yaml'?")]
    [InlineData("./nowhere/base.vae.yaml", "There is no folder './nowhere' either.")]
    public void A_base_that_is_not_there_may_be_another(string reference, string hint) =>
        Assert.EndsWith(hint, Wrong(SpecLoader.Parse($"vae: 1\nextends: {reference}\n", folder["a.vae.yaml"])).Message, StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();
}
