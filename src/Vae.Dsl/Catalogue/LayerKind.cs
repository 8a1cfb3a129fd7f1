namespace Vae.Dsl.Catalogue;

/// <summary>
/// A layer's row. Its file under <c>Catalogue/Layers</c> holds the arguments, the shape rule and the arrays; the module is the file of
/// the same name in Vae.Torch, the ONNX form the one in Vae.Artifacts.
/// </summary>
public abstract class LayerKind(string name, string summary, ValueList<Argument> arguments, string? main = null)
    : ComponentKind(name, summary, arguments, main)
{
    /// <summary>Whether it is an activation: no arrays, shape kept, allowed as <c>act:</c>.</summary>
    public virtual bool IsActivation => false;

    /// <summary>The shape of one example that comes out, or why there is none.</summary>
    public abstract ShapeResult Infer(Arguments arguments, Shape input);

    /// <summary>The arrays it keeps, in PyTorch's order; none for most layers.</summary>
    public virtual IEnumerable<WeightDefinition> Weights(Arguments arguments, Shape input) => [];

    /// <summary>
    /// The arguments with each <c>auto</c> replaced by what <paramref name="target"/> needs. The target is empty where nothing
    /// says what comes out, and has a size of 0 where nothing says that size; an <c>auto</c> that depends on it then stays.
    /// </summary>
    public virtual Arguments ResolveAuto(Arguments arguments, Shape input, Shape target) => arguments;

    /// <summary>What must come out of the layers inside, to which an <c>auto</c> among them refers; empty where nothing says.</summary>
    public virtual Shape InnerTarget(Arguments arguments, Shape input, Shape target) => [];

    /// <summary>
    /// The shape that must come in so that <paramref name="target"/> comes out; empty where it is not clear from that alone, and with a
    /// size of 0 where only that size is not.
    /// </summary>
    public virtual Shape Before(Arguments arguments, Shape target) => [];
}
