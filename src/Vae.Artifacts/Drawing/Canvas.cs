using System.Text;

namespace Vae.Artifacts.Drawing;

/// <summary>The back end that makes pixels of a scene, on opaque paper in the light colours. Managed code only; the same pixels every time.</summary>
internal sealed class Canvas
{
    private readonly Bitmap bitmap;
    private readonly Coverage coverage;
    private readonly double scale;
    private Box window;

    private Canvas(Scene scene, int scale)
    {
        this.scale = scale;
        bitmap = new Bitmap((int)Math.Ceiling(scene.Width * scale), (int)Math.Ceiling(scene.Height * scale));
        coverage = new Coverage(bitmap.Width, bitmap.Height);
        window = new Box(0, 0, bitmap.Width, bitmap.Height);
        Colour paper = Palette.Paper.Light;
        for (int i = 0; i < bitmap.Rgba.Length; i += 4)
            (bitmap.Rgba[i], bitmap.Rgba[i + 1], bitmap.Rgba[i + 2], bitmap.Rgba[i + 3]) = (paper.Red, paper.Green, paper.Blue, 255);
    }

    /// <summary>The scene with so many pixels for each CSS pixel a side.</summary>
    public static Bitmap Paint(Scene scene, int scale)
    {
        var canvas = new Canvas(scene, scale);
        foreach (Mark mark in scene.Marks)
            canvas.Draw(mark);
        return canvas.bitmap;
    }

    private void Draw(Mark mark)
    {
        switch (mark)
        {
            case Mark.Line line:
                foreach (IReadOnlyList<Point> piece in line.Dash is { } dash ? Dashes(line.Points, dash.On, dash.Off) : [line.Points])
                    Stroke(piece, line.Width, line.Round);
                Blend(line.Stroke, line.Opacity);
                break;
            case Mark.Area shape:
                coverage.Add([[.. shape.Points.Select(Scaled)]]);
                Blend(shape.Fill, shape.Opacity);
                break;
            case Mark.Region region:
                coverage.Add([.. region.Outlines.Select(outline => outline.Select(Scaled).ToArray())]);
                Blend(region.Fill, region.Opacity);
                break;
            case Mark.Dots dots:
                Point[] stamp = dots.Square ? Square(dots.Size * scale) : Arc(dots.Size * scale / 2, 0, 2 * Math.PI);
                foreach (Point point in dots.Points)
                {
                    Point centre = Scaled(point);
                    coverage.Add([Array.ConvertAll(stamp, p => new Point(p.X + centre.X, p.Y + centre.Y))]);
                }

                Blend(dots.Fill, dots.Opacity);
                break;
            case Mark.Label label:
                Write(label);
                Blend(label.Style.Paint, 1);
                break;
            case Mark.Titles titles:
                foreach (Mark line in titles.Lines)
                    Draw(line);
                break;
            case Mark.Picture picture:
                Show(picture);
                break;
            case Mark.Clip clip:
                Box outer = window;
                Box inner = clip.Window;
                (double left, double top) = (Math.Max(outer.X, inner.X * scale), Math.Max(outer.Y, inner.Y * scale));
                window = new Box(
                    left, top,
                    Math.Max(0, Math.Min(outer.Right, inner.Right * scale) - left),
                    Math.Max(0, Math.Min(outer.Bottom, inner.Bottom * scale) - top));
                foreach (Mark part in clip.Marks)
                    Draw(part);
                window = outer;
                break;
        }
    }

    private Point Scaled(Point point) => new(point.X * scale, point.Y * scale);

    // Each segment is a polygon of its own; with round ends neighbours meet in a round corner.
    private void Stroke(IReadOnlyList<Point> points, double width, bool round)
    {
        double radius = width * scale / 2;
        for (int i = 1; i < points.Count; i++)
        {
            (Point p, Point q) = (Scaled(points[i - 1]), Scaled(points[i]));
            double angle = Math.Atan2(q.Y - p.Y, q.X - p.X);
            Point[] start = round ? Arc(radius, angle + (Math.PI / 2), Math.PI) : Edge(angle + (Math.PI / 2));
            Point[] end = round ? Arc(radius, angle - (Math.PI / 2), Math.PI) : Edge(angle - (Math.PI / 2));
            coverage.Add([[.. start.Select(o => new Point(p.X + o.X, p.Y + o.Y)), .. end.Select(o => new Point(q.X + o.X, q.Y + o.Y))]]);
        }

        Point[] Edge(double from) => [new(radius * Math.Cos(from), radius * Math.Sin(from)), new(-radius * Math.Cos(from), -radius * Math.Sin(from))];
    }

    private static Point[] Square(double side) =>
        [new(-side / 2, -side / 2), new(side / 2, -side / 2), new(side / 2, side / 2), new(-side / 2, side / 2)];

    // A polygon in place of the circle, a little larger, so that it has the circle's area; the end of a line stays as wide as the line.
    private static Point[] Arc(double radius, double from, double sweep)
    {
        bool whole = sweep >= 2 * Math.PI;
        int steps = (int)Math.Ceiling(sweep * (whole ? 2 : 4) * (1 + Math.Sqrt(radius)));
        double step = sweep / steps;
        double reach = whole ? radius * Math.Sqrt(step / Math.Sin(step)) : radius;
        return [.. Enumerable.Range(0, whole ? steps : steps + 1).Select(i => new Point(reach * Math.Cos(from + (i * step)), reach * Math.Sin(from + (i * step))))];
    }

