namespace Vae.Artifacts.Drawing;

/// <summary>Something drawn on a scene. Both back ends know each case.</summary>
internal abstract record Mark
{
    private Mark()
    {
    }

    /// <summary>A line through points.</summary>
    public sealed record Line(IReadOnlyList<Point> Points, Paint Stroke, double Width) : Mark
    {
        /// <summary>Lengths of dash and gap; <c>null</c> for a solid line.</summary>
        public (double On, double Off)? Dash { get; init; }

        /// <summary>Whether ends and corners are round; else the ends are cut off square (axes, grid lines).</summary>
        public bool Round { get; init; } = true;

        public double Opacity { get; init; } = 1;
    }

    /// <summary>A filled polygon; overlaps count as inside (non-zero rule).</summary>
    public sealed record Area(IReadOnlyList<Point> Points, Paint Fill, double Opacity = 1) : Mark
    {
        /// <summary>A rectangle.</summary>
        public Area(Box box, Paint fill, double opacity = 1)
            : this([new Point(box.X, box.Y), new Point(box.Right, box.Y), new Point(box.Right, box.Bottom), new Point(box.X, box.Bottom)], fill, opacity)
        {
        }
    }

    /// <summary>What lies inside several closed outlines; one that runs the other way round is a hole (non-zero rule).</summary>
    public sealed record Region(IReadOnlyList<IReadOnlyList<Point>> Outlines, Paint Fill, double Opacity = 1) : Mark;

    /// <summary>Many equal discs or squares. They are one shape: where two overlap, the opacity is not applied twice.</summary>
    /// <param name="Points">The centres.</param>
    /// <param name="Size">Diameter or side.</param>
    public sealed record Dots(IReadOnlyList<Point> Points, double Size, Paint Fill, double Opacity = 1, bool Square = false) : Mark;

    /// <summary>Pixels shown in a rectangle, as crisp squares where they are enlarged.</summary>
    public sealed record Picture(Box Place, Bitmap Pixels, string Description) : Mark;

    /// <summary>A line of text.</summary>
    /// <param name="At">Where the baseline starts, has its middle, or ends.</param>
    /// <param name="Up">Whether it is turned by 90° to read upwards.</param>
    public sealed record Label(string Text, Point At, TextStyle Style, Anchor Anchor = Anchor.Start, bool Up = false) : Mark
    {
        /// <summary>The rectangle that the letters may fill: advance widths, and from the top of capitals with accents to the descenders.</summary>
        public Box Bounds()
        {
            double width = Style.Measure(Text);
            double before = Anchor switch { Anchor.Start => 0, Anchor.Middle => width / 2, _ => width };
            double above = 0.95 * Style.Size;
            double height = 1.2 * Style.Size;
            return Up
                ? new Box(At.X - above, At.Y + before - width, height, width)
                : new Box(At.X - before, At.Y - above, width, height);
        }
    }

    /// <summary>Title and explanation at the top of a picture.</summary>
    /// <param name="Lines">Both, broken into the picture's width.</param>
    /// <param name="Bottom">Where the picture below them begins.</param>
    public sealed record Titles(string Title, string Explanation, IReadOnlyList<Label> Lines, double Bottom) : Mark;

    /// <summary>A text that shows while the pointer is over a rectangle, lines parted by LF. Pixels cannot show it.</summary>
    public sealed record Hint(Box Target, string Text) : Mark;

    /// <summary>Marks of which only the part inside a rectangle shows.</summary>
    public sealed record Clip(Box Window, IReadOnlyList<Mark> Marks) : Mark;
}
