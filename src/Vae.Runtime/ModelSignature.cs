using System.Globalization;

namespace Vae.Runtime;

/// <summary>
/// What a program was compiled for: the shapes of a model, where it takes labels, and the spec it was made from. A generated class
/// compares it with the files that it loads.
/// </summary>
public sealed class ModelSignature
{
    private readonly int[] dataShape;

    /// <summary>Creates a signature.</summary>
    /// <param name="name">The spec's name.</param>
    /// <param name="specDigest">SHA-256 of the resolved spec, lower-case hexadecimal.</param>
    /// <param name="latentSize">How many numbers a code has.</param>
    /// <param name="dataShape">The shape of one example.</param>
    /// <param name="classes">How many labels there are; 0 for a model without a condition.</param>
    /// <param name="encoderTakesLabel">Whether the encoder joins the label.</param>
    /// <param name="decoderTakesLabel">Whether the decoder joins the label.</param>
    public ModelSignature(string name, string specDigest, int latentSize, int[] dataShape, int classes, bool encoderTakesLabel, bool decoderTakesLabel)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        SpecDigest = specDigest ?? throw new ArgumentNullException(nameof(specDigest));
        LatentSize = latentSize;
        this.dataShape = (int[])(dataShape ?? throw new ArgumentNullException(nameof(dataShape))).Clone();
        Classes = classes;
        EncoderTakesLabel = encoderTakesLabel;
        DecoderTakesLabel = decoderTakesLabel;
    }

    /// <summary>The spec's name.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the resolved spec, lower-case hexadecimal.</summary>
    public string SpecDigest { get; }

    /// <summary>How many numbers a code has.</summary>
    public int LatentSize { get; }

    /// <summary>The shape of one example.</summary>
    public IReadOnlyList<int> DataShape => dataShape;

    /// <summary>How many labels there are; 0 for a model without a condition.</summary>
    public int Classes { get; }

    /// <summary>Whether the encoder joins the label.</summary>
    public bool EncoderTakesLabel { get; }

    /// <summary>Whether the decoder joins the label.</summary>
    public bool DecoderTakesLabel { get; }

    /// <summary>Throws where a model has another shape; a training of the same shape with other settings passes.</summary>
    /// <exception cref="VaeModelException">It has; the message names every difference.</exception>
    public void CheckShape(OnnxVae model)
    {
        List<string> differences = Differences(model ?? throw new ArgumentNullException(nameof(model)));
        if (differences.Count > 0)
        {
            throw new VaeModelException(
                $"the model at '{model.Folder}' is not of the shape that this program was compiled for: {string.Join("; ", differences)}. Build the project again, or load the folder of a model of that shape.");
        }
    }

    /// <summary>Throws where a model was not trained from the very spec that the program was compiled with.</summary>
    /// <exception cref="VaeModelException">It was not.</exception>
    public void CheckSpec(OnnxVae model)
    {
        CheckShape(model);
        if (model.SpecDigest != SpecDigest)
        {
            throw new VaeModelException(
                $"the model at '{model.Folder}' was trained from another version of the spec '{Name}' than this program was compiled with: its spec has the digest {model.SpecDigest}, the program's {SpecDigest}. " +
                "Build the project again with VaeMode=Auto and deploy its models with the program; or name the folder when loading, where any model of the same shape will do.");
        }
    }

    /// <summary>Reads a model and checks it.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="sameSpec">Whether it must be of the very spec; else its shape suffices.</param>
    /// <exception cref="VaeModelException">It is missing, broken, or another model.</exception>
    public OnnxVae Open(string folder, OnnxVaeOptions options, bool sameSpec)
    {
        OnnxVae model = OnnxVae.Load(folder, options);
        try
        {
            if (sameSpec)
                CheckSpec(model);
            else
                CheckShape(model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static string Text(IReadOnlyList<int> shape) => "[" + string.Join(",", shape.Select(size => size.ToString(CultureInfo.InvariantCulture))) + "]";

    private static string Label(bool takes) => takes ? "a label" : "no label";

    private List<string> Differences(OnnxVae model)
    {
        List<string> differences = [];
        void Compare<T>(string what, T found, T expected)
        {
            if (!EqualityComparer<T>.Default.Equals(found, expected))
                differences.Add(string.Format(CultureInfo.InvariantCulture, "{0} {1}, expected {2}", what, found, expected));
        }

        Compare("the data's shape is", Text(model.DataShape), Text(dataShape));
        Compare("a code's length is", model.LatentSize, LatentSize);
        if (model.CanEncode)
            Compare("the encoder takes", Label(model.EncoderTakesLabel), Label(EncoderTakesLabel));
        if (model.CanDecode)
            Compare("the decoder takes", Label(model.DecoderTakesLabel), Label(DecoderTakesLabel));
        if (model.Classes is int classes && Classes > 0)
            Compare("the number of labels is", classes, Classes);
        return differences;
    }
}
