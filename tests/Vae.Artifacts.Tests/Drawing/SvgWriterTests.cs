using System.Xml.Linq;
using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Tests.Drawing;

public class SvgWriterTests
{
    [Theory]
    [InlineData(1.005, "1")]
    [InlineData(12.3456, "12.35")]
    [InlineData(-0.001, "0")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(1234567, "1234567")]
    public void Numbers_have_two_decimals_at_most(double value, string expected) => Assert.Equal(expected, SvgWriter.Number(value));

    [Fact]
    public void Any_text_gives_a_document_that_parses()
    {
        string nasty = "<b>&\"quotes'\u0000\u0007\uFFFE ]]> 漢😀 \uD800";
        var scene = new Scene(100, 50, nasty, nasty);
        scene.Add(new Mark.Label(nasty, new(5, 20), TextStyle.Legend));
        scene.Add(new Mark.Clip(new Box(1, 2, 30, 40), [new Mark.Dots([new(5, 5), new(7, 7)], 3, Palette.Blue, 0.5)]));
        XDocument document = XDocument.Parse(SvgWriter.Write(scene));
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Contains("<b>&\"quotes'", document.Root!.Element(svg + "title")!.Value, StringComparison.Ordinal);
        Assert.Equal("img", document.Root.Attribute("role")!.Value);
        Assert.Equal("M5 5h0M7 7h0", document.Descendants(svg + "path").Single().Attribute("d")!.Value);
    }

    [Fact]
    public void Squares_have_a_length_so_that_a_print_shows_them()
    {
        var scene = new Scene(100, 50, "t", "d");
        scene.Add(new Mark.Dots([new(10, 10)], 12, Palette.Blue, Square: true));
        Assert.Contains($"<path d=\"M4 4h12v12h-12Z\" fill=\"{Palette.Blue.Light}\" class=\"f-c0\"/>", SvgWriter.Write(scene), StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_travel_in_the_file_and_keep_their_length()
    {
        var scene = new Scene(100, 50, "t", "d");
        scene.Add(new Mark.Label("βeta", new(5, 20), TextStyle.Title));
        string svg = SvgWriter.Write(scene);
        Assert.Contains("@font-face{font-family:'Vae Roboto';font-weight:500", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("font-weight:400", svg, StringComparison.Ordinal);
        Assert.Contains($"textLength=\"{SvgWriter.Number(TextStyle.Title.Measure("βeta"))}\"", svg, StringComparison.Ordinal);
        Assert.InRange(svg.Length, 1000, 12_000);
    }

    [Fact]
    public void Only_the_colours_used_have_dark_values()
    {
        var scene = new Scene(100, 50, "t", "d");
        scene.Add(new Mark.Line([new(0, 0), new(5, 5)], Palette.Orange, 1));
        string svg = SvgWriter.Write(scene);
        Assert.Contains($".s-c1{{stroke:{Palette.Orange.Dark}}}", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(".s-c0", svg, StringComparison.Ordinal);
    }
}
