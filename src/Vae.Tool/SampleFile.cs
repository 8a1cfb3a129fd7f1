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
    private static readonly Dictionary<string, Func<NamedArray, Spec, byte[]>> Writers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = (samples, spec) => Draw(samples, spec).Png,
        [".svg"] = (samples, spec) => Encoding.UTF8.GetBytes(Draw(samples, spec).Svg),
        [".csv"] = (samples, _) => Csv(samples),
        [".npy"] = (samples, _) => Npy(samples),
    };

    /// <summary>Whether the name's extension is one of <c>.png</c>, <c>.svg</c>, <c>.csv</c>, <c>.npy</c>.</summary>
    public static bool CanWrite(string path) => Writers.ContainsKey(Path.GetExtension(path));

    /// <summary>Writes decoded draws, <c>[n, …data shape]</c>; the file is whole or not there.</summary>
    /// <exception cref="VaeException">VAE5104: the file cannot be written.</exception>
    public static void Write(string path, NamedArray decoded, Spec spec)
    {
        byte[] content = Writers[Path.GetExtension(path)](decoded, spec);
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

    private static byte[] Csv(NamedArray decoded)
    {
        int width = decoded.Values.Length / decoded.Shape[0];
        var text = new StringBuilder();
        text.AppendJoin(',', Enumerable.Range(0, width).Select(i => "x" + i.ToString(CultureInfo.InvariantCulture))).Append('\n');
        for (int row = 0; row < decoded.Shape[0]; row++)
        {
            IEnumerable<string> values = decoded.Values.Skip(row * width).Take(width).Select(value => value.ToString("R", CultureInfo.InvariantCulture));
            text.AppendJoin(',', values).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

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
