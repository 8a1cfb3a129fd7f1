using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Tests.Drawing;

public class TextStyleTests
{
    [Fact]
    public void A_text_that_fits_stays()
    {
        Assert.Equal("label", TextStyle.Legend.Fit("label", 100));
        Assert.Equal(["a b", "c"], TextStyle.Legend.Wrap("a b c", TextStyle.Legend.Measure("a b") + 1));
    }

    [Theory]
    [InlineData("a-name-without-any-space-that-goes-on-and-on", 90)]
    [InlineData("words and words and words", 60)]
    [InlineData("😀😀😀😀😀😀", 20)]
    [InlineData("wide", 1)]
    public void A_text_that_does_not_fit_ends_in_an_ellipsis(string text, double width)
    {
        string fitted = TextStyle.Legend.Fit(text, width);
        Assert.EndsWith("…", fitted, StringComparison.Ordinal);
        Assert.True(fitted == "…" || TextStyle.Legend.Measure(fitted) <= width);
        Assert.All(TextStyle.Legend.Wrap(text, width), line => Assert.True(line == "…" || TextStyle.Legend.Measure(line) <= width));
    }
}
