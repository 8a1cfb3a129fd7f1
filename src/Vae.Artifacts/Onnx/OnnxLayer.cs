namespace Vae.Artifacts.Onnx;

/// <summary>The ONNX form of a row of the layer catalogue, as it works after training.</summary>
/// <param name="kind">The row's name.</param>
internal abstract class OnnxLayer(string kind)
{
    /// <summary>The row's name.</summary>
    public string Kind => kind;

    /// <summary>Adds the layer's nodes, and returns the name of what comes out.</summary>
    /// <param name="scope">The layer, its arrays and the graph.</param>
    /// <param name="input">The name of what goes in: [batch, …the layer's input shape].</param>
    public abstract string Emit(LayerScope scope, string input);
}
