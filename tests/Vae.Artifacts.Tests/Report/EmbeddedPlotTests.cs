using System.Globalization;
using System.Xml.Linq;
using Vae.Artifacts.Drawing;
using Vae.Artifacts.Report;

namespace Vae.Artifacts.Tests.Report;

public class EmbeddedPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static Scene Scene(double width, string title, string explanation)
    {
        var scene = new Scene(width, 300, title, "what it shows");
        var heading = new Heading(title, explanation, width);
        scene.Add(heading.Marks);
        scene.Add(new Mark.Area(new Box(24, heading.Bottom, 50, 50), Palette.Blue));
        return scene;
    }

    private static XElement Figure(string svg) => XElement.Parse(EmbeddedPlot.Figure("id", svg, "How to read it."));

    [Fact]
    public void Title_and_explanation_become_text_of_the_page_and_leave_the_picture()
    {
        string explanation = "a \"b\" & <c> 'd' " + string.Join(' ', Enumerable.Repeat("words", 60));
        Scene scene = Scene(600, "Title of <it>", explanation);
        XElement figure = Figure(SvgWriter.Write(scene)), picture = figure.Descendants(Svg + "svg").Single();

        Assert.Equal("Title of <it>", figure.Element("h3")!.Value);
        Assert.Equal(explanation, figure.Element("p")!.Value);
        Assert.Empty(picture.Descendants(Svg + "text"));
        Assert.Empty(picture.Descendants(Svg + "style"));
        Assert.Single(picture.Descendants(Svg + "path"));

        double[] box = [.. picture.Attribute("viewBox")!.Value.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        double bottom = scene.Marks.OfType<Mark.Titles>().Single().Bottom;
        Assert.True(bottom > 100, "the explanation takes several lines");
        Assert.InRange(box[1], bottom - 20, bottom);
        Assert.Equal([0, 600, 300], [box[0], box[2], box[1] + box[3]]);
        Assert.Equal(picture.Attribute("height")!.Value, box[3].ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(440, "narrow")]
    [InlineData(900, null)]
    public void A_small_picture_is_told_from_one_that_scrolls_on_a_telephone(double width, string? expected)
    {
        XElement picture = Figure(SvgWriter.Write(Scene(width, "t", "e"))).Descendants(Svg + "svg").Single();

        Assert.Equal(expected, picture.Attribute("class")?.Value);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"--width:{width}px"), picture.Attribute("style")!.Value);
    }

    [Fact]
    public void A_picture_without_titles_stays_as_it_is()
    {
        string svg = SvgWriter.Write(new Scene(100, 50, "t", "d"));
        XElement figure = Figure(svg);

        Assert.Null(figure.Element("h3"));
        Assert.Equal("0 0 100 50", figure.Descendants(Svg + "svg").Single().Attribute("viewBox")!.Value);
    }

    [Theory]
    [InlineData(144.03, "144.0")]
    [InlineData(-3.0001, "−3.000")]
    [InlineData(12345.6, "12,346")]
    [InlineData(9999.7, "10,000")]
    [InlineData(1, "1")]
    [InlineData(0.0005, "0.0005")]
    [InlineData(0.046553, "0.04655")]
    public void Measured_numbers_have_four_digits(double value, string expected) => Assert.Equal(expected, Html.Text(value));
}
