using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Tests.Drawing;

public class ContoursTests
{
    [Fact]
    public void A_cone_is_cut_in_a_circle()
    {
        double[,] cone = Grid(41, (x, y) => 20 - Math.Sqrt(((x - 20) * (x - 20)) + ((y - 20) * (y - 20))));
        IReadOnlyList<Point> outline = Assert.Single(Contours.Above(cone, 8));
        Assert.All(outline, p => Assert.Equal(12, Math.Sqrt(((p.X - 20) * (p.X - 20)) + ((p.Y - 20) * (p.Y - 20))), 0.02));
        Assert.Equal(Math.PI * 144, Math.Abs(SignedArea(outline)), 1.0);
    }

    [Fact]
    public void A_hole_runs_the_other_way_round()
    {
        double[,] ring = Grid(41, (x, y) => -Math.Abs(12 - Math.Sqrt(((x - 20) * (x - 20)) + ((y - 20) * (y - 20)))));
        IReadOnlyList<IReadOnlyList<Point>> outlines = Contours.Above(ring, -4);
        Assert.Equal(2, outlines.Count);
        Assert.Equal(Math.PI * ((16 * 16) - (8 * 8)), Math.Abs(outlines.Sum(SignedArea)), 3.0);
        Assert.True(SignedArea(outlines[0]) * SignedArea(outlines[1]) < 0);
    }

    [Fact]
    public void What_reaches_the_border_is_closed_there_and_touching_corners_stay_apart()
    {
        IReadOnlyList<Point> outline = Assert.Single(Contours.Above(Grid(5, (_, _) => 1), 0.5));
        Assert.All(outline, p => Assert.True(p.X is >= -1 and <= 5 && p.Y is >= -1 and <= 5));
        Assert.Equal(2, Contours.Above(new double[,] { { 1, 0 }, { 0, 1 } }, 0.5).Count);
        Assert.Empty(Contours.Above(Grid(5, (_, _) => 1), 2));
    }

    [Fact]
    public void Any_grid_gives_closed_outlines_around_what_lies_above()
    {
        var random = new Random(3);
        for (int i = 0; i < 200; i++)
        {
            double[,] values = Grid(9, (_, _) => random.NextDouble());
            double area = Math.Abs(Contours.Above(values, 0.6).Sum(SignedArea));
            Assert.InRange(area, 0, 100);
            Assert.Equal(area, Math.Abs(Contours.Above(values, 0.6).Sum(outline => SignedArea([.. outline.Skip(1), outline[0]]))), 9);
        }
    }

    private static double[,] Grid(int side, Func<int, int, double> value)
    {
        double[,] grid = new double[side, side];
        for (int row = 0; row < side; row++)
        {
            for (int column = 0; column < side; column++)
                grid[row, column] = value(column, row);
        }

        return grid;
    }

    private static double SignedArea(IReadOnlyList<Point> outline) =>
        Enumerable.Range(0, outline.Count).Sum(i => (outline[i].X * outline[(i + 1) % outline.Count].Y) - (outline[(i + 1) % outline.Count].X * outline[i].Y)) / 2;
}
