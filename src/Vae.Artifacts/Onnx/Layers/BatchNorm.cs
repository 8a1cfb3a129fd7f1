using Vae.Dsl;

namespace Vae.Artifacts.Onnx.Layers;

internal sealed class BatchNorm() : OnnxLayer("batchnorm")
{
    // With the running statistics, as after training.
    public override string Emit(LayerScope scope, string input)
    {
        Shape channels = [scope.Layer.Input[0]];
        return scope.Node(
            "BatchNormalization",
            [input, scope.WeightOr("weight", 1, channels), scope.WeightOr("bias", 0, channels), scope.Weight("running_mean"), scope.Weight("running_var")],
            new OnnxAttribute("epsilon", (float)scope.Arguments.Float("eps")));
    }
}
