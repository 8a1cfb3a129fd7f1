namespace Vae.Artifacts.Drawing;

/// <summary>A rectangle in which data are drawn, with its two axes.</summary>
internal sealed record Axes(Box Area, Scale Horizontal, Scale Vertical)
{
    /// <summary>Space between the area and its tick labels.</summary>
    public const double TickGap = 7;

    // So few values are hardly a curve: each shows as a dot.
    private const int FewValues = 15;

    private const double DotSize = 6;

    public Point Place(double x, double y) => new(X(x), Y(y));

    public double X(double value) => Area.X + (Horizontal.Position(value) * Area.Width);

    public double Y(double value) => Area.Bottom - (Vertical.Position(value) * Area.Height);

    /// <summary>How wide the labels of a vertical axis get.</summary>
    public static double WidthOf(IReadOnlyList<double> ticks, bool logarithmic = false) => Ticks.Format(ticks, logarithmic).Select(TextStyle.Tick.Measure).DefaultIfEmpty(0).Max();

    /// <summary>Horizontal grid lines with their labels at the left.</summary>
    public IEnumerable<Mark> VerticalAxis(IReadOnlyList<double> ticks)
    {
        string[] labels = Ticks.Format(ticks, Vertical.Logarithmic);
        for (int i = 0; i < ticks.Count; i++)
        {
            double y = Crisp(Y(ticks[i]));

            // At the bottom the axis itself is the line; two side by side would look like a slip.
            if (Area.Bottom - y > 2)
                yield return new Mark.Line([new(Area.X, y), new(Area.Right, y)], Palette.Grid, 1) { Round = false };
            yield return new Mark.Label(labels[i], new(Area.X - TickGap, y + 4), TextStyle.Tick, Anchor.End);
        }
    }

    /// <summary>The line at the bottom with ticks, and labels unless another picture below carries them.</summary>
    public IEnumerable<Mark> HorizontalAxis(IReadOnlyList<double> ticks, bool labelled = true, bool grid = false)
    {
        string[] labels = Ticks.Format(ticks, Horizontal.Logarithmic);
        double bottom = Crisp(Area.Bottom);
        for (int i = 0; i < ticks.Count; i++)
        {
            double x = Crisp(X(ticks[i]));
            if (grid)
                yield return new Mark.Line([new(x, Area.Y), new(x, Area.Bottom)], Palette.Grid, 1) { Round = false };
            else
                yield return new Mark.Line([new(x, bottom), new(x, bottom + 5)], Palette.Axis, 1) { Round = false };
            if (labelled)
                yield return new Mark.Label(labels[i], new(x, bottom + TickGap + 11), TextStyle.Tick, Anchor.Middle);
        }

        if (!grid)
            yield return new Mark.Line([new(Area.X, bottom), new(Area.Right, bottom)], Palette.Axis, 1) { Round = false };
    }

    /// <summary>The title of the vertical axis, read upwards, shortened to the axis' length.</summary>
    public Mark VerticalTitle(string text, double x) => new Mark.Label(
        TextStyle.AxisTitle.Fit(text, Area.Height), new(x, Area.Y + (Area.Height / 2)), TextStyle.AxisTitle, Anchor.Middle, Up: true);

    /// <summary>The title of the horizontal axis under its labels.</summary>
    public Mark HorizontalTitle(string text) => new Mark.Label(
        TextStyle.AxisTitle.Fit(text, Area.Width), new(Area.X + (Area.Width / 2), Area.Bottom + 42), TextStyle.AxisTitle, Anchor.Middle);

    /// <summary>
    /// The lines through the points of a series, with dots where there are few (hollow ones on a dashed line). A value that is not
    /// finite, or that a logarithmic axis cannot show, leaves a gap.
    /// </summary>
    public IEnumerable<Mark> Series(IReadOnlyList<double> x, IReadOnlyList<double> y, Paint paint, (double On, double Off)? dash = null)
    {
        var piece = new List<Point>();
        for (int i = 0; i <= y.Count; i++)
        {
            if (i < y.Count && double.IsFinite(y[i]) && (!Vertical.Logarithmic || y[i] > 0))
            {
                piece.Add(Place(x[i], y[i]));
                continue;
            }

            if (piece.Count > 1)
                yield return new Mark.Line(piece, paint, 2) { Dash = dash };
            if (piece.Count == 1 || (piece.Count > 0 && y.Count <= FewValues))
            {
                yield return new Mark.Dots(piece, DotSize, paint);
                if (dash is not null)
                    yield return new Mark.Dots(piece, DotSize - 3, Palette.Paper);
            }

            piece = [];
        }
    }

    // A line of one pixel is sharp where its middle lies between two pixels.
    private static double Crisp(double value) => Math.Floor(value) + 0.5;
}
