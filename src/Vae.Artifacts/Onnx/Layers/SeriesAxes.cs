using Vae.Dsl;

namespace Vae.Artifacts.Onnx.Layers;

/// <summary>Brings a series [batch, T, F] into the order [batch, C, T] that ONNX's operators want, and back.</summary>
internal static class SeriesAxes
{
    /// <summary>What nodes over [batch, C, T] give, in the layer's own order.</summary>
    public static string Apply(LayerScope scope, string input, Func<string, string> nodes) =>
        AreSwapped(scope) ? scope.Transpose(nodes(scope.Transpose(input, 0, 2, 1)), 0, 2, 1) : nodes(input);

    /// <summary>What the nodes of <see cref="Apply"/> see of one example, channels first.</summary>
    public static Shape Shape(LayerScope scope) => AreSwapped(scope) ? [scope.Layer.Input[1], scope.Layer.Input[0]] : scope.Layer.Input;

    private static bool AreSwapped(LayerScope scope) =>
        scope.Layer.Input.Rank == 2 && scope.Arguments.TryGetValue("channels-last", out object? last) && last is true;
}
