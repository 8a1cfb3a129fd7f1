using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>
/// Examples side by side as tiles of one size: images enlarged by whole numbers, anything else as a small line chart of its values
/// in order (a line a feature for series). All tiles share one scale of values.
/// </summary>
internal sealed class TileSheet
{
    private const double SmallestTile = 16;
    private const double LargestTile = 160;
    private const int MostLines = 4;

    // The words for the first categories of the palette.
    private static readonly string[] LineColours = ["blue", "orange", "green", "red"];

    private readonly DataSpec data;
    private readonly Shape? image;
    private readonly double low;
    private readonly double high;
    private readonly double enlargement;
    private readonly int gap;

    /// <param name="columns">How many tiles side by side.</param>
    /// <param name="widest">The width that they should not exceed, in CSS pixels; a great many tiles may.</param>
    /// <param name="gap">Space between tiles in pixels of the image; 0 where tiles make one picture.</param>
    /// <param name="range">The arrays whose values the scale of values covers where the data's own scale does not say it.</param>
    public TileSheet(DataSpec data, int columns, double widest, int gap, params NamedArray[] range)
    {
        this.data = data;
        this.gap = gap;
        image = ImageShape(data);
        (low, high) = data.Scale switch
        {
            Scaling.Unit when image is not null => (0, 1),
            Scaling.Symmetric when image is not null => (-1, 1),
            _ => Extent(range),
        };
        if (image is not null)
        {
            double fit = widest / ((columns * (image[2] + gap)) - gap);
            enlargement = fit >= 1 ? Math.Floor(Math.Min(fit, LargestTile / Math.Max(image[1], image[2]))) : 0.5;
            enlargement = Math.Max(Math.Max(enlargement, 0.5), Math.Ceiling(SmallestTile / Math.Min(image[1], image[2]) * 2) / 2);
            if (image[2] * enlargement > widest)
                enlargement = widest / image[2];
            (TileWidth, TileHeight, Gap) = (image[2] * enlargement, image[1] * enlargement, gap * enlargement);
        }
        else
        {
            Gap = gap == 0 ? 2 : 6;
            TileWidth = Math.Clamp(Math.Floor((widest + Gap) / columns) - Gap, 24, LargestTile);
            TileHeight = Math.Max(SmallestTile, Math.Floor(TileWidth * 0.62));
        }
    }

    public double TileWidth { get; }

    public double TileHeight { get; }

    public double Gap { get; }

    /// <summary>What the lines are where tiles are no images, as the end of a sentence.</summary>
    public string Note => (image, data.Shape.Rank) switch
    {
        (null, 1) => $"; lines: the values of the {data.Shape[0]} features in order",
        (null, 2) when data.Shape[1] > 1 => $"; lines: {Colours(data)}{(data.Shape[1] > MostLines ? $" (the first {MostLines} of {data.Shape[1]} columns)" : "")}",
        _ => "",
    };

    /// <summary>How many tiles fit side by side into a width, between 1 and <paramref name="most"/>.</summary>
    public static int ColumnsFor(DataSpec data, double widest, int most) =>
        ImageShape(data) is { } image ? Math.Clamp((int)(widest / (Math.Max(SmallestTile, image[2]) + 1)), 1, most) : Math.Min(8, most);

    /// <summary>The width of so many tiles.</summary>
    public double WidthOf(int columns) => (columns * (TileWidth + Gap)) - Gap;

    /// <summary>The height of so many tiles.</summary>
    public double HeightOf(int rows) => (rows * (TileHeight + Gap)) - Gap;

    /// <summary>The tiles row by row from the top left.</summary>
    /// <param name="description">What the tiles are, for those who cannot see them.</param>
    public IEnumerable<Mark> Draw(Point origin, IReadOnlyList<Tile> tiles, int columns, string description) =>
        image is null ? Lines(origin, tiles, columns) : [Picture(origin, image, tiles, columns, description)];

    /// <summary>
    /// The shape [channels, height, width] in which an example is an image; <c>null</c> where it is none. A flattened image of a named
    /// set has that set's own shape; one of an image or idx source is taken for a square, grey or of three colours.
    /// </summary>
    public static Shape? ImageShape(DataSpec data)
    {
        Shape shape = data.Shape;
        Shape? native = data.Dataset is null ? null : DataSetCatalogue.Find(data.Dataset)?.Shape;
        bool ofImages = native is { Rank: 3 } || data.Source is "images" or "idx";
        switch (shape.Rank)
        {
            case 3:
                return shape;
            case 2 when ofImages:
                return [1, shape[0], shape[1]];
            case 1 when native is { Rank: 3 } && native.Size == shape.Size:
                return native;
            case 1 when ofImages:
                return Square(1, shape[0]) ?? Square(3, shape[0]);
            default:
                return null;
        }
    }

