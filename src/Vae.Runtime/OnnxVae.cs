using System.Globalization;

namespace Vae.Runtime;

/// <summary>
/// A trained model, from the folder that a training left: <c>encoder.onnx</c> and <c>decoder.onnx</c>, or one of them. Examples go in and
/// come out in the data's own numbers where their scale was fitted on the training set (tables, series), and as the network sees them
/// otherwise (pictures: 0 to 1 unless the spec says <c>symmetric</c>).
/// </summary>
/// <remarks>
/// Every call takes a batch: so many examples one after another, in C order, of which there may be one. The number of examples is
/// told from the length. All members may be called by several threads at once; disposing must come after the last call.
/// </remarks>
public sealed class OnnxVae : IDisposable
{
    private readonly OnnxNetwork? encoder;
    private readonly OnnxNetwork? decoder;
    private readonly ModelUnits units;
    private readonly int[] dataShape;
    private bool isDisposed;

    private OnnxVae(string folder, OnnxNetwork? encoder, OnnxNetwork? decoder)
    {
        this.encoder = encoder;
        this.decoder = decoder;
        Folder = folder;
        IReadOnlyDictionary<string, string> metadata = (encoder ?? decoder!).Metadata;
        Name = Entry(metadata, "spec.name");
        SpecDigest = Entry(metadata, "spec.sha256");
        dataShape = encoder?.Input ?? decoder!.Output;
        LatentSize = (encoder?.Output ?? decoder!.Input)[0];
        units = Units(metadata);
        if (encoder is not null && decoder is not null && Entry(decoder.Metadata, "spec.sha256") != SpecDigest)
            throw new VaeModelException($"the encoder and the decoder in '{folder}' are of two trainings. Train the model again, or copy the whole folder again.");
        if (metadata.TryGetValue("condition.classes", out string? classes))
            Classes = int.TryParse(classes, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw Broken($"'condition.classes' is '{classes}'");
    }

    /// <summary>The full path of the folder that it was read from.</summary>
    public string Folder { get; }

    /// <summary>The spec's name.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the resolved spec that it was trained from, lower-case hexadecimal.</summary>
    public string SpecDigest { get; }

    /// <summary>How many numbers a code has.</summary>
    public int LatentSize { get; }

    /// <summary>The shape of one example: <c>[D]</c>, <c>[C,H,W]</c>, or <c>[T,F]</c>.</summary>
    public IReadOnlyList<int> DataShape => dataShape;

    /// <summary>How many numbers an example has.</summary>
    public int DataSize => dataShape.Aggregate(1, (product, size) => product * size);

    /// <summary>Whether there is an encoder.</summary>
    public bool CanEncode => encoder is not null;

    /// <summary>Whether there is a decoder.</summary>
    public bool CanDecode => decoder is not null;

    /// <summary>Whether the encoder takes a label for each example.</summary>
    public bool EncoderTakesLabel => encoder?.TakesLabel == true;

    /// <summary>Whether the decoder takes a label for each code.</summary>
    public bool DecoderTakesLabel => decoder?.TakesLabel == true;

    /// <summary>How many labels a model with a condition knows, from 0; <c>null</c> for a model without one, and where its files do not say.</summary>
    public int? Classes { get; }

    /// <summary>The names of the labels, which are their numbers where the data has no names; empty where there is neither.</summary>
    public IReadOnlyList<string> Labels => units.Labels.Length > 0
        ? units.Labels
        : [.. Enumerable.Range(0, Classes ?? 0).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The names of the features, the last axis of the data, where it is a table or a series; else empty.</summary>
    public IReadOnlyList<string> Columns => units.Columns;

    /// <summary>Whether examples are in the data's own numbers, because their scale was fitted on the training set.</summary>
    public bool IsInOwnUnits => units.IsFitted;

    /// <summary>Reads a model.</summary>
    /// <param name="folder">The folder of <c>encoder.onnx</c> and <c>decoder.onnx</c>.</param>
    /// <exception cref="VaeModelException">There is neither, or they are broken or of two trainings.</exception>
    public static OnnxVae Load(string folder) => Load(folder, new OnnxVaeOptions());

    /// <summary>Reads a model.</summary>
    /// <param name="folder">The folder of <c>encoder.onnx</c> and <c>decoder.onnx</c>.</param>
    /// <param name="options">How it is run.</param>
    /// <exception cref="VaeModelException">There is neither, or they are broken or of two trainings.</exception>
    public static OnnxVae Load(string folder, OnnxVaeOptions options)
    {
        if (folder is null)
            throw new ArgumentNullException(nameof(folder));
        if (options is null)
            throw new ArgumentNullException(nameof(options));
        string path = Path.GetFullPath(folder);
        OnnxNetwork? toCodes = null;
        OnnxNetwork? toData = null;
        try
        {
            toCodes = OnnxNetwork.Open(Path.Combine(path, "encoder.onnx"), options, "x", "mu", "logvar");
            toData = OnnxNetwork.Open(Path.Combine(path, "decoder.onnx"), options, "z", "x");
            return toCodes is null && toData is null
                ? throw new VaeModelException($"there is no model at '{path}': neither encoder.onnx nor decoder.onnx. Build the project that trains it, or give the folder that 'vae train' wrote.")
                : new OnnxVae(path, toCodes, toData);
        }
        catch
        {
            toCodes?.Dispose();
            toData?.Dispose();
            throw;
        }
    }

    /// <summary>The codes of examples: the means of their posteriors.</summary>
    /// <param name="examples"><c>[n, …data shape]</c>.</param>
    /// <param name="labels">Where <see cref="EncoderTakesLabel"/>: a label for each, or one for all.</param>
    /// <returns><c>[n, latent size]</c>.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="DataSize"/>, or labels are missing, unknown, or too many.</exception>
    /// <exception cref="VaeModelException">There is no encoder.</exception>
    public float[] Encode(ReadOnlySpan<float> examples, ReadOnlySpan<int> labels = default) => Distribution(examples, labels).Mean;

    /// <summary>The posteriors of examples.</summary>
    /// <inheritdoc cref="Encode"/>
    public Posterior Distribution(ReadOnlySpan<float> examples, ReadOnlySpan<int> labels = default)
    {
        OnnxNetwork network = Part(encoder, "encoder");
        int count = Count(examples.Length, DataSize, "examples", "an example");
        float[][] results = network.Run(units.ToModel(examples), count, CheckedLabels(labels, count, network.TakesLabel));
        return new Posterior(results[0], results[1]);
    }

    /// <summary>The examples of codes.</summary>
    /// <param name="codes"><c>[n, latent size]</c>.</param>
    /// <param name="labels">Where <see cref="DecoderTakesLabel"/>: a label for each, or one for all.</param>
    /// <returns><c>[n, …data shape]</c>.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="LatentSize"/>, or labels are missing, unknown, or too many.</exception>
    /// <exception cref="VaeModelException">There is no decoder.</exception>
    public float[] Decode(ReadOnlySpan<float> codes, ReadOnlySpan<int> labels = default)
    {
        OnnxNetwork network = Part(decoder, "decoder");
        int count = Count(codes.Length, LatentSize, "codes", "a code");
        return units.ToOwn(network.Run(codes.ToArray(), count, CheckedLabels(labels, count, network.TakesLabel))[0]);
    }

    /// <summary>New examples: codes drawn from the prior, decoded.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed gives the same examples; without one they are others each time.</param>
    /// <param name="labels">Where <see cref="DecoderTakesLabel"/>: a label for each, or one for all.</param>
    /// <returns><c>[count, …data shape]</c>.</returns>
    /// <exception cref="ArgumentException">The number is negative, or labels are missing, unknown, or too many.</exception>
    /// <exception cref="VaeModelException">There is no decoder.</exception>
    public float[] Sample(int count, int? seed = null, ReadOnlySpan<int> labels = default)
    {
        if (count < 0)
            throw new ArgumentOutOfRangeException(nameof(count), count, "the number of examples is negative");
        return Decode(NormalDraws.Of(checked(count * LatentSize), seed), labels);
    }

    /// <summary>Examples as the model sees them: the decoded means of their posteriors.</summary>
    /// <param name="examples"><c>[n, …data shape]</c>.</param>
    /// <param name="labels">Where a network takes them: a label for each, or one for all.</param>
    /// <returns><c>[n, …data shape]</c>.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of <see cref="DataSize"/>, or labels are missing, unknown, or too many.</exception>
    /// <exception cref="VaeModelException">There is no encoder or no decoder.</exception>
    public float[] Reconstruct(ReadOnlySpan<float> examples, ReadOnlySpan<int> labels = default)
    {
        Part(decoder, "decoder");
        return Decode(Encode(examples, EncoderTakesLabel ? labels : default), DecoderTakesLabel ? labels : default);
    }

    /// <summary>
    /// Examples as the network sees them: features of any unit on one scale, which is what drawing them together wants. The same numbers where
    /// <see cref="IsInOwnUnits"/> is false.
    /// </summary>
    /// <param name="examples"><c>[n, …data shape]</c>.</param>
    /// <returns><c>[n, …data shape]</c>.</returns>
    public float[] Scaled(ReadOnlySpan<float> examples) => units.ToModel(examples);

    /// <summary>The number of a label by its name, as it is written or else in other letters; a number is taken as it is.</summary>
    /// <exception cref="ArgumentException">There is no such label; the message lists those that there are.</exception>
    public int LabelOf(string name)
    {
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        string[] known = [.. Labels];
        int label = Array.IndexOf(known, name);
        if (label < 0)
            label = Array.FindIndex(known, other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
        if (label < 0 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < known.Length)
            label = number;
        return label >= 0 ? label
            : throw new ArgumentException(known.Length == 0 ? $"'{Name}' has no labels" : $"'{Name}' has no label '{name}'. There are: {string.Join(", ", known)}.", nameof(name));
    }

    /// <summary>Gives back the memory of the networks.</summary>
    public void Dispose()
    {
        isDisposed = true;
        encoder?.Dispose();
        decoder?.Dispose();
    }

    private OnnxNetwork Part(OnnxNetwork? network, string what)
    {
        if (isDisposed)
            throw new ObjectDisposedException(nameof(OnnxVae));
        return network ?? throw new VaeModelException($"the model at '{Folder}' has no {what}: there is no {what}.onnx. Name it in the spec, 'artifacts: {{onnx: [encoder, decoder]}}', and train again.");
    }

    private static int Count(int length, int size, string name, string what) => length % size == 0
        ? length / size
        : throw new ArgumentException(string.Format(CultureInfo.InvariantCulture, "the length {0} is no multiple of {1}, which is how many numbers {2} has", length, size, what), name);

    private long[] CheckedLabels(ReadOnlySpan<int> labels, int count, bool areTaken)
    {
        if (!areTaken)
            return labels.Length == 0 ? [] : throw new ArgumentException($"'{Name}' takes no label here", nameof(labels));
        if (labels.Length != count && labels.Length != 1)
        {
            throw new ArgumentException(
                string.Format(CultureInfo.InvariantCulture, "'{0}' takes a label for each of the {1} examples, or one for all; {2} are given", Name, count, labels.Length), nameof(labels));
        }

        long[] all = new long[count];
        for (int i = 0; i < count; i++)
        {
            int label = labels[labels.Length == 1 ? 0 : i];
            if (label < 0 || label >= (Classes ?? int.MaxValue))
                throw new ArgumentOutOfRangeException(nameof(labels), label, Classes is int classes ? string.Format(CultureInfo.InvariantCulture, "the labels of '{0}' are 0 to {1}", Name, classes - 1) : "a label is negative");
            all[i] = label;
        }

        return all;
    }

    private ModelUnits Units(IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return ModelUnits.Read(metadata, dataShape);
        }
        catch (FormatException e)
        {
            throw Broken(e.Message, e);
        }
    }

    private string Entry(IReadOnlyDictionary<string, string> metadata, string key) => metadata.TryGetValue(key, out string? value) ? value : throw Broken($"'{key}' is missing");

    private VaeModelException Broken(string reason, Exception? inner = null) => new($"the metadata of the model at '{Folder}' are broken: {reason}. Train it again.", inner);
}
