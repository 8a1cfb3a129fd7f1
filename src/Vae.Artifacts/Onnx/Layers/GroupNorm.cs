using Vae.Dsl;

namespace Vae.Artifacts.Onnx.Layers;

internal sealed class GroupNorm() : OnnxLayer("groupnorm")
{
    // Opset 17 has no group normalization: an instance normalization of [batch, groups, rest] does the same, before scale and shift.
    public override string Emit(LayerScope scope, string input) => SeriesAxes.Apply(scope, input, series =>
    {
        Shape shape = SeriesAxes.Shape(scope);
        int groups = scope.Arguments.Int("groups");
        string cut = scope.Node("Reshape", [series, scope.BatchOf([groups, (int)(shape.Size / groups)])]);
        string normalized = scope.Node(
            "InstanceNormalization",
            [cut, scope.Filled(1, [groups]), scope.Filled(0, [groups])],
            new OnnxAttribute("epsilon", (float)scope.Arguments.Float("eps")));
        string whole = scope.Node("Reshape", [normalized, scope.BatchOf(shape)]);
        if (!scope.Arguments.Flag("affine"))
            return whole;

        // One number a channel, with axes of size 1 behind it so that it spreads over the steps or pixels.
        Shape channels = [shape[0], .. Enumerable.Repeat(1, shape.Rank - 1)];
        return scope.Node("Add", [scope.Node("Mul", [whole, scope.Weight("weight", channels)]), scope.Weight("bias", channels)]);
    });
}
