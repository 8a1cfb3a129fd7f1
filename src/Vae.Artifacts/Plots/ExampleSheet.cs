using Vae.Artifacts.Drawing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Plots;

/// <summary>Examples as pictures, outside of a training: what the commands write that run a trained model.</summary>
public static class ExampleSheet
{
    private const double Widest = 620;
    private const int MostColumns = 10;

    /// <summary>Whether an example of that data is a picture, which <see cref="Picture"/> can write.</summary>
    public static bool IsPicture(DataSpec data) => TileSheet.ImageShape(data) is { } shape && shape[0] is 1 or 3;

    /// <summary>One example as a PNG of its own pixels.</summary>
    /// <param name="data">Its shape and scale; <see cref="IsPicture"/>.</param>
    /// <param name="example">Its numbers as the network sees them.</param>
    public static byte[] Picture(DataSpec data, ReadOnlySpan<float> example)
    {
        ArgumentNullException.ThrowIfNull(data);
        Shape shape = TileSheet.ImageShape(data) is { } image && image[0] is 1 or 3 ? image : throw new ArgumentException($"data of the shape {data.Shape} is no picture", nameof(data));
        var one = new NamedArray("decoded", [1, .. data.Shape], example.ToArray());
        var sheet = new TileSheet(data, 1, shape[2], gap: 0, one);
        return PngEncoder.Encode(sheet.Pixels(shape, [new Tile(one, 0)], columns: 1));
    }

    /// <summary>Examples as a grid that is about square.</summary>
    /// <param name="spec">The model's spec.</param>
    /// <param name="title">The heading.</param>
    /// <param name="examples">As the network sees them, <c>[n, …data shape]</c>.</param>
    public static PlotFiles Grid(Spec spec, string title, NamedArray examples)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(examples);
        int count = examples.Shape[0];
        int columns = (int)Math.Ceiling(Math.Sqrt(count));
        var sheet = new TileSheet(spec.Data, columns, Widest, gap: 1, examples);
        return Compose(spec, title, $"{PlotText.Count(count, "example")}{sheet.Note}", sheet, [.. Enumerable.Range(0, count).Select(i => new Tile(examples, i))], columns, $"{count} examples")
            .ToFiles();
    }

    /// <summary>
    /// Originals and what the model made of them: of pictures a row of originals above a row of reconstructions, of anything else one chart for both.
    /// </summary>
    /// <param name="spec">The model's spec.</param>
    /// <param name="title">The heading.</param>
    /// <param name="originals">As the network sees them, <c>[n, …data shape]</c>.</param>
    /// <param name="decoded">As many reconstructions.</param>
    public static PlotFiles Pairs(Spec spec, string title, NamedArray originals, NamedArray decoded)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(originals);
        ArgumentNullException.ThrowIfNull(decoded);
        int count = decoded.Shape[0];
        bool isImage = TileSheet.ImageShape(spec.Data) is not null;
        int columns = isImage ? Math.Min(TileSheet.ColumnsFor(spec.Data, Widest, MostColumns), count) : (int)Math.Ceiling(Math.Sqrt(count));
        var sheet = new TileSheet(spec.Data, columns, Widest, gap: 1, originals, decoded);
        Tile[] tiles = isImage
            ? [.. Enumerable.Range(0, (count + columns - 1) / columns).SelectMany(row => Rows(row * columns, Math.Min(count, (row + 1) * columns)))]
            : [.. Enumerable.Range(0, count).Select(i => new Tile(decoded, i) { Original = new Tile(originals, i) })];
        string note = isImage ? "in each pair of rows the original above, what the model decodes from its μ below" : "the original in grey, what the model decodes from its μ in colour";
        return Compose(spec, title, $"{PlotText.Count(count, "example")}, {note}{sheet.Note}", sheet, tiles, columns, $"{count} originals and their reconstructions").ToFiles();

        IEnumerable<Tile> Rows(int start, int end)
        {
            // A row that is not full is filled with empty tiles, so that what is below stands below.
            foreach (NamedArray array in (NamedArray[])[originals, decoded])
            {
                for (int i = start; i < start + columns; i++)
                    yield return i < end ? new Tile(array, i) : Tile.Empty(array);
            }
        }
    }

    private static Scene Compose(Spec spec, string title, string explanation, TileSheet sheet, Tile[] tiles, int columns, string description)
    {
        int rows = (tiles.Length + columns - 1) / columns;
        double width = Math.Max(440, Math.Ceiling(sheet.WidthOf(columns) + (2 * Heading.Margin)));
        var heading = new Heading(title, $"{spec.Name}: {explanation}", width);
        double top = Math.Round(heading.Bottom + 8);
        var scene = new Scene(width, Math.Ceiling(top + sheet.HeightOf(rows) + Heading.Margin), $"{title}: {spec.Name}", $"{description} in {rows} rows.");
        scene.Add(heading.Marks);
        scene.Add(sheet.Draw(new(Heading.Margin, top), tiles, columns, description));
        return scene;
    }
}
