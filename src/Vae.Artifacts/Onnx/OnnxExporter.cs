using System.Globalization;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Onnx;

/// <summary>
/// A trained spec as ONNX models (IR 8, opset 17), a pure function of spec and weights. Layers work as after training: dropout
/// is gone, batch normalization uses its running statistics. The first axis is the dynamic <c>batch</c>.
/// </summary>
public static class OnnxExporter
{
    // A protobuf message ends at 2 GiB; well below it there is still room for the graph.
    private const long MaxWeightBytes = 1_610_612_736;

    /// <summary>
    /// The encoder: <c>x</c> [batch, …data shape] → <c>mu</c> and <c>logvar</c> [batch, z], the log-variance clamped where the spec says so.
    /// Where it joins the label, it has a second input <c>label</c> [batch] of 64-bit whole numbers.
    /// </summary>
    /// <param name="spec">The spec.</param>
    /// <param name="weights">Its whole state dict.</param>
    /// <param name="units">The way back to the data's own numbers, which the metadata keep; <c>null</c> for numbers as they are.</param>
    /// <exception cref="VaeException">VAE5102: the weights are not the spec's. VAE5105: the model would be too large.</exception>
    public static byte[] Encoder(Spec spec, IReadOnlyList<NamedArray> weights, DataUnits? units = null)
    {
        IReadOnlyDictionary<string, NamedArray> arrays = Check(spec, weights);
        var graph = new OnnxGraph(spec.Name + " encoder");
        string features = Emit(graph, spec, spec.Encoder, "encoder", graph.Input("x", spec.Encoder.Input), arrays);
        Shape code = [spec.Latent.Dim];
        graph.Output(Head(graph, "latent.mu", features, arrays), "mu", code);
        string logvar = Head(graph, "latent.logvar", features, arrays);
        if (spec.Latent.LogVarianceClamp is (double min, double max))
        {
            string low = graph.Floats("latent.logvar/min", [], [(float)min]);
            string high = graph.Floats("latent.logvar/max", [], [(float)max]);
            logvar = graph.Node("Clip", [logvar, low, high], "latent.logvar/Clip", "latent.logvar/Clip_out");
        }

        graph.Output(logvar, "logvar", code);
        return graph.ToBytes(Metadata(spec, units));
    }

    /// <summary>
    /// The decoder: <c>z</c> [batch, z] → <c>x</c> [batch, …data shape], the reconstruction in the data's own space: where the loss takes
    /// logits (<c>bce: {logits: true}</c>), the sigmoid that training leaves to the loss is the model's last node. Where it joins the label,
    /// it has a second input <c>label</c> [batch] of 64-bit whole numbers.
    /// </summary>
    /// <inheritdoc cref="Encoder"/>
    public static byte[] Decoder(Spec spec, IReadOnlyList<NamedArray> weights, DataUnits? units = null)
    {
        IReadOnlyDictionary<string, NamedArray> arrays = Check(spec, weights);
        var graph = new OnnxGraph(spec.Name + " decoder");
        string decoded = Emit(graph, spec, spec.Decoder, "decoder", graph.Input("z", spec.Decoder.Input), arrays);
        if (spec.Loss.Reconstruction.Arguments.TryGetValue("logits", out object? logits) && logits is true)
            decoded = graph.Node("Sigmoid", [decoded], "loss/Sigmoid", "loss/Sigmoid_out");
        graph.Output(decoded, "x", spec.Decoder.Output);
        return graph.ToBytes(Metadata(spec, units));
    }

    private static IReadOnlyDictionary<string, NamedArray> Check(Spec spec, IReadOnlyList<NamedArray> weights)
    {
        ArgumentNullException.ThrowIfNull(spec);
        IReadOnlyDictionary<string, NamedArray> arrays = StateDict.Check(spec, weights);
        long bytes = weights.Sum(array => array.Values.LongLength * sizeof(float));
        return bytes <= MaxWeightBytes
            ? arrays
            : throw new VaeException(DiagnosticTable.Snapshots.OnnxExport.At(null, $"the weights of '{spec.Name}' take {bytes} bytes; an ONNX file can hold at most {MaxWeightBytes}"));
    }

    private static string Emit(OnnxGraph graph, Spec spec, Network network, string part, string input, IReadOnlyDictionary<string, NamedArray> weights)
    {
        string? label = network.ReadsLabel ? Label(graph, spec.Condition!, weights) : null;
        string value = input;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Layer layer = network.Layers[i];
            value = OnnxLayerTable.Get(layer.Kind).Emit(new LayerScope(graph, layer, $"{part}.{network.Key(i)}", weights, label), value);
        }

        return value;
    }

    /// <summary>What labels are to the layers that join them: [batch, size].</summary>
    private static string Label(OnnxGraph graph, ConditionSpec condition, IReadOnlyDictionary<string, NamedArray> weights)
    {
        string label = graph.IntegerInput("label");
        if (condition.Kind == ConditionKind.Embedding)
        {
            NamedArray table = weights["condition.weight"];
            return graph.Node("Gather", [graph.Floats(table.Name, table.Shape, table.Values), label], "condition/Gather", "condition/Gather_out");
        }

        string[] inputs = [label, graph.Integer("condition/classes", condition.Classes), graph.Floats("condition/off_on", [2], [0, 1])];
        return graph.Node("OneHot", inputs, "condition/OneHot", "condition/OneHot_out");
    }

    private static string Head(OnnxGraph graph, string name, string features, IReadOnlyDictionary<string, NamedArray> weights)
    {
        NamedArray weight = weights[name + ".weight"], bias = weights[name + ".bias"];
        string[] inputs = [features, graph.Floats(weight.Name, weight.Shape, weight.Values), graph.Floats(bias.Name, bias.Shape, bias.Values)];
        return graph.Node("Gemm", inputs, name + "/Gemm", name + "/Gemm_out", new OnnxAttribute("transB", 1L));
    }

    private static Dictionary<string, string> Metadata(Spec spec, DataUnits? units)
    {
        Dictionary<string, string> metadata = new(UnitsMetadata.Of(spec, units ?? DataUnits.AsTheyAre), StringComparer.Ordinal)
        {
            ["vae"] = "1",
            ["spec.name"] = spec.Name,
            ["spec.sha256"] = SpecDigest.Of(spec),
            ["input.scale"] = spec.Data.Scale.ToString().ToLowerInvariant(),
            ["data.shape"] = spec.Data.Shape.ToString(),
            ["latent.size"] = spec.Latent.Dim.ToString(CultureInfo.InvariantCulture),
        };
        // A one-hot vector of a label that is too large is all zeros: whoever runs the model must be able to refuse it.
        if (spec.Condition is { } condition)
            metadata["condition.classes"] = condition.Classes.ToString(CultureInfo.InvariantCulture);
        return metadata;
    }
}
