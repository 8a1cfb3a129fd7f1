namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Linear() : OnnxLayer("linear")
{
    public override string Emit(LayerScope scope, string input)
    {
        bool hasBias = scope.Arguments.Flag("bias");
        if (scope.Layer.Input.Rank == 1)
        {
            string[] inputs = hasBias ? [input, scope.Weight("weight"), scope.Weight("bias")] : [input, scope.Weight("weight")];
            return scope.Node("Gemm", inputs, new OnnxAttribute("transB", 1L));
        }

        // Gemm works on [batch, F] only; MatMul takes more axes, but the weight the other way round.
        string product = scope.Node("MatMul", [input, scope.Node("Transpose", [scope.Weight("weight")], new OnnxAttribute("perm", new long[] { 1, 0 }))]);
        return hasBias ? scope.Node("Add", [product, scope.Weight("bias")]) : product;
    }
}
