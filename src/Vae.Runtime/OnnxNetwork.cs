using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Vae.Runtime;

/// <summary>One half of a model: an ONNX file with an input of floats, perhaps a second one of labels, and outputs of floats.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private const string LabelInput = "label";
    private const string SupportedVersion = "1";
    private const int LargestPiece = 1024;

    private readonly InferenceSession session;
    private readonly string input;
    private readonly string[] outputs;
    private readonly string[] inputs;
    private readonly RunOptions runOptions = new();

    private OnnxNetwork(InferenceSession session, string input, string[] outputs)
    {
        this.session = session;
        this.input = input;
        this.outputs = outputs;
        TakesLabel = session.InputMetadata.ContainsKey(LabelInput);
        inputs = TakesLabel ? [input, LabelInput] : [input];
    }

    /// <summary>Whether there is the input <c>label</c>.</summary>
    public bool TakesLabel { get; }

    /// <summary>The shape of one example that goes in.</summary>
    public int[] Input => Shape(session.InputMetadata[input]);

    /// <summary>The shape of one example that comes out first.</summary>
    public int[] Output => Shape(session.OutputMetadata[outputs[0]]);

    /// <summary>What the file says of itself.</summary>
    public IReadOnlyDictionary<string, string> Metadata => session.ModelMetadata.CustomMetadataMap;

    /// <summary>Opens a file; <c>null</c> where there is none.</summary>
    /// <exception cref="VaeModelException">It is broken, no model of ours, or from a later version.</exception>
    public static OnnxNetwork? Open(string path, OnnxVaeOptions options, string input, params string[] outputs) =>
        File.Exists(path) ? Open(path, options, settings => new InferenceSession(path, settings), input, outputs) : null;

    /// <summary>Opens a model in memory.</summary>
    /// <exception cref="VaeModelException">It is broken, no model of ours, or from a later version.</exception>
    public static OnnxNetwork Open(byte[] model, string name, OnnxVaeOptions options, string input, params string[] outputs) =>
        Open(name, options, settings => new InferenceSession(model, settings), input, outputs);

    /// <summary>Runs the network over a batch, in pieces where it is large: activations take memory for one piece only.</summary>
    /// <param name="values">What goes in, <c>[n, …input shape]</c>.</param>
    /// <param name="count">n.</param>
    /// <param name="labels">A label for each, <c>[n]</c>, where it takes them.</param>
    /// <returns>The outputs in order, <c>[n, …]</c> each.</returns>
    public float[][] Run(float[] values, int count, long[] labels)
    {
        if (count == 0)
            return [.. outputs.Select(_ => Array.Empty<float>())];
        float[][] all = [.. outputs.Select(output => new float[checked(count * Size(session.OutputMetadata[output]))])];
        int size = values.Length / count;
        for (int start = 0; start < count; start += LargestPiece)
        {
            int piece = Math.Min(LargestPiece, count - start);
            long[] shape = [piece, .. Input.Select(axis => (long)axis)];
            using OrtValue data = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(start * size, piece * size), shape);
            using OrtValue? label = TakesLabel ? OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, labels.AsMemory(start, piece), [piece]) : null;
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(runOptions, inputs, label is null ? [data] : [data, label], outputs);
            for (int i = 0; i < all.Length; i++)
            {
                ReadOnlySpan<float> result = results[i].GetTensorDataAsSpan<float>();
                result.CopyTo(all[i].AsSpan(start * (all[i].Length / count)));
            }
        }

        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        runOptions.Dispose();
        session.Dispose();
    }

    private static OnnxNetwork Open(string path, OnnxVaeOptions options, Func<SessionOptions, InferenceSession> open, string input, string[] outputs)
    {
        InferenceSession opened = Session(path, options, open);
        try
        {
            if (!opened.ModelMetadata.CustomMetadataMap.TryGetValue("vae", out string? version) || !opened.InputMetadata.ContainsKey(input) || !outputs.All(opened.OutputMetadata.ContainsKey))
                throw new VaeModelException($"'{path}' is an ONNX model, but not one that 'vae train' or a build wrote: it needs the input '{input}', the outputs '{string.Join("', '", outputs)}' and the metadata 'vae'.");
            if (version != SupportedVersion)
                throw new VaeModelException($"'{path}' is of version {version} of the language, this library reads version {SupportedVersion}. Use a newer version of the package Vae.Runtime.");
            return new OnnxNetwork(opened, input, outputs);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    // The first axis counts examples.
    private static int[] Shape(NodeMetadata metadata) => [.. metadata.Dimensions.Skip(1)];

    private static int Size(NodeMetadata metadata) => Shape(metadata).Aggregate(1, (product, axis) => product * axis);

    private static InferenceSession Session(string path, OnnxVaeOptions options, Func<SessionOptions, InferenceSession> open)
    {
        try
        {
            using var settings = new SessionOptions();
            if (options.Threads is int threads)
                settings.IntraOpNumThreads = threads;
            options.Configure?.Invoke(settings);
            return open(settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new VaeModelException($"'{path}' cannot be read as an ONNX model: {e.Message.Trim()} Train it again, or copy it again.", e);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            string reason = (e.InnerException ?? e).Message;
            string system = System.Runtime.InteropServices.RuntimeInformation.OSDescription.Trim();
            string processor = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
            throw new VaeModelException(
                string.Format(CultureInfo.InvariantCulture, "the native library of ONNX Runtime cannot be loaded on {0} {1}: {2} Publish the program for this system, or reference a package Microsoft.ML.OnnxRuntime… that has it.", system, processor, reason),
                e);
        }
    }
}
