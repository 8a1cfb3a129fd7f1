using System.Globalization;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Onnx.Layers;

/// <summary>
/// What gru and lstm share: a node for each stacked layer over [T, batch, F], and PyTorch's arrays in ONNX's order of gates. Dropout
/// between stacked layers is gone after training.
/// </summary>
/// <param name="kind">The row's name.</param>
/// <param name="op">The operator.</param>
/// <param name="gates">For each of ONNX's gates, its place among PyTorch's.</param>
internal abstract class Recurrent(string kind, string op, int[] gates) : OnnxLayer(kind)
{
    public override string Emit(LayerScope scope, string input)
    {
        int layers = scope.Arguments.Int("layers");
        int features = scope.Arguments.Int("hidden") * Directions(scope);
        bool last = scope.Arguments.Text("return") == "last";
        string series = scope.Transpose(input, 1, 0, 2);
        for (int index = 0; index < layers - 1; index++)
        {
            // [T, directions, batch, H]: the directions' features follow each other at every step. 0 keeps an axis.
            string states = Node(scope, series, index, final: false);
            series = scope.Node("Reshape", [scope.Transpose(states, 0, 2, 1, 3), scope.Integers(0, 0, features)]);
        }

        string output = Node(scope, series, layers - 1, final: last);
        string byExample = last ? scope.Transpose(output, 1, 0, 2) : scope.Transpose(output, 2, 0, 1, 3);
        return scope.Node("Reshape", [byExample, scope.BatchOf(scope.Layer.Output)]);
    }

    /// <summary>Attributes of the operator beside those of both.</summary>
    protected virtual IEnumerable<OnnxAttribute> Attributes => [];

    private static int Directions(LayerScope scope) => scope.Arguments.Flag("bidirectional") ? 2 : 1;

    /// <summary>All states [T, directions, batch, H], or the final ones [directions, batch, H].</summary>
    private string Node(LayerScope scope, string series, int index, bool final)
    {
        int hidden = scope.Arguments.Int("hidden"), directions = Directions(scope);
        string suffix = "_l" + index.ToString(CultureInfo.InvariantCulture);
        string[] suffixes = directions == 2 ? [suffix, suffix + "_reverse"] : [suffix];
        List<string> inputs = [series, Weights(scope, "weight_ih", suffixes, hidden), Weights(scope, "weight_hh", suffixes, hidden)];
        if (scope.Arguments.Flag("bias"))
        {
            float[] biases = [.. suffixes.SelectMany(each => Reorder(scope.Array("bias_ih" + each), hidden).Concat(Reorder(scope.Array("bias_hh" + each), hidden)))];
            inputs.Add(scope.Floats([directions, 2 * gates.Length * hidden], biases));
        }

        return scope.Node(
            op,
            inputs,
            final ? 1 : 0,
            [new OnnxAttribute("hidden_size", (long)hidden), new OnnxAttribute("direction", directions == 2 ? "bidirectional" : "forward"), .. Attributes]);
    }

    private string Weights(LayerScope scope, string name, string[] suffixes, int hidden)
    {
        Shape each = scope.Array(name + suffixes[0]).Shape;
        return scope.Floats([suffixes.Length, .. each], [.. suffixes.SelectMany(suffix => Reorder(scope.Array(name + suffix), hidden))]);
    }

    /// <summary>The rows of one array [gates · H, …], gate after gate as ONNX has them.</summary>
    private IEnumerable<float> Reorder(NamedArray array, int hidden)
    {
        int size = array.Values.Length / gates.Length;
        return gates.SelectMany(gate => array.Values.Skip(gate * size).Take(size));
    }
}
