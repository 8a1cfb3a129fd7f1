using Vae.Dsl;

namespace Vae.Artifacts.PyTorch;

/// <summary>
/// Every layer as an expression that makes its module, the array names of which are the state dict's. A new one is a line here, with a class in
/// <see cref="PyTorchClasses"/> where PyTorch has no module of that form.
/// </summary>
internal static class PyTorchLayerTable
{
    private static readonly Dictionary<string, Func<Layer, PyTorchNetworks, string>> Rows = new(StringComparer.Ordinal)
    {
        ["avgpool2d"] = (layer, _) => Pool("nn.AvgPool2d", layer.Arguments),
        ["batchnorm"] = (layer, networks) => Norm(
            new PythonCall(Series(layer, networks, layer.Input.Rank == 3 ? "nn.BatchNorm2d" : "nn.BatchNorm1d"), Channels(layer)).With("momentum", layer.Arguments.Float("momentum"), 0.1), layer, "affine"),
        ["concat"] = (layer, networks) => new PythonCall(networks.Uses("Concat"), layer.Input.Rank == 2 && IsLast(layer) ? 2 : 1).ToString(),
        ["conv-transpose1d"] = (layer, networks) => Transposed(Series(layer, networks, "nn.ConvTranspose1d"), layer),
        ["conv-transpose2d"] = (layer, _) => Transposed("nn.ConvTranspose2d", layer),
        ["conv1d"] = (layer, networks) => Convolution(Series(layer, networks, "nn.Conv1d"), layer).ToString(),
        ["conv2d"] = (layer, _) => Convolution("nn.Conv2d", layer).ToString(),
        ["dropout"] = (layer, _) => new PythonCall("nn.Dropout", layer.Arguments.Float("p")).ToString(),
        ["elu"] = (layer, _) => new PythonCall("nn.ELU").With("alpha", layer.Arguments.Float("alpha"), 1.0).ToString(),
        ["embedding"] = (layer, networks) => new PythonCall(networks.Uses("Embedding"), layer.Arguments.Int("num"), layer.Arguments.Int("dim")).ToString(),
        ["flatten"] = (_, _) => "nn.Flatten()",
        ["gelu"] = (layer, _) => layer.Arguments.Text("approximate") == "tanh" ? "nn.GELU(approximate=\"tanh\")" : "nn.GELU()",
        ["groupnorm"] = (layer, networks) => Norm(new PythonCall(Series(layer, networks, "nn.GroupNorm"), layer.Arguments.Int("groups"), Channels(layer)), layer, "affine"),
        ["gru"] = (layer, networks) => Recurrent(networks.Uses("Gru"), layer),
        ["layernorm"] = (layer, _) => Norm(new PythonCall("nn.LayerNorm", PythonCall.Tuple(layer.Input)), layer, "elementwise_affine"),
        ["leaky-relu"] = (layer, _) => new PythonCall("nn.LeakyReLU", layer.Arguments.Float("slope")).ToString(),
        ["linear"] = (layer, _) => new PythonCall("nn.Linear", layer.Input[^1], layer.Arguments.Int("out")).With("bias", layer.Arguments.Flag("bias"), true).ToString(),
        ["lstm"] = (layer, networks) => Recurrent(networks.Uses("Lstm"), layer),
        ["maxpool2d"] = (layer, _) => Pool("nn.MaxPool2d", layer.Arguments),
        ["relu"] = (_, _) => "nn.ReLU()",
        ["repeat"] = (layer, networks) => new PythonCall(networks.Uses("Repeat"), layer.Output[0]).ToString(),
        ["reshape"] = (layer, networks) => new PythonCall(networks.Uses("Reshape"), [.. layer.Output.Select(size => (object)size)]).ToString(),
        ["residual"] = (layer, networks) => networks.Residual(layer),
        ["selu"] = (_, _) => "nn.SELU()",
        ["sigmoid"] = (_, _) => "nn.Sigmoid()",
        ["silu"] = (_, _) => "nn.SiLU()",
        ["softmax"] = (layer, _) => new PythonCall("nn.Softmax", layer.Input.Rank == 3 ? 1 : -1).ToString(),
        ["softplus"] = (_, _) => "nn.Softplus()",
        ["tanh"] = (_, _) => "nn.Tanh()",
        ["upsample"] = (layer, _) => new PythonCall("nn.Upsample").With("scale_factor", layer.Arguments.Int("scale"), "").With("mode", "\"nearest\"", "").ToString(),
    };

    /// <summary>The names of all rows.</summary>
    public static IEnumerable<string> Kinds => Rows.Keys;

    /// <summary>The expression that makes a layer's module.</summary>
    public static string Get(Layer layer, PyTorchNetworks networks) => Rows[layer.Kind](layer, networks);

    private static bool IsLast(Layer layer) => layer.Arguments.TryGetValue("channels-last", out object? last) && last is true;

    /// <summary>A module of [n, C, T] as one of [n, T, F] where the layer says so.</summary>
    private static string Series(Layer layer, PyTorchNetworks networks, string module) =>
        layer.Input.Rank == 2 && IsLast(layer) ? $"{networks.Uses("channels_last")}({module})" : module;

    private static int Channels(Layer layer) => layer.Input.Rank == 2 && IsLast(layer) ? layer.Input[1] : layer.Input[0];

    private static PythonCall Convolution(string module, Layer layer)
    {
        Arguments arguments = layer.Arguments;
        return new PythonCall(module, Channels(layer), arguments.Int("out"), arguments["kernel"])
            .With("stride", arguments["stride"], 1)
            .With("padding", arguments["padding"], 0)
            .With("dilation", arguments["dilation"], 1)
            .With("groups", arguments.Int("groups"), 1)
            .With("bias", arguments.Flag("bias"), true);
    }

    private static string Transposed(string module, Layer layer) =>
        Convolution(module, layer).With("output_padding", layer.Arguments["output-padding"], 0).ToString();

    private static string Norm(PythonCall call, Layer layer, string affine) =>
        call.With("eps", layer.Arguments.Float("eps"), 1e-5).With(affine, layer.Arguments.Flag("affine"), true).ToString();

    private static string Pool(string module, Arguments arguments) => new PythonCall(module, arguments["kernel"])
        .With("stride", arguments["stride"], arguments["kernel"])
        .With("padding", arguments["padding"], 0)
        .ToString();

    private static string Recurrent(string module, Layer layer)
    {
        Arguments arguments = layer.Arguments;
        int layers = arguments.Int("layers");
        return new PythonCall(module, layer.Input[1], arguments.Int("hidden"))
            .With("num_layers", layers, 1)
            .With("bidirectional", arguments.Flag("bidirectional"), false)
            .With("bias", arguments.Flag("bias"), true)
            // Between stacked layers; PyTorch warns of one that can do nothing.
            .With("dropout", layers > 1 ? arguments.Float("dropout") : 0.0, 0.0)
            .With("last", arguments.Text("return") == "last", false)
            .ToString();
    }
}
