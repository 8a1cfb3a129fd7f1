using Vae.Dsl;

namespace Vae.Artifacts.Onnx.Layers;

internal sealed class BatchNorm() : OnnxLayer("batchnorm")
{
    // With the running statistics, as after training.
    public override string Emit(LayerScope scope, string input) => SeriesAxes.Apply(scope, input, series =>
    {
        Shape channels = scope.Array("running_mean").Shape;
        return scope.Node(
            "BatchNormalization",
            [series, scope.WeightOr("weight", 1, channels), scope.WeightOr("bias", 0, channels), scope.Weight("running_mean"), scope.Weight("running_var")],
            new OnnxAttribute("epsilon", (float)scope.Arguments.Float("eps")));
    });
}
