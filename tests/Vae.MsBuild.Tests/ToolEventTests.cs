namespace Vae.MsBuild.Tests;

public class ToolEventTests
{
    [Fact]
    public void A_diagnostic_gives_its_texts_and_places()
    {
        ToolEvent? parsed = ToolEvent.Parse("""{"event":"diagnostic","severity":"error","code":"VAE1201","message":"unknown \"key\" {x} \u00e4","file":"/a b/x.vae.yaml","line":17,"column":1,"endLine":17,"endColumn":7}""");

        Assert.NotNull(parsed);
        Assert.Equal("diagnostic", parsed.Kind);
        Assert.Equal("unknown \"key\" {x} ä", parsed.Text("message"));
        Assert.Equal("/a b/x.vae.yaml", parsed.Text("file"));
        Assert.Equal((17, 1, 17, 7), (parsed.Whole("line"), parsed.Whole("column"), parsed.Whole("endLine"), parsed.Whole("endColumn")));
    }

    [Fact]
    public void Nested_members_keep_their_names_and_order()
    {
        ToolEvent? parsed = ToolEvent.Parse("""{"event":"done","seconds":9.9,"metrics":{"test.reconstruction":0.0441,"2nd metric":1e-3},"inputs":["/a","/b"]}""");

        Assert.NotNull(parsed);
        Assert.Equal(9.9, parsed.Number("seconds"));
        Assert.Equal(["test.reconstruction=0.0441", "2nd metric=1e-3"], parsed.Members("metrics").Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(["/a", "/b"], parsed.Texts("inputs"));
    }

    [Fact]
    public void A_missing_or_null_member_is_none()
    {
        ToolEvent? parsed = ToolEvent.Parse("""{"event":"epoch","loss":null,"kl":"NaN?"}""");

        Assert.NotNull(parsed);
        Assert.Null(parsed.Text("loss"));
        Assert.Null(parsed.Number("kl"));
        Assert.Equal(0, parsed.Whole("epoch"));
        Assert.Empty(parsed.Members("metrics"));
        Assert.Empty(parsed.Texts("inputs"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("epoch 1")]
    [InlineData("[1,2]")]
    [InlineData("{")]
    [InlineData("{\"event\":\"done\"")]
    [InlineData("{\"event\":}")]
    [InlineData("{\"event\":\"done\"} trailing")]
    [InlineData("{\"other\":1}")]
    [InlineData("{not json}")]
    public void A_line_that_is_no_event_is_none(string line) => Assert.Null(ToolEvent.Parse(line));

    [Fact]
    public void Endless_nesting_is_no_event() =>
        Assert.Null(ToolEvent.Parse("{\"event\":" + new string('[', 100_000)));
}
