namespace Vae.Artifacts.Onnx.Layers;

internal sealed class Gelu() : OnnxLayer("gelu")
{
    public override string Emit(LayerScope scope, string input)
    {
        string inner = scope.Arguments.Text("approximate") == "tanh" ? Tanh(scope, input) : Erf(scope, input);
        string half = scope.Node("Mul", [input, scope.Scalar(0.5f)]);
        return scope.Node("Mul", [half, scope.Node("Add", [inner, scope.Scalar(1)])]);
    }

    private static string Erf(LayerScope scope, string input) =>
        scope.Node("Erf", [scope.Node("Mul", [input, scope.Scalar((float)Math.Sqrt(0.5))])]);

    private static string Tanh(LayerScope scope, string input)
    {
        string square = scope.Node("Mul", [input, input]);
        string factor = scope.Node("Add", [scope.Node("Mul", [square, scope.Scalar(0.044715f)]), scope.Scalar(1)]);
        string argument = scope.Node("Mul", [scope.Node("Mul", [input, factor]), scope.Scalar((float)Math.Sqrt(2 / Math.PI))]);
        return scope.Node("Tanh", [argument]);
    }
}
