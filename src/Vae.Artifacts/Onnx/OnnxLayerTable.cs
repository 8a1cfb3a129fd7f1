using Vae.Artifacts.Onnx.Layers;

namespace Vae.Artifacts.Onnx;

/// <summary>The ONNX form of every layer. A new one is a file under <c>Layers</c> and a line here.</summary>
internal static class OnnxLayerTable
{
    private static readonly Dictionary<string, OnnxLayer> Rows = new OnnxLayer[]
    {
        new AvgPool2d(),
        new BatchNorm(),
        new Concat(),
        new Conv1d(),
        new ConvTranspose1d(),
        new Conv2d(),
        new ConvTranspose2d(),
        new Dropout(),
        new Elu(),
        new Embedding(),
        new Flatten(),
        new Gelu(),
        new GroupNorm(),
        new Gru(),
        new LayerNorm(),
        new LeakyRelu(),
        new Linear(),
        new Lstm(),
        new MaxPool2d(),
        new Relu(),
        new Repeat(),
        new Reshape(),
        new Residual(),
        new Selu(),
        new Sigmoid(),
        new Silu(),
        new Softmax(),
        new Softplus(),
        new Tanh(),
        new Upsample(),
    }.ToDictionary(row => row.Kind, StringComparer.Ordinal);

    /// <summary>The names of all rows.</summary>
    public static IEnumerable<string> Kinds => Rows.Keys;

    /// <summary>The form of a layer.</summary>
    public static OnnxLayer Get(string kind) => Rows[kind];
}
