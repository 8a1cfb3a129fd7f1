using System.Buffers;
using System.Globalization;
using System.Text;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch;

namespace Vae.Tool;

/// <summary>Writes samples in the form that the file's name asks for.</summary>
internal static class SampleFile
{
    /// <summary>What makes a csv field stand in quotes.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t|\"\n\r");

    private static readonly Dictionary<string, Func<NamedArray[], Spec, DataUnits, byte[]>> Writers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = (samples, spec, units) => Draw(samples, spec, units).Png,
        [".svg"] = (samples, spec, units) => Encoding.UTF8.GetBytes(Draw(samples, spec, units).Svg),
        [".csv"] = (samples, spec, units) => Csv(units.InOwnUnits(samples[0]), samples.ElementAtOrDefault(1), spec, units),
        [".npy"] = (samples, _, units) => NpyWriter.ToBytes(units.InOwnUnits(samples[0])),
    };

    /// <summary>Whether the name's extension is one of <c>.png</c>, <c>.svg</c>, <c>.csv</c>, <c>.npy</c>.</summary>
    public static bool CanWrite(string path) => Writers.ContainsKey(Path.GetExtension(path));

    /// <summary>Writes samples; the file is whole or not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="spec">The model's spec, with the seed of the draws.</param>
    /// <param name="units">The way back to the data's own numbers and names.</param>
    /// <param name="samples"><c>decoded</c> [n, …data shape]; then <c>labels</c> [n], where the model has a condition.</param>
    /// <exception cref="VaeException">VAE5104: the file cannot be written.</exception>
    public static void Write(string path, Spec spec, DataUnits units, NamedArray[] samples)
    {
        byte[] content = Writers[Path.GetExtension(path)](samples, spec, units);
        string full = Path.GetFullPath(path);
        string temporary = full + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
            throw new VaeException(DiagnosticTable.Snapshots.ArtifactsUnwritable.At(new Location(path, 0, 0), e.Message), e);
        }
    }

    private static PlotFiles Draw(NamedArray[] samples, Spec spec, DataUnits units)
    {
        int count = samples[0].Shape[0];
        var request = new EvaluationRequest.PriorSamples(count);
        var plot = new Component("samples", new Arguments([new("count", count)]));
        return PlotTable.Get(plot.Kind).Draw(plot, new TrainingResult
        {
            Spec = spec,
            Weights = [],
            Curve = new Curve([], []),
            Metrics = new Dictionary<string, double>(),
            Evaluations = [new Evaluation(request, samples)],
            Data = [],
            Units = units,
            TrainerVersion = Trainer.SemanticVersion,
            Run = new RunFacts(0, [], 1, "cpu", new Dictionary<string, string>()),
        });
    }

    /// <summary>A row a sample; of a series a row a step, with the sample's and the step's number before it.</summary>
    private static byte[] Csv(NamedArray decoded, NamedArray? labels, Spec spec, DataUnits units)
    {
        int steps = spec.Data.Window?.Length ?? 1;
        int width = decoded.Values.Length / decoded.Shape[0] / steps;
        var text = new StringBuilder(steps > 1 ? "sample,step," : "");
        IEnumerable<string> names = units.Columns.Count == width ? units.Columns.Select(Quoted) : Enumerable.Range(0, width).Select(i => "x" + i.ToString(CultureInfo.InvariantCulture));
        text.AppendJoin(',', names).Append(labels is null ? "" : ",label").Append('\n');
        for (int row = 0; row < decoded.Shape[0] * steps; row++)
        {
            if (steps > 1)
                text.Append(CultureInfo.InvariantCulture, $"{row / steps},{row % steps},");
            for (int column = 0; column < width; column++)
                text.Append(column == 0 ? "" : ",").Append(decoded.Values[(row * width) + column].ToString("R", CultureInfo.InvariantCulture));
            if (labels is not null)
                text.Append(',').Append(Quoted(units.NameOf((int)labels.Values[row / steps])));
            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quoted(string name) =>
        name.AsSpan().ContainsAny(Special) ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
