using System.Globalization;
using System.Text;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Plots;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Tool.Output;

namespace Vae.Tool.Inference;

/// <summary>Writes what a decoder made in the form that the output's name asks for.</summary>
internal static class ExampleOutput
{
    /// <summary>What can be written, for messages.</summary>
    public const string Forms = ".png, .svg, .csv or .npy, or with a slash for a folder of pictures";

    private static readonly string[] Endings = [".png", ".svg", ".csv", ".npy"];

    /// <summary>Whether the name says what to write.</summary>
    public static bool CanWrite(string path) => IsFolder(path) || HasEnding(path);

    /// <summary>Writes examples; each file is whole or not there.</summary>
    /// <exception cref="VaeException">VAE4073: the data are no pictures. VAE5104: a file cannot be written.</exception>
    public static void Write(string path, RunnableModel model, DecodedExamples examples)
    {
        if (IsFolder(path))
        {
            WritePictures(path, model, examples);
            return;
        }

        WholeFile.Write(path, Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => Csv(model, examples),
            ".npy" => NpyWriter.ToBytes(Array(model.Spec, examples.Values)),
            ".svg" => Encoding.UTF8.GetBytes(Draw(model, examples).Svg),
            _ when examples.Values.Length == model.Network.DataSize && ExampleSheet.IsPicture(model.Spec.Data) => ExampleSheet.Picture(model.Spec.Data, model.Network.Scaled(examples.Values)),
            _ => Draw(model, examples).Png,
        });
    }

    /// <summary>The examples as an array, <c>[n, …data shape]</c>.</summary>
    public static NamedArray Array(Spec spec, float[] values) => new("decoded", [(int)(values.Length / spec.Data.Shape.Size), .. spec.Data.Shape], values);

    private static bool HasEnding(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static bool IsFolder(string path) => path.EndsWith('/') || path.EndsWith(Path.DirectorySeparatorChar) || (!HasEnding(path) && Directory.Exists(path));

    private static PlotFiles Draw(RunnableModel model, DecodedExamples examples) => examples.Draw(Array(model.Spec, model.Network.Scaled(examples.Values)));

    private static void WritePictures(string folder, RunnableModel model, DecodedExamples examples)
    {
        DataSpec data = model.Spec.Data;
        if (!ExampleSheet.IsPicture(data))
            throw new VaeException(DiagnosticTable.Training.NoPictures.At(new Location(folder, 0, 0), $"'{model.Spec.Name}' is of data of the shape {data.Shape}, which are no pictures; a folder of pictures cannot be written"));
        float[] values = model.Network.Scaled(examples.Values);
        int size = model.Network.DataSize;
        string[] names = NamesOf(examples, values.Length / size);
        for (int i = 0; i < names.Length; i++)
        {
            WholeFile.Write(Path.Combine(folder, names[i]), ExampleSheet.Picture(data, values.AsSpan(i * size, size)));
        }
    }

    /// <summary>The pictures' own names, with the ending of what is written; numbers where there are none.</summary>
    private static string[] NamesOf(DecodedExamples examples, int count)
    {
        if (examples.Names is not { } names)
            return [.. Enumerable.Range(0, count).Select(i => i.ToString("D4", CultureInfo.InvariantCulture) + ".png")];
        string[] changed = [.. names.Select(name => Path.ChangeExtension(name, ".png"))];
        // a.jpg beside a.png: where two would be one, each keeps its ending before ours.
        return changed.Distinct(StringComparer.OrdinalIgnoreCase).Count() == changed.Length ? changed : [.. names.Select(name => name + ".png")];
    }

    /// <summary>A row an example; of a series a row a step, with the example's and the step's number before it.</summary>
    private static byte[] Csv(RunnableModel model, DecodedExamples examples)
    {
        int steps = model.Spec.Data.Window?.Length ?? 1;
        int width = model.Network.DataSize / steps;
        IReadOnlyList<string> columns = model.Network.Columns;
        IEnumerable<string> names = columns.Count == width ? columns : Enumerable.Range(0, width).Select(i => "x" + i.ToString(CultureInfo.InvariantCulture));
        var text = new CsvText(
        [
            .. examples.Names is null ? (string[])[] : ["file"],
            .. steps > 1 ? (string[])[examples.Kind, "step"] : [],
            .. names,
            .. examples.Labels is null ? (string[])[] : ["label"],
        ]);
        for (int row = 0; row < examples.Values.Length / width; row++)
        {
            int example = row / steps;
            if (examples.Names is { } files)
                text.Field(files[example]);
            if (steps > 1)
            {
                text.Field(example);
                text.Field(row % steps);
            }

            text.Fields(examples.Values.AsSpan(row * width, width));
            if (examples.Labels is { } labels)
                text.Field(model.NameOf(labels[example]));
            text.EndRow();
        }

        return text.ToBytes();
    }
}
