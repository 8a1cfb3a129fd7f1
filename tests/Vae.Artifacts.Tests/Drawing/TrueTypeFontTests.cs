using System.Text;
using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Tests.Drawing;

public class TrueTypeFontTests
{
    private const string Needed =
        "ABCXYZabcxyz0123456789 .,:;!?()[]{}<>=+-*/%&#@'\"_|~^$\\äöüÄÖÜßéèçñ βμσεθφλΦΣ ₀₁₂₃₄₅₆₇₈₉ ⁻⁰¹²³⁴ ± − · × – — … ≤ ≥ ≈ √ ∞ • “ ” ‘ ’ ° µ";

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    public void Every_character_that_pictures_use_has_a_glyph(int weight)
    {
        TrueTypeFont font = Fonts.Of((FontWeight)weight);
        Assert.Empty(Needed.EnumerateRunes().Where(rune => font.Glyph(rune) == 0).Select(rune => rune.ToString()));
    }

    [Fact]
    public void A_letter_is_as_wide_as_the_font_says()
    {
        // Roboto Regular: 'H' is 1461 of 2048 units wide, digits 1151.
        TrueTypeFont font = Fonts.Of(FontWeight.Regular);
        Assert.Equal(1461.0 / 2048, font.Measure("H"), 1e-9);
        Assert.Equal(10 * 1151.0 / 2048, font.Measure("0123456789"), 1e-9);
        Assert.Equal(0, font.Measure(""));
    }

    [Fact]
    public void The_outline_of_a_capital_stands_on_the_baseline()
    {
        TrueTypeFont font = Fonts.Of(FontWeight.Regular);
        IReadOnlyList<Point[]> outline = font.Outline(font.Glyph(new Rune('H')));
        Point[] contour = Assert.Single(outline);
        Assert.Equal(0, contour.Max(p => p.Y), 1e-9);
        Assert.Equal(-1456.0 / 2048, contour.Min(p => p.Y), 1e-9);
        Assert.Equal(12, contour.Length);
    }

    [Fact]
    public void A_letter_with_an_accent_is_put_together()
    {
        TrueTypeFont font = Fonts.Of(FontWeight.Regular);
        int plain = font.Outline(font.Glyph(new Rune('e'))).Count;
        Assert.True(font.Outline(font.Glyph(new Rune('é'))).Count > plain);
        Assert.Equal(2, font.Outline(font.Glyph(new Rune('o'))).Count);
    }

    [Fact]
    public void An_unknown_character_is_a_box_with_a_width()
    {
        TrueTypeFont font = Fonts.Of(FontWeight.Regular);
        Assert.Equal(0, font.Glyph(new Rune('漢')));
        Assert.True(font.Measure("漢") > 0);
        Assert.NotEmpty(font.Outline(0));
    }

    [Fact]
    public void A_subset_keeps_the_letters_asked_for_and_drops_the_rest()
    {
        TrueTypeFont font = Fonts.Of(FontWeight.Regular);
        byte[] bytes = font.Subset("épo".EnumerateRunes());
        var subset = new TrueTypeFont(bytes);
        Assert.True(bytes.Length < 6000, $"{bytes.Length} bytes");
        foreach (Rune rune in "épo".EnumerateRunes())
            Assert.Equal(font.Outline(font.Glyph(rune)), subset.Outline(subset.Glyph(rune)));
        Assert.Empty(subset.Outline(subset.Glyph(new Rune('W'))));
        Assert.Equal(font.Measure("Wow"), subset.Measure("Wow"));
    }

    [Fact]
    public void The_checksums_of_a_subset_are_right()
    {
        byte[] bytes = Fonts.Of(FontWeight.Medium).Subset("Loss".EnumerateRunes());
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 4)
            sum += System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(i));
        Assert.Equal(0xB1B0AFBA, sum);
    }

    [Fact]
    public void A_font_cut_short_anywhere_is_refused_and_nothing_worse()
    {
        byte[] bytes = Fonts.Of(FontWeight.Regular).Subset("a".EnumerateRunes());
        for (int length = 0; length < bytes.Length - 4; length += 7)
            Assert.Throws<InvalidDataException>(() => ReadAll(bytes[..length]));
    }

    [Fact]
    public void A_font_with_any_byte_changed_is_read_or_refused()
    {
        byte[] bytes = Fonts.Of(FontWeight.Regular).Subset("é".EnumerateRunes());
        int refused = 0;
        for (int i = 0; i < bytes.Length; i += 3)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 0xA5;
            try
            {
                ReadAll(changed);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, bytes.Length);
    }

    private static void ReadAll(byte[] bytes)
    {
        var font = new TrueTypeFont(bytes);
        foreach (Rune rune in "aé".EnumerateRunes())
            font.Outline(font.Glyph(rune));
    }
}