    private static Shape? Square(int channels, int size)
    {
        int side = (int)Math.Round(Math.Sqrt((double)size / channels));
        return channels * side * side == size ? [channels, side, side] : null;
    }

    private static string Colours(DataSpec data) => string.Join(", ", LineColours.Take(data.Shape[1]).Select((colour, line) =>
        $"{(data.Columns.Count > line ? data.Columns[line] : "column " + PlotText.Count(line + 1))} {colour}"));

    private Mark.Picture Picture(Point origin, Shape shape, IReadOnlyList<Tile> tiles, int columns, string description)
    {
        Bitmap bitmap = Pixels(shape, tiles, columns);
        return new Mark.Picture(new Box(origin.X, origin.Y, bitmap.Width * enlargement, bitmap.Height * enlargement), bitmap, description);
    }

    /// <summary>The tiles of images pixel by pixel, not enlarged.</summary>
    public Bitmap Pixels(Shape shape, IReadOnlyList<Tile> tiles, int columns)
    {
        (int height, int width) = (shape[1], shape[2]);
        int rows = (tiles.Count + columns - 1) / columns;
        var bitmap = new Bitmap((columns * (width + gap)) - gap, (rows * (height + gap)) - gap);
        for (int i = 0; i < tiles.Count; i++)
        {
            if (tiles[i].IsEmpty)
                continue;
            ReadOnlySpan<float> values = tiles[i].Values;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    Span<byte> pixel = bitmap[(i % columns * (width + gap)) + x, (i / columns * (height + gap)) + y];
                    for (int channel = 0; channel < 3; channel++)
                        pixel[channel] = Level(values, shape, channel, y, x);
                    pixel[3] = 255;
                }
            }
        }

        return bitmap;
    }

    // Three channels are colours; of any other number the mean is shown as grey.
    private byte Level(ReadOnlySpan<float> values, Shape shape, int channel, int y, int x)
    {
        int plane = shape[1] * shape[2];
        int at = (y * shape[2]) + x;
        double value = 0;
        if (shape[0] == 3)
        {
            value = values[(channel * plane) + at];
        }
        else
        {
            for (int c = 0; c < shape[0]; c++)
                value += values[(c * plane) + at] / shape[0];
        }

        double level = (value - low) / (high - low) * 255;
        return double.IsNaN(level) ? (byte)0 : (byte)Math.Round(Math.Clamp(level, 0, 255));
    }

    private IEnumerable<Mark> Lines(Point origin, IReadOnlyList<Tile> tiles, int columns)
    {
        int lines = data.Shape.Rank == 2 ? data.Shape[1] : 1;
        for (int i = 0; i < tiles.Count; i++)
        {
            var frame = new Box(origin.X + (i % columns * (TileWidth + Gap)), origin.Y + (i / columns * (TileHeight + Gap)), TileWidth, TileHeight);
            yield return new Mark.Line(
                [new(frame.X, frame.Y), new(frame.Right, frame.Y), new(frame.Right, frame.Bottom), new(frame.X, frame.Bottom), new(frame.X, frame.Y)],
                Palette.Grid, 1);
            for (int line = 0; line < Math.Min(lines, MostLines); line++)
            {
                Paint paint = Palette.Categories[line];
                if (!tiles[i].Reference.IsEmpty)
                    yield return Curve(frame, tiles[i].Reference, line, lines, Palette.Axis, 1);
                yield return Curve(frame, tiles[i].Values, line, lines, paint, 1.4);
            }
        }
    }

    private Mark.Line Curve(Box frame, ReadOnlySpan<float> values, int line, int lines, Paint paint, double width)
    {
        int count = values.Length / lines;
        var points = new List<Point>(count);
        for (int i = 0; i < count; i++)
        {
            double value = Math.Clamp((values[(i * lines) + line] - low) / (high - low), 0, 1);
            if (double.IsNaN(value))
                continue;
            double x = count == 1 ? 0.5 : (double)i / (count - 1);
            points.Add(new Point(frame.X + 3 + (x * (frame.Width - 6)), frame.Bottom - 3 - (value * (frame.Height - 6))));
        }

        // A single value has no line: it becomes a short one.
        if (points.Count == 1)
            points = [points[0] with { X = points[0].X - 3 }, points[0] with { X = points[0].X + 3 }];
        if (points.Count == 0)
            points = [new(frame.X, frame.Bottom)];
        return new Mark.Line(points, paint, width);
    }

    private static (double Low, double High) Extent(NamedArray[] arrays)
    {
        double[] finite = [.. arrays.SelectMany(array => array.Values).Where(float.IsFinite).Select(value => (double)value)];
        if (finite.Length == 0 || finite.Min() == finite.Max())
            return (finite.FirstOrDefault() - 0.5, finite.FirstOrDefault() + 0.5);
        return (finite.Min(), finite.Max());
    }
}
