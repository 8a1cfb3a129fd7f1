using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Tests;

public class BlockTests
{
    private static string Spec(string blocks, string encoder, string parameters = "") => $$"""
        vae: 1
        name: blocks
        params: {wide: 24{{parameters}}}
        data: {dataset: mnist, shape: [784]}
        blocks:
        {{blocks}}
        encoder:
        {{encoder}}
        latent: 2
        decoder: [linear: auto, sigmoid]
        loss: {reconstruction: mse}
        train: {epochs: 1}

        """;

    private static Spec Right(string text, SpecLoadOptions? options = null)
    {
        SpecLoadResult result = SpecLoader.Parse(text, "blocks.vae.yaml", options);
        Assert.Empty(result.Diagnostics);
        return result.Spec!;
    }

    private static string Shown(Spec spec) => string.Join(' ', spec.Encoder.Layers.Select(layer => layer.Kind == "linear" ? $"linear:{layer.Arguments.Int("out")}" : layer.Kind));

    [Fact]
    public void A_use_is_replaced_by_the_layers_of_its_block()
    {
        Spec spec = Right(Spec("  deep:\n    params: {out: int, act: relu}\n    layers: [linear: {out: $(out), act: $(act)}, dropout]", "- use: {block: deep, out: 32}\n- use: {block: deep, out: $(wide), act: tanh}"));

        Assert.Equal("linear:32 relu dropout linear:24 tanh dropout", Shown(spec));
        Assert.Equal(["deep", "deep"], spec.Encoder.Layers.Where(layer => layer.Kind == "dropout").Select(layer => layer.Use!.Block));
        Assert.Equal(new Location("blocks.vae.yaml", 8, 14), (spec.Encoder.Layers[0].Origin ?? throw new InvalidOperationException()) with { EndLine = 0, EndColumn = 0 });
    }

    [Fact]
    public void Expanded_blocks_equal_the_same_layers_written_out()
    {
        Spec blocks = Right(Spec("  deep: {params: {out: int}, layers: [linear: $(out), relu]}", "- use: {block: deep, each: {out: [32, 16]}}"));
        Spec flat = Right(Spec("  none: []", "- linear: 32\n- relu\n- linear: 16\n- relu"));

        Assert.Equal(flat, blocks);
        Assert.Equal(blocks, SpecLoader.Parse(blocks.ToYaml()).Spec);
    }

    [Fact]
    public void Lists_of_each_go_side_by_side_and_plain_values_hold_for_all()
    {
        Spec spec = Right(Spec(
            "  deep: {params: {out: int, slope: float, rate: 0.5}, layers: [linear: $(out), leaky-relu: $(slope), dropout: $(rate)]}",
            "- use: {block: deep, rate: 0.25, each: {out: [32, 16], slope: [0.1, 0.2]}}"));

        Assert.Equal([0.1, 0.2], spec.Encoder.Layers.Where(layer => layer.Kind == "leaky-relu").Select(layer => layer.Arguments.Float("slope")));
        Assert.Equal([0.25, 0.25], spec.Encoder.Layers.Where(layer => layer.Kind == "dropout").Select(layer => layer.Arguments.Float("p")));
        Assert.Equal([0, 1], spec.Encoder.Layers.Select(layer => layer.Use!.Index).Distinct());
    }

    [Fact]
    public void Each_may_be_a_parameter_of_the_spec_and_no_value_makes_no_layer()
    {
        string text = Spec("  deep: {params: {out: int}, layers: [linear: $(out)]}", "- use: {block: deep, each: {out: $(widths)}}", ", widths: [32, 16, 8]");

        Assert.Equal("linear:32 linear:16 linear:8", Shown(Right(text)));
        Assert.Equal("linear:5", Shown(Right(text, new SpecLoadOptions { Parameters = ["widths=[5]"] })));
        Assert.Empty(Right(text, new SpecLoadOptions { Parameters = ["widths=[]"] }).Encoder.Layers);
    }

    [Fact]
    public void A_block_hides_parameters_of_the_spec_with_its_own_and_sees_the_others()
    {
        Spec spec = Right(Spec("  deep: {params: {hidden: 5}, layers: [linear: $(hidden), linear: $(wide)]}", "- use: deep\n- linear: $(hidden)", ", hidden: 7"));

        Assert.Equal("linear:5 linear:24 linear:7", Shown(spec));
    }

    [Fact]
    public void A_default_may_come_from_a_parameter_of_the_spec()
    {
        string text = Spec("  deep: {params: {out: {type: int, default: $(wide)}}, layers: [linear: $(out)]}", "- use: deep");

        Assert.Equal("linear:24", Shown(Right(text)));
        Assert.Equal("linear:9", Shown(Right(text, new SpecLoadOptions { Parameters = ["wide=9"] })));
    }

