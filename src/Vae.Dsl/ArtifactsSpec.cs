namespace Vae.Dsl;

/// <summary>What a training leaves behind besides the resolved spec, the curves, the metrics and the manifest.</summary>
public sealed record ArtifactsSpec
{
    /// <summary>Formats of the weights: <c>safetensors</c>, <c>torchsharp</c>.</summary>
    public ValueList<string> Weights { get; init; } = ["safetensors"];

    /// <summary>Which parts become ONNX models: <c>encoder</c>, <c>decoder</c>.</summary>
    public ValueList<string> Onnx { get; init; } = ["encoder", "decoder"];

    /// <summary>Whether <c>model.py</c>, the model as a PyTorch module, is written beside the safetensors.</summary>
    public bool PyTorch { get; init; } = true;

    /// <summary>Rows of the plot catalogue.</summary>
    public ValueList<Component> Plots { get; init; } = [];

    /// <summary>Whether <c>report.html</c> is written.</summary>
    public bool Report { get; init; } = true;

    /// <summary>How many decoded draws from the prior become an array file; <c>null</c> for none.</summary>
    public int? Samples { get; init; }

    /// <summary>How many importance samples an example estimate log p(x) of the test set; <c>null</c> where it is not estimated.</summary>
    public int? LogLikelihood { get; init; }
}
