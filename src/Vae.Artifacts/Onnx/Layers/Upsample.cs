namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Upsample() : OnnxLayer("upsample")
{
    public override string Emit(LayerScope scope, string input)
    {
        float scale = scope.Arguments.Int("scale");
        // The second input, a region of interest, has no meaning here: an empty name leaves it out.
        return scope.Node(
            "Resize",
            [input, "", scope.Floats([4], [1, 1, scale, scale])],
            new OnnxAttribute("mode", "nearest"),
            new OnnxAttribute("coordinate_transformation_mode", "asymmetric"),
            new OnnxAttribute("nearest_mode", "floor"));
    }
}
