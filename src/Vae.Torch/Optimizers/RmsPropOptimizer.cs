using TorchSharp.Modules;
using Vae.Dsl;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Optimizers;

/// <summary>
/// RMSprop: Tieleman and Hinton 2012; centered by the running mean of the gradient: Graves 2013, arXiv:1308.0850. PyTorch's form,
/// with ε outside the root.
/// </summary>
internal sealed class RmsPropOptimizer : ScriptedOptimizer
{
    private const string Script = """
        def step(p: List[Tensor], g: List[Tensor], squares: List[Tensor], means: List[Tensor], velocities: List[Tensor],
                 lr: float, alpha: float, eps: float, weight_decay: float, momentum: float) -> Tensor:
            d = torch._foreach_add(g, p, alpha=weight_decay) if weight_decay != 0.0 else g
            torch._foreach_mul_(squares, alpha)
            torch._foreach_addcmul_(squares, d, d, 1.0 - alpha)
            if len(means) > 0:
                torch._foreach_lerp_(means, d, 1.0 - alpha)
                roots = torch._foreach_addcmul(squares, means, means, -1.0)
                torch._foreach_sqrt_(roots)
            else:
                roots = torch._foreach_sqrt(squares)
            torch._foreach_add_(roots, eps)
            if len(velocities) > 0:
                torch._foreach_mul_(velocities, momentum)
                torch._foreach_addcdiv_(velocities, d, roots, 1.0)
                torch._foreach_add_(p, velocities, alpha=-lr)
            else:
                torch._foreach_addcdiv_(p, d, roots, -lr)
            return squares[0]

        """;

    private static readonly Lazy<jit.CompilationUnit> Compiled = new(() => jit.compile(Script));

    private readonly Arguments arguments;
    private readonly Tensor[] squares;
    private readonly Tensor[] means;
    private readonly Tensor[] velocities;

    public RmsPropOptimizer(Arguments arguments, IReadOnlyList<Parameter> parameters)
        : base(parameters)
    {
        this.arguments = arguments;
        squares = Buffers();
        means = arguments.Flag("centered") ? Buffers() : [];
        velocities = arguments.Float("momentum") > 0 ? Buffers() : [];
    }

    /// <summary>TorchSharp's own.</summary>
    public static OptimizerHelper Stock(Arguments arguments, IReadOnlyList<Parameter> parameters) => optim.RMSProp(
        parameters,
        alpha: arguments.Float("alpha"),
        eps: arguments.Float("eps"),
        weight_decay: arguments.Float("weight-decay"),
        momentum: arguments.Float("momentum"),
        centered: arguments.Flag("centered"));

    protected override void Update(Tensor[] gradients, double learningRate) => Compiled.Value.Call(
        "step",
        Parameters,
        gradients,
        squares,
        means,
        velocities,
        learningRate,
        arguments.Float("alpha"),
        arguments.Float("eps"),
        arguments.Float("weight-decay"),
        arguments.Float("momentum"));
}
