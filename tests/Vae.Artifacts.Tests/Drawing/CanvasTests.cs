using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Tests.Drawing;

public class CanvasTests
{
    private static readonly Paint Black = new("k", "#000000", "#000000");

    [Fact]
    public void A_straight_line_is_as_wide_as_it_says()
    {
        Bitmap bitmap = Paint(1, new Mark.Line([new(5, 10.5), new(15, 10.5)], Black, 1) { Round = false });
        Assert.Equal(10 * 255, Darkness(bitmap), 0.5);
        Assert.Equal(0, bitmap[7, 10][0]);
        Assert.Equal(255, bitmap[7, 9][0]);
        Assert.Equal(255, bitmap[4, 10][0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_round_end_adds_half_a_disc(int scale)
    {
        double square = Darkness(Paint(scale, new Mark.Line([new(5, 10), new(15, 10)], Black, 6) { Round = false }));
        double round = Darkness(Paint(scale, new Mark.Line([new(5, 10), new(15, 10)], Black, 6)));
        Assert.Equal(Math.PI * 9 * scale * scale * 255, round - square, scale * scale * 60.0);
    }

    [Fact]
    public void A_bent_line_is_no_darker_in_its_corner_than_elsewhere()
    {
        Bitmap bitmap = Paint(1, new Mark.Line([new(4, 4), new(10, 10), new(16, 4)], Black, 2) { Opacity = 0.5 });
        Assert.Equal(128, bitmap.Rgba.Where((_, i) => i % 4 == 0).Min(), 1.0);
    }

    [Fact]
    public void A_disc_has_its_area()
    {
        Bitmap bitmap = Paint(4, new Mark.Dots([new(10, 10)], 10, Black));
        Assert.Equal(Math.PI * 25 * 16, Darkness(bitmap) / 255, 0.5);
    }

    [Fact]
    public void Dots_that_overlap_are_one_shape()
    {
        Bitmap bitmap = Paint(1, new Mark.Dots([new(10, 10), new(11, 10)], 10, Black, 0.5, Square: true));
        Assert.Equal(128, bitmap.Rgba.Where((_, i) => i % 4 == 0).Min(), 1.0);
    }

    [Fact]
    public void A_dashed_line_is_drawn_in_its_dashes_only()
    {
        Bitmap bitmap = Paint(1, new Mark.Line([new(0, 10.5), new(9, 10.5), new(20, 10.5)], Black, 1) { Dash = (4, 4), Round = false });
        Assert.Equal([0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0], Enumerable.Range(0, 20).Select(x => (int)bitmap[x, 10][0]));
    }

    [Fact]
    public void Nothing_shows_outside_a_clip()
    {
        var area = new Mark.Area([new(0, 0), new(20, 0), new(20, 20), new(0, 20)], Black);
        Bitmap bitmap = Paint(1, new Mark.Clip(new Box(5, 5.5, 4, 4), [area]), new Mark.Dots([new(15.5, 15.5)], 1, Black, Square: true));
        Assert.Equal((16 + 1) * 255, Darkness(bitmap), 5.0);
        Assert.Equal(128, bitmap[6, 5][0], 1.0);
        Assert.Equal(255, bitmap[10, 6][0]);
    }

    [Fact]
    public void A_picture_is_enlarged_to_crisp_squares()
    {
        var pixels = new Bitmap(2, 1);
        new byte[] { 10, 20, 30, 255, 200, 150, 100, 255 }.CopyTo(pixels.Rgba, 0);
        Bitmap bitmap = Paint(2, new Mark.Picture(new Box(3, 3, 8, 4), pixels, "two pixels"));
        Assert.Equal([10, 20, 30, 255], bitmap[6, 6].ToArray());
        Assert.Equal([10, 20, 30, 255], bitmap[13, 13].ToArray());
        Assert.Equal([200, 150, 100, 255], bitmap[14, 6].ToArray());
        Assert.Equal([255, 255, 255, 255], bitmap[22, 6].ToArray());
    }

    [Fact]
    public void A_picture_is_reduced_by_means()
    {
        var pixels = new Bitmap(4, 4);
        for (int i = 0; i < 16; i++)
            new byte[] { (byte)(i % 2 * 200), 0, 0, 255 }.CopyTo(pixels.Rgba, 4 * i);
        Bitmap bitmap = Paint(1, new Mark.Picture(new Box(0, 0, 2, 2), pixels, "stripes"));
        Assert.Equal(100, bitmap[1, 1][0]);
    }

    [Fact]
    public void Letters_leave_ink_inside_their_bounds_only()
    {
        foreach (bool up in new[] { false, true })
        {
            var label = new Mark.Label("Ågµ β₂", new(50, 50), new TextStyle(16, FontWeight.Medium, Black), Anchor.Middle, up);
            var scene = new Scene(100, 100, "t", "d");
            scene.Add(label);
            Bitmap bitmap = Canvas.Paint(scene, 1);
            Box bounds = label.Bounds();
            double inside = 0;
            for (int y = 0; y < 100; y++)
            {
                for (int x = 0; x < 100; x++)
                {
                    int ink = 255 - bitmap[x, y][0];
                    if (bounds.Contains(new Box(x + 0.5, y + 0.5, 0, 0)))
                        inside += ink;
                    else if (!new Box(bounds.X - 1, bounds.Y - 1, bounds.Width + 2, bounds.Height + 2).Contains(new Box(x + 0.5, y + 0.5, 0, 0)))
                        Assert.Equal(0, ink);
                }
            }

            Assert.True(inside > 255 * 50, $"only {inside} of ink");
        }
    }

    private static Bitmap Paint(int scale, params Mark[] marks)
    {
        var scene = new Scene(20, 20, "test", "test");
        scene.Add(marks);
        return Canvas.Paint(scene, scale);
    }

    private static double Darkness(Bitmap bitmap) => bitmap.Rgba.Where((_, i) => i % 4 == 0).Sum(red => 255.0 - red);
}
