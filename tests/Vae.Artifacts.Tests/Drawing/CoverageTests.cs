using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Tests.Drawing;

public class CoverageTests
{
    [Theory]
    [InlineData(2, 3, 5, 7)]
    [InlineData(2.25, 3.5, 5.75, 7.125)]
    [InlineData(2.4, 3.1, 2.6, 3.3)]
    [InlineData(-5, -5, 40, 40)]
    [InlineData(-5, 3.3, 2.7, 40)]
    public void A_rectangle_covers_each_pixel_by_its_shared_area(double left, double top, double right, double bottom)
    {
        Coverage coverage = Of((Point[])[new(left, top), new(right, top), new(right, bottom), new(left, bottom)]);
        for (int y = 0; y < 20; y++)
        {
            for (int x = 0; x < 20; x++)
            {
                double expected = Shared(left, right, x) * Shared(top, bottom, y);
                Assert.Equal(expected, coverage[x, y], 1e-6);
            }
        }

        static double Shared(double from, double to, int pixel) => Math.Max(0, Math.Min(to, pixel + 1) - Math.Max(from, pixel));
    }

    [Fact]
    public void A_triangle_has_its_area_whatever_its_direction()
    {
        Point[] corners = [new(1.3, 2.2), new(17.9, 6.1), new(4.4, 18.7)];
        double area = Math.Abs(((17.9 - 1.3) * (18.7 - 2.2)) - ((4.4 - 1.3) * (6.1 - 2.2))) / 2;
        Assert.Equal(area, Sum(Of(corners)), 1e-3);
        Assert.Equal(area, Sum(Of((Point[])[.. corners.Reverse()])), 1e-3);
    }

    [Fact]
    public void Any_polygon_stays_within_its_pixels()
    {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            Point[] corners = [.. Enumerable.Range(0, 3 + (i % 4)).Select(_ => new Point(Math.Round((random.NextDouble() * 24) - 2, i % 3), Math.Round((random.NextDouble() * 24) - 2, 2)))];
            Assert.InRange(Sum(Of(corners)), 0, 400.001);
        }
    }

    [Fact]
    public void A_pixel_cut_by_a_diagonal_is_half_covered()
    {
        Coverage coverage = Of((Point[])[new(0, 0), new(10, 10), new(0, 10)]);
        for (int i = 0; i < 10; i++)
            Assert.Equal(0.5, coverage[i, i], 1e-6);
        Assert.Equal(1, coverage[2, 7], 1e-6);
        Assert.Equal(0, coverage[7, 2], 1e-6);
    }

    [Theory]
    [InlineData(3.7, 9.2, 16.1, 10.9)]
    [InlineData(9.2, 3.7, 10.9, 16.1)]
    [InlineData(0.1, 19.8, 19.7, 0.3)]
    public void A_shallow_or_steep_edge_is_exact_in_every_pixel(double x0, double y0, double x1, double y1)
    {
        // The region below the edge, against the mean of very many samples a pixel.
        Coverage coverage = Of((Point[])[new(x0, y0), new(x1, y1), new(x1, 20), new(x0, 20)]);
        for (int y = 0; y < 20; y++)
        {
            for (int x = 0; x < 20; x++)
            {
                double expected = 0;
                for (int s = 0; s < 2000; s++)
                {
                    double at = x + ((s + 0.5) / 2000);
                    if (at >= x0 && at <= x1)
                        expected += Math.Clamp(y + 1 - Math.Max(y, y0 + ((at - x0) * (y1 - y0) / (x1 - x0))), 0, 1) / 2000;
                }

                Assert.Equal(expected, coverage[x, y], 1e-3);
            }
        }
    }

    [Fact]
    public void A_hole_with_the_other_direction_stays_empty()
    {
        Coverage coverage = Of((Point[])[new(2, 2), new(12, 2), new(12, 12), new(2, 12)], (Point[])[new(5, 5), new(5, 9), new(9, 9), new(9, 5)]);
        Assert.Equal(0, coverage[6, 6], 1e-6);
        Assert.Equal(1, coverage[3, 3], 1e-6);
        Assert.Equal(100 - 16, Sum(coverage), 1e-3);
    }

    [Fact]
    public void What_lies_outside_is_cut_off()
    {
        Assert.Equal(0, Sum(Of((Point[])[new(-9, -9), new(-2, -9), new(-2, -2)])));
        Assert.Equal(0, Sum(Of((Point[])[new(25, 3), new(30, 3), new(30, 9)])));
        Assert.Equal(400, Sum(Of((Point[])[new(-1e6, -1e6), new(1e6, -1e6), new(1e6, 1e6), new(-1e6, 1e6)])), 1e-3);
    }

    [Fact]
    public void Polygons_that_share_a_place_do_not_add_up()
    {
        var coverage = new Coverage(20, 20);
        Point[] half = [new(3, 3.5), new(9, 3.5), new(9, 8), new(3, 8)];
        coverage.Add([half]);
        coverage.Add([half]);
        Assert.Equal(0.5, coverage[5, 3], 1e-6);
    }

    [Fact]
    public void A_cleared_coverage_is_empty()
    {
        Coverage coverage = Of((Point[])[new(3, 3), new(9, 3), new(9, 8)]);
        coverage.Clear();
        Assert.Equal(0, Sum(coverage));
    }

    private static Coverage Of(params Point[][] outlines)
    {
        var coverage = new Coverage(20, 20);
        coverage.Add(outlines);
        return coverage;
    }

    private static double Sum(Coverage coverage) =>
        Enumerable.Range(0, 400).Sum(i => (double)coverage[i % 20, i / 20]);
}
