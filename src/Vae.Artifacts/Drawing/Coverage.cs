namespace Vae.Artifacts.Drawing;

/// <summary>
/// How much of each pixel a shape covers, 0..1. A polygon's coverage is exact: the signed areas of its edges are accumulated row
/// by row and summed from left to right (the method of FreeType's and font-rs' rasterizers). Polygons added one after another are
/// united by the larger coverage of a pixel, so that the pieces of a stroke, or dots that overlap, do not add up along their edges.
/// </summary>
internal sealed class Coverage
{
    private readonly int width;
    private readonly int height;
    private readonly float[] values;
    private double[] area = [];
    private int left;
    private int top;
    private int right;
    private int bottom;

    public Coverage(int width, int height)
    {
        (this.width, this.height) = (width, height);
        (left, top) = (width, height);
        values = new float[checked(width * height)];
    }

    /// <summary>The pixels that may be covered.</summary>
    public (int Left, int Top, int Right, int Bottom) Touched => (left, top, Math.Max(left, right), Math.Max(top, bottom));

    /// <summary>The coverage of a pixel.</summary>
    public float this[int x, int y] => values[(y * width) + x];

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        (int fromX, int fromY, int toX, int toY) = Touched;
        for (int y = fromY; y < toY; y++)
            values.AsSpan((y * width) + fromX, toX - fromX).Clear();
        (left, top, right, bottom) = (width, height, 0, 0);
    }

    /// <summary>Adds a polygon of one or more closed outlines, filled by the non-zero rule. What lies outside the pixels is cut off.</summary>
    public void Add(IReadOnlyList<Point[]> outlines)
    {
        double minX = double.PositiveInfinity, minY = double.PositiveInfinity, maxX = double.NegativeInfinity, maxY = double.NegativeInfinity;
        foreach (Point[] outline in outlines)
        {
            foreach (Point point in outline)
            {
                minX = Math.Min(minX, point.X);
                maxX = Math.Max(maxX, point.X);
                minY = Math.Min(minY, point.Y);
                maxY = Math.Max(maxY, point.Y);
            }
        }

        int fromX = (int)Math.Clamp(Math.Floor(minX), 0, width);
        int toX = (int)Math.Clamp(Math.Ceiling(maxX), 0, width);
        int fromY = (int)Math.Clamp(Math.Floor(minY), 0, height);
        int toY = (int)Math.Clamp(Math.Ceiling(maxY), 0, height);
        if (toX <= fromX || toY <= fromY)
            return;

        // Two columns more than pixels: an edge on the right border writes behind it.
        int columns = toX - fromX;
        int stride = columns + 2;
        int rows = toY - fromY;
        if (area.Length < stride * rows)
            area = new double[stride * rows];
        else
            area.AsSpan(0, stride * rows).Clear();
        foreach (Point[] outline in outlines)
        {
            Point previous = outline[^1];
            foreach (Point point in outline)
            {
                Edge(previous.X - fromX, previous.Y - fromY, point.X - fromX, point.Y - fromY, columns, rows, stride);
                previous = point;
            }
        }

        for (int y = 0; y < rows; y++)
        {
            double sum = 0;
            for (int x = 0; x < columns; x++)
            {
                sum += area[(y * stride) + x];
                ref float value = ref values[((y + fromY) * width) + x + fromX];
                value = Math.Max(value, (float)Math.Min(Math.Abs(sum), 1));
            }
        }

        left = Math.Min(left, fromX);
        right = Math.Max(right, toX);
        top = Math.Min(top, fromY);
        bottom = Math.Max(bottom, toY);
    }

    // Left of the pixels an edge covers all of a row, right of them nothing: it is cut where it crosses and moved to the border.
    private void Edge(double x0, double y0, double x1, double y1, int columns, int rows, int stride)
    {
        double atLeft = Math.Clamp((0 - x0) / (x1 - x0), 0, 1);
        double atRight = Math.Clamp((columns - x0) / (x1 - x0), 0, 1);
        if (x0 == x1)
            (atLeft, atRight) = (0, 0);
        Span<double> cuts = [0, Math.Min(atLeft, atRight), Math.Max(atLeft, atRight), 1];
        for (int i = 0; i < 3; i++)
        {
            Accumulate(
                Math.Clamp(x0 + (cuts[i] * (x1 - x0)), 0, columns), y0 + (cuts[i] * (y1 - y0)),
                Math.Clamp(x0 + (cuts[i + 1] * (x1 - x0)), 0, columns), y0 + (cuts[i + 1] * (y1 - y0)),
                rows, stride);
        }
    }

    // Adds what an edge changes in each pixel that it passes, so that the sum from the left is the area to the right of the edge.
    private void Accumulate(double x0, double y0, double x1, double y1, int rows, int stride)
    {
        if (y0 == y1)
            return;
        double direction = y0 < y1 ? 1 : -1;
        if (direction < 0)
            (x0, y0, x1, y1) = (x1, y1, x0, y0);
        double slope = (x1 - x0) / (y1 - y0);
        (double leftmost, double rightmost) = x0 < x1 ? (x0, x1) : (x1, x0);
        int firstRow = (int)Math.Max(0, Math.Floor(y0));
        int lastRow = (int)Math.Min(rows, Math.Ceiling(y1));
        for (int row = firstRow; row < lastRow; row++)
        {
            double from = Math.Max(y0, row);
            double to = Math.Min(y1, row + 1);

            // Rounding may not carry it beyond its ends: they lie within the pixels.
            double a = Math.Clamp(x0 + ((from - y0) * slope), leftmost, rightmost);
            double b = Math.Clamp(x0 + ((to - y0) * slope), leftmost, rightmost);
            (double low, double high) = a < b ? (a, b) : (b, a);
            double rise = (to - from) * direction;
            Span<double> line = area.AsSpan(row * stride, stride);
            int first = (int)Math.Min(Math.Floor(low), stride - 2);
            int last = (int)Math.Ceiling(high);
            if (last <= first + 1)
            {
                double share = ((low + high) / 2) - first;
                line[first] += rise * (1 - share);
                line[first + 1] += rise * share;
                continue;
            }

            // The edge passes several pixels of the row. What it covers of one: all of the height passed before, and of the height
            // passed within the part to the right of the edge's middle.
            double perPixel = rise / (high - low);
            double passed = 0;
            double before = 0;
            for (int pixel = first; pixel < last; pixel++)
            {
                double enter = Math.Max(low, pixel);
                double leave = Math.Min(high, pixel + 1);
                double within = (leave - enter) * perPixel;
                double covered = passed + (within * (pixel + 1 - ((enter + leave) / 2)));
                line[pixel] += covered - before;
                before = covered;
                passed += within;
            }

            line[last] += rise - before;
        }
    }
}
