using Vae.Dsl;

namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Residual() : OnnxLayer("residual")
{
    public override string Emit(LayerScope scope, string input)
    {
        (Network body, Layer? projection) = Dsl.Residual.Of(scope.Layer);
        string value = input;
        for (int i = 0; i < body.Layers.Count; i++)
            value = OnnxLayerTable.Get(body.Layers[i].Kind).Emit(scope.Inside(body.Layers[i], $"layers.{body.Key(i)}"), value);
        string added = projection is null ? input : OnnxLayerTable.Get(projection.Kind).Emit(scope.Inside(projection, "project"), input);
        return scope.Node("Add", [value, added]);
    }
}
