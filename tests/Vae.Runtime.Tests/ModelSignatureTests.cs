namespace Vae.Runtime.Tests;

public sealed class ModelSignatureTests : IDisposable
{
    private readonly ModelFolder folder = new(ModelFolder.Linear);
    private readonly OnnxVae model;

    public ModelSignatureTests() => model = OnnxVae.Load(folder.Path);

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_very_spec_passes() => Signature().CheckSpec(model);

    [Fact]
    public void Another_spec_of_the_same_shape_passes_only_where_the_folder_was_named()
    {
        ModelSignature other = Signature(digest: new string('0', 64));

        other.CheckShape(model);
        string message = Assert.Throws<VaeModelException>(() => other.CheckSpec(model)).Message;
        Assert.Contains("another version of the spec 'line'", message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_difference_of_shape_is_named()
    {
        ModelSignature other = new("line", "", 4, [1, 28, 28], 10, encoderTakesLabel: true, decoderTakesLabel: false);

        string message = Assert.Throws<VaeModelException>(() => other.CheckShape(model)).Message;
        Assert.Contains("the data's shape is [3], expected [1,28,28]; a code's length is 2, expected 4; the encoder takes no label, expected a label. Build", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_labels_is_another_shape()
    {
        using ModelFolder labelled = new(ModelFolder.Conditional);
        using OnnxVae conditional = OnnxVae.Load(labelled.Path);

        new ModelSignature("labelled", "", 2, [3], 3, encoderTakesLabel: true, decoderTakesLabel: true).CheckShape(conditional);
        ModelSignature ten = new("labelled", "", 2, [3], 10, encoderTakesLabel: true, decoderTakesLabel: true);
        Assert.Contains("the number of labels is 3, expected 10", Assert.Throws<VaeModelException>(() => ten.CheckShape(conditional)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_read_and_checked_at_once()
    {
        ModelSignature other = Signature(digest: new string('0', 64));

        using OnnxVae opened = other.Open(folder.Path, new OnnxVaeOptions(), sameSpec: false);
        Assert.Equal(model.SpecDigest, opened.SpecDigest);
        Assert.Throws<VaeModelException>(() => other.Open(folder.Path, new OnnxVaeOptions(), sameSpec: true));
    }

    private ModelSignature Signature(string? digest = null) =>
        new("line", digest ?? Vae.Artifacts.Writing.SpecDigest.Of(folder.Spec), 2, [3], 0, encoderTakesLabel: false, decoderTakesLabel: false);
}
