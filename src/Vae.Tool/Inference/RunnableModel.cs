using System.Globalization;
using Vae.Artifacts;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Runtime;

namespace Vae.Tool.Inference;

/// <summary>A trained model that ONNX Runtime runs, with its spec; what goes wrong has a code. No libtorch is needed.</summary>
internal sealed class RunnableModel : IDisposable
{
    private const float Margin = 0.5f;

    private RunnableModel(OnnxVae network, Spec spec)
    {
        Network = network;
        Spec = spec;
    }

    /// <summary>What runs.</summary>
    public OnnxVae Network { get; }

    /// <summary>What was trained.</summary>
    public Spec Spec { get; }

    /// <summary>Reads the folder that a training wrote.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="needsEncoder">Whether there must be an encoder.</param>
    /// <param name="needsDecoder">Whether there must be a decoder.</param>
    /// <param name="tell">Told what takes long, where the package of ONNX Runtime is restored.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    /// <exception cref="VaeException">VAE5103: it is none. VAE4070, VAE4071: its networks cannot be run.</exception>
    public static RunnableModel Open(string folder, bool needsEncoder, bool needsDecoder, Action<string> tell, CancellationToken cancellationToken)
    {
        Spec spec = ArtifactFolder.ReadSpec(folder);
        if (OnnxRuntimeLibrary.TryLoad(tell, cancellationToken) is string reason)
            throw new VaeException(DiagnosticTable.Training.NoOnnxRuntime.At(null, $"models are run by ONNX Runtime, whose native library cannot be loaded: {reason}"));
        OnnxVae network = Load(folder);
        string? missing = needsEncoder && !network.CanEncode ? "encoder" : needsDecoder && !network.CanDecode ? "decoder" : null;
        if (missing is null)
            return new RunnableModel(network, spec);
        network.Dispose();
        throw Unusable(folder, $"there is no {missing}.onnx; name it in the spec, 'artifacts: {{onnx: [encoder, decoder]}}', and train again");
    }

    /// <summary>
    /// The examples of a file as <see cref="OnnxVae"/> takes them: in the data's own numbers where the scale was fitted; bytes scaled and
    /// binarized as they were for the training.
    /// </summary>
    /// <exception cref="VaeException">VAE4072: they are numbers far outside what the network saw.</exception>
    public float[] Prepare(StoredExamples examples, string path)
    {
        if (Network.IsInOwnUnits)
            return examples.Values;
        (float low, float high) = Spec.Data.Scale == Scaling.Symmetric ? (-1f, 1f) : (0f, 1f);
        bool isBounded = Spec.Data.Scale != Scaling.None;
        float[] values = examples.Values;
        if (examples.ByteMaximum is int maximum && isBounded)
            values = Array.ConvertAll(values, value => low + (value / maximum * (high - low)));
        else if (isBounded && Array.FindIndex(values, value => value < low - Margin || value > high + Margin) is >= 0 and int place)
            throw new VaeException(DiagnosticTable.Training.ExampleRange.At(new Location(path, 0, 0), string.Create(CultureInfo.InvariantCulture, $"example {place / examples.Shape.Size} (from 0) holds {values[place]}, and '{Spec.Name}' was trained on {low}..{high}")));
        // Of values that were drawn as 0 or 1, the likelier one.
        return Spec.Data.Binarize == Binarization.None ? values : Array.ConvertAll(values, value => value >= 0.5f ? 1f : 0f);
    }

    /// <summary>The labels that networks take: one for all that is asked for, else those of the file.</summary>
    /// <param name="asked">What the command line asks for; or <c>null</c>.</param>
    /// <param name="found">What the file says; or <c>null</c>.</param>
    /// <param name="count">How many examples.</param>
    /// <param name="isTaken">Whether the networks in question take labels.</param>
    /// <param name="path">The file, for messages; <c>null</c> where there is none, and each label comes in turn unless one is asked for.</param>
    /// <returns>A label for each; <c>null</c> where none is taken.</returns>
    /// <exception cref="VaeException">VAE4030, VAE4031, VAE4032: labels are missing, unknown, or of no use.</exception>
    public int[]? Labels(string? asked, IReadOnlyList<string>? found, int count, bool isTaken, string? path)
    {
        if (!isTaken)
        {
            return asked is null ? null : throw new VaeException(DiagnosticTable.Training.NoCondition.At(
                null, $"'--label {asked}' is given, but no network of '{Spec.Name}' that is run here joins the label."));
        }

        if (asked is not null)
            return [.. Enumerable.Repeat(LabelOf(asked, null), count)];
        if (path is null)
            return [.. Enumerable.Range(0, count).Select(i => i % Spec.Condition!.Classes)];
        if (found is null)
        {
            throw new VaeException(DiagnosticTable.Training.LabelsMissing.At(
                new Location(path, 0, 0), $"'{Spec.Name}' has a condition, and there are no labels here; give '--label' for all examples, or '--labels' for where they are"));
        }

        Dictionary<string, int> known = found.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => LabelOf(name, new Location(path, 0, 0)), StringComparer.Ordinal);
        return [.. found.Select(name => known[name])];
    }

    /// <summary>A label's name, or its number where the data has no names.</summary>
    public string NameOf(int label) => label < Network.Labels.Count ? Network.Labels[label] : label.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();

    private int LabelOf(string name, Location? place)
    {
        try
        {
            return Network.LabelOf(name);
        }
        catch (ArgumentException)
        {
            throw new VaeException(DiagnosticTable.Training.UnknownLabel.At(place, $"'{Spec.Name}' has no label '{name}'. There are: {string.Join(", ", Network.Labels)}."));
        }
    }

    private static OnnxVae Load(string folder)
    {
        try
        {
            return OnnxVae.Load(folder);
        }
        catch (VaeModelException e)
        {
            throw new VaeException(DiagnosticTable.Training.ModelUnusable.At(new Location(folder, 0, 0), e.Message), e);
        }
    }

    private static VaeException Unusable(string folder, string message) => new(DiagnosticTable.Training.ModelUnusable.At(new Location(folder, 0, 0), message));
}
