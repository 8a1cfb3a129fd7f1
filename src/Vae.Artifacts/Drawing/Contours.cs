namespace Vae.Artifacts.Drawing;

/// <summary>The outlines of where a grid's values are above a level (marching squares).</summary>
internal static class Contours
{
    /// <summary>
    /// Closed outlines in grid coordinates: (column, row) of a value is a point, and between neighbours the level is where a straight line
    /// crosses it. What is above lies always on the same side, so that the outlines together make an area with holes.
    /// Outside the grid all is taken to be below, and two squares that touch with their corners stay apart.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Point>> Above(double[,] values, double level)
    {
        int rows = values.GetLength(0), columns = values.GetLength(1);
        double At(int row, int column) => row < 0 || column < 0 || row >= rows || column >= columns ? Math.Min(0, level) : values[row, column];

        // Every crossed edge between two grid points starts exactly one segment, so edges are the keys of a walk.
        var next = new Dictionary<(int Row, int Column, bool Down), (int Row, int Column, bool Down)>();
        for (int row = -1; row < rows; row++)
        {
            for (int column = -1; column < columns; column++)
            {
                bool topLeft = At(row, column) > level, topRight = At(row, column + 1) > level;
                bool bottomLeft = At(row + 1, column) > level, bottomRight = At(row + 1, column + 1) > level;
                (int, int, bool) top = (row, column, false), bottom = (row + 1, column, false), left = (row, column, true), right = (row, column + 1, true);
                int code = (topLeft ? 8 : 0) + (topRight ? 4 : 0) + (bottomRight ? 2 : 0) + (bottomLeft ? 1 : 0);
                switch (code)
                {
                    case 1: next[left] = bottom; break;
                    case 2: next[bottom] = right; break;
                    case 3: next[left] = right; break;
                    case 4: next[right] = top; break;
                    case 5: next[left] = bottom; next[right] = top; break;
                    case 6: next[bottom] = top; break;
                    case 7: next[left] = top; break;
                    case 8: next[top] = left; break;
                    case 9: next[top] = bottom; break;
                    case 10: next[top] = left; next[bottom] = right; break;
                    case 11: next[top] = right; break;
                    case 12: next[right] = left; break;
                    case 13: next[right] = bottom; break;
                    case 14: next[bottom] = left; break;
                }
            }
        }

        var outlines = new List<IReadOnlyList<Point>>();
        foreach ((int Row, int Column, bool Down) start in next.Keys.ToArray())
        {
            var outline = new List<Point>();
            (int Row, int Column, bool Down) edge = start;
            while (next.Remove(edge, out (int Row, int Column, bool Down) following))
            {
                outline.Add(Crossing(edge.Row, edge.Column, edge.Down));
                edge = following;
            }

            if (outline.Count > 2)
                outlines.Add(outline);
        }

        return outlines;

        Point Crossing(int row, int column, bool down)
        {
            (double first, double second) = (At(row, column), down ? At(row + 1, column) : At(row, column + 1));
            double share = Math.Clamp((level - first) / (second - first), 0, 1);
            return down ? new(column, row + share) : new(column + share, row);
        }
    }
}