    [Fact]
    public void Blocks_use_blocks_and_the_outermost_use_is_the_layers_own()
    {
        Spec spec = Right(Spec(
            "  inner: {params: {out: int}, layers: [linear: $(out), relu]}\n  outer: {params: {a: int, b: int}, layers: [use: {block: inner, each: {out: [$(a), $(b)]}}, dropout]}",
            "- use: {block: outer, each: {a: [32, 8], b: [16, 4]}}"));

        Assert.Equal("linear:32 relu linear:16 relu dropout linear:8 relu linear:4 relu dropout", Shown(spec));
        Assert.All(spec.Encoder.Layers, layer => Assert.Equal("outer", layer.Use!.Block));
    }

    [Fact]
    public void The_name_of_a_block_may_be_a_parameter_and_a_circle_is_found_when_it_is_known()
    {
        string text = Spec("  one: [linear: 3]\n  two: {params: {next: one}, layers: [linear: 4, use: $(next)]}", "- use: {block: $(kind)}", ", kind: two");

        Assert.Equal("linear:4 linear:3", Shown(Right(text)));
        Diagnostic circle = Assert.Single(SpecLoader.Parse(text.Replace("next: one", "next: two", StringComparison.Ordinal)).Diagnostics);
        Assert.Equal("VAE1318", circle.Code.Id);
        Assert.StartsWith("the block 'two' would contain itself: two -> two.", circle.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_use_inside_a_layer_of_layers_is_seen() =>
        Assert.Contains(SpecLoader.Parse(Spec("  deep: [linear: 8]", "- linear: 8\n- residual: {layers: [use: dep]}")).Diagnostics, diagnostic => diagnostic.Code.Id == "VAE1317");

    [Fact]
    public void Variants_bases_and_sets_change_blocks()
    {
        string text = Spec("  deep: {params: {out: 8}, layers: [linear: $(out)]}", "- use: deep") + "variants:\n  wide: {blocks: {deep: {params: {out: 64}}}}\n";

        Assert.Equal("linear:64", Shown(Right(text, new SpecLoadOptions { Variant = "wide" })));
        Assert.Equal("linear:7 relu", Shown(Right(text, new SpecLoadOptions { Sets = ["blocks.deep.layers=[linear: $(out), relu]", "blocks.deep.params.out=7"] })));
        Assert.Equal("VAE1317", Assert.Single(SpecLoader.Parse(text, "a.vae.yaml", new SpecLoadOptions { Sets = ["blocks.dep.params.out=7"] }).Diagnostics).Code.Id);
        Assert.Equal("VAE1302", Assert.Single(SpecLoader.Parse(text, "a.vae.yaml", new SpecLoadOptions { Sets = ["params.wde=7"] }).Diagnostics).Code.Id);
    }

    [Theory]
    [InlineData("  a: [use: b, use: b]\n  b: [use: c, use: c]\n  c: [use: d, use: d]\n  d: [use: e, use: e]\n  e: [use: f, use: f]\n  f: [use: g, use: g]\n  g: [use: h, use: h]\n  h: [use: i, use: i]\n  i: [use: j, use: j]\n  j: [use: k, use: k]\n  k: [use: l, use: l]\n  l: [use: m, use: m]\n  m: [use: n, use: n]\n  n: []", "more than 10,000 layers")]
    [InlineData("  a: {params: {n: int}, layers: [use: {block: b, each: {n: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23]}}]}\n  b: {params: {n: int}, layers: [use: {block: c, each: {n: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23]}}]}\n  c: {params: {n: int}, layers: [linear: 2, linear: $(n), linear: 2, linear: 2, relu, relu, relu, relu, relu, relu, relu, relu, relu, relu, relu, relu, relu, relu, relu, relu, relu]}", "more than 10,000 layers")]
    public void Blocks_that_multiply_end_with_one_diagnostic(string blocks, string message)
    {
        Diagnostic only = Assert.Single(SpecLoader.Parse(Spec(blocks, blocks.Contains("params", StringComparison.Ordinal) ? "- use: {block: a, n: 1}" : "- use: a")).Diagnostics);

        Assert.Equal("VAE2107", only.Code.Id);
        Assert.Contains(message, only.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_go_sixteen_deep_and_no_deeper()
    {
        static string Deep(int depth) => string.Join('\n', Enumerable.Range(1, depth).Select(index => index == depth ? $"  b{index}: [linear: 3]" : $"  b{index}: [use: b{index + 1}]"));

        Assert.Equal("linear:3", Shown(Right(Spec(Deep(16), "- use: b1"))));
        Diagnostic only = Assert.Single(SpecLoader.Parse(Spec(Deep(3_000), "- use: b1")).Diagnostics);
        Assert.Equal("VAE2107", only.Code.Id);
        Assert.Contains("b1 -> b2 -> ", only.Message, StringComparison.Ordinal);
    }
}
