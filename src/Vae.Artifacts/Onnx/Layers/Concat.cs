using Vae.Dsl;

namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Concat() : OnnxLayer("concat")
{
    public override string Emit(LayerScope scope, string input)
    {
        Shape shape = scope.Layer.Input;
        int size = scope.Arguments.Int("size");
        int joined = shape.Rank == 2 && scope.Arguments.Flag("channels-last") ? 1 : 0;
        string label = scope.Label;
        if (shape.Rank > 1)
        {
            // The same numbers at every pixel or step; the batch axis of the target, 1, grows to the label's own.
            string single = scope.Node("Reshape", [label, scope.BatchOf(shape.Select((_, axis) => axis == joined ? size : 1))]);
            label = scope.Node("Expand", [single, scope.Integers([1, .. shape.Select((length, axis) => (long)(axis == joined ? size : length))])]);
        }

        return scope.Node("Concat", [input, label], new OnnxAttribute("axis", joined + 1L));
    }
}
