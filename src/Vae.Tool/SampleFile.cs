using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
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

    private static readonly Dictionary<string, Func<NamedArray, Spec, DataUnits, byte[]>> Writers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = (samples, spec, _) => Draw(samples, spec).Png,
        [".svg"] = (samples, spec, _) => Encoding.UTF8.GetBytes(Draw(samples, spec).Svg),
        [".csv"] = (samples, spec, units) => Csv(Raw(samples, units), spec, units),
        [".npy"] = (samples, _, units) => Npy(Raw(samples, units)),
    };

    /// <summary>Whether the name's extension is one of <c>.png</c>, <c>.svg</c>, <c>.csv</c>, <c>.npy</c>.</summary>
    public static bool CanWrite(string path) => Writers.ContainsKey(Path.GetExtension(path));

    /// <summary>Writes decoded draws, <c>[n, …data shape]</c>; the file is whole or not there.</summary>
    /// <exception cref="VaeException">VAE5104: the file cannot be written.</exception>
    public static void Write(string path, NamedArray decoded, Spec spec, DataUnits units)
    {
        byte[] content = Writers[Path.GetExtension(path)](decoded, spec, units);
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

    private static PlotFiles Draw(NamedArray decoded, Spec spec)
    {
        int count = decoded.Shape[0];
        var plot = new Component("samples", new Arguments([new("count", count)]));
        return PlotTable.Get(plot.Kind).Draw(plot, new TrainingResult
        {
            Spec = spec,
            Weights = [],
            Curve = new Curve([], []),
            Metrics = new Dictionary<string, double>(),
            Evaluations = [new Evaluation(new EvaluationRequest.PriorSamples(count), [decoded])],
            Data = [],
            TrainerVersion = Trainer.SemanticVersion,
            Run = new RunFacts(0, [], 1, "cpu", new Dictionary<string, string>()),
        });
    }

    /// <summary>Where the scale was fitted, the numbers that the data has; pictures stay in 0..1, as everything else takes them.</summary>
    private static NamedArray Raw(NamedArray decoded, DataUnits units) =>
        units.IsFitted ? decoded with { Values = units.ToRaw(decoded.Values) } : decoded;

    /// <summary>A row a sample; of a series a row a step, with the sample's and the step's number before it.</summary>
    private static byte[] Csv(NamedArray decoded, Spec spec, DataUnits units)
    {
        int steps = spec.Data.Window?.Length ?? 1;
        int width = decoded.Values.Length / decoded.Shape[0] / steps;
        var text = new StringBuilder(steps > 1 ? "sample,step," : "");
        IEnumerable<string> names = units.Columns.Count == width ? units.Columns.Select(Quoted) : Enumerable.Range(0, width).Select(i => "x" + i.ToString(CultureInfo.InvariantCulture));
        text.AppendJoin(',', names).Append('\n');
        for (int row = 0; row < decoded.Shape[0] * steps; row++)
        {
            if (steps > 1)
                text.Append(CultureInfo.InvariantCulture, $"{row / steps},{row % steps},");
            for (int column = 0; column < width; column++)
                text.Append(column == 0 ? "" : ",").Append(decoded.Values[(row * width) + column].ToString("R", CultureInfo.InvariantCulture));
            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quoted(string name) =>
        name.AsSpan().ContainsAny(Special) ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;

    /// <summary>NumPy's format 1.0, little-endian float32 in C order; the header is padded so that the data starts at a multiple of 64.</summary>
    private static byte[] Npy(NamedArray decoded)
    {
        const int preamble = 10, alignment = 64;
        string sizes = string.Join(", ", decoded.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({sizes},), }}";
        int length = (((preamble + header.Length) / alignment) + 1) * alignment;
        header = header.PadRight(length - preamble - 1) + "\n";
        byte[] magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)(header.Length & 0xFF), (byte)(header.Length >> 8)];
        return [.. magic, .. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(decoded.Values.AsSpan())];
    }
}