    private static IEnumerable<IReadOnlyList<Point>> Dashes(IReadOnlyList<Point> points, double on, double off)
    {
        var piece = new List<Point>();
        bool drawing = true;
        double left = on;
        if (points.Count > 0)
            piece.Add(points[0]);
        for (int i = 1; i < points.Count; i++)
        {
            (Point p, Point q) = (points[i - 1], points[i]);
            double length = Math.Sqrt(((q.X - p.X) * (q.X - p.X)) + ((q.Y - p.Y) * (q.Y - p.Y)));
            double done = 0;
            while (length - done > left)
            {
                done += left;
                var at = new Point(p.X + ((q.X - p.X) * done / length), p.Y + ((q.Y - p.Y) * done / length));
                piece.Add(at);
                if (drawing)
                    yield return piece;
                piece = [at];
                drawing = !drawing;
                left = drawing ? on : off;
            }

            left -= length - done;
            piece.Add(q);
        }

        if (drawing && piece.Count > 1)
            yield return piece;
    }

    private void Write(Mark.Label label)
    {
        TrueTypeFont font = Fonts.Of(label.Style.Weight);
        double pen = label.Anchor switch
        {
            Anchor.Start => 0,
            Anchor.Middle => -font.Measure(label.Text) / 2,
            _ => -font.Measure(label.Text),
        };
        double size = label.Style.Size;
        foreach (Rune character in label.Text.EnumerateRunes())
        {
            int glyph = font.Glyph(character);
            double start = pen;
            coverage.Add([.. font.Outline(glyph).Select(outline => outline.Select(p => Scaled(label.Up
                ? new Point(label.At.X + (p.Y * size), label.At.Y - ((start + p.X) * size))
                : new Point(label.At.X + ((start + p.X) * size), label.At.Y + (p.Y * size)))).ToArray())]);
            pen += font.Advance(glyph);
        }
    }

    private void Show(Mark.Picture picture)
    {
        Bitmap source = picture.Pixels;
        Box place = new(picture.Place.X * scale, picture.Place.Y * scale, picture.Place.Width * scale, picture.Place.Height * scale);
        (int fromX, int toX) = ((int)Math.Max(0, Math.Round(Math.Max(place.X, window.X))), (int)Math.Min(bitmap.Width, Math.Round(Math.Min(place.Right, window.Right))));
        (int fromY, int toY) = ((int)Math.Max(0, Math.Round(Math.Max(place.Y, window.Y))), (int)Math.Min(bitmap.Height, Math.Round(Math.Min(place.Bottom, window.Bottom))));
        (double perX, double perY) = (source.Width / place.Width, source.Height / place.Height);
        for (int y = fromY; y < toY; y++)
        {
            (int y0, int y1) = Range(y - place.Y, perY, source.Height);
            for (int x = fromX; x < toX; x++)
            {
                (int x0, int x1) = Range(x - place.X, perX, source.Width);
                (int red, int green, int blue, int opacity) = (0, 0, 0, 0);
                for (int v = y0; v < y1; v++)
                {
                    for (int u = x0; u < x1; u++)
                    {
                        Span<byte> pixel = source[u, v];
                        red += pixel[0] * pixel[3];
                        green += pixel[1] * pixel[3];
                        blue += pixel[2] * pixel[3];
                        opacity += pixel[3];
                    }
                }

                if (opacity == 0)
                    continue;
                var colour = new Colour((byte)((red + (opacity / 2)) / opacity), (byte)((green + (opacity / 2)) / opacity), (byte)((blue + (opacity / 2)) / opacity));
                Mix(x, y, colour, opacity / (255.0 * (x1 - x0) * (y1 - y0)));
            }
        }

        // The source pixels of a target pixel: the one under its middle where the picture is enlarged, all that it covers where it is reduced.
        static (int From, int To) Range(double at, double per, int size)
        {
            if (per <= 1)
            {
                int one = (int)Math.Clamp(Math.Floor((at + 0.5) * per), 0, size - 1);
                return (one, one + 1);
            }

            int from = (int)Math.Clamp(Math.Floor(at * per), 0, size - 1);
            return (from, (int)Math.Clamp(Math.Ceiling((at + 1) * per), from + 1, size));
        }
    }

    private void Blend(Paint paint, double opacity)
    {
        (int left, int top, int right, int bottom) = coverage.Touched;
        for (int y = Math.Max(top, (int)window.Y); y < Math.Min(bottom, Math.Ceiling(window.Bottom)); y++)
        {
            double rowShare = Math.Min(y + 1, window.Bottom) - Math.Max(y, window.Y);
            for (int x = Math.Max(left, (int)window.X); x < Math.Min(right, Math.Ceiling(window.Right)); x++)
            {
                double share = coverage[x, y] * rowShare * (Math.Min(x + 1, window.Right) - Math.Max(x, window.X));
                if (share > 0)
                    Mix(x, y, paint.Light, share * opacity);
            }
        }

        coverage.Clear();
    }

    private void Mix(int x, int y, Colour colour, double share)
    {
        Span<byte> pixel = bitmap[x, y];
        pixel[0] = (byte)Math.Round(pixel[0] + ((colour.Red - pixel[0]) * share));
        pixel[1] = (byte)Math.Round(pixel[1] + ((colour.Green - pixel[1]) * share));
        pixel[2] = (byte)Math.Round(pixel[2] + ((colour.Blue - pixel[2]) * share));
    }
}
