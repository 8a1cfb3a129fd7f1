using TorchSharp.Modules;
using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Optimizers;

/// <summary>Adam with decoupled weight decay: Loshchilov and Hutter 2019, arXiv:1711.05101.</summary>
internal sealed class AdamWOptimizer(Arguments arguments, IReadOnlyList<Parameter> parameters) : FusedAdam(Compiled, arguments, parameters)
{
    private const string Script = """
        def step(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: List[Tensor],
                 lr: float, beta1: float, beta2: float, eps: float, weight_decay: float) -> Tensor:
            largest: List[Tensor] = []
            torch._foreach_add_(t, 1)
            torch._fused_adamw_(p, g, m, v, largest, t, lr=lr, beta1=beta1, beta2=beta2,
                                weight_decay=weight_decay, eps=eps, amsgrad=False, maximize=False)
            return t[0]

        """;

    private static readonly Lazy<jit.CompilationUnit> Compiled = new(() => jit.compile(Script));

    /// <summary>TorchSharp's own.</summary>
    public static OptimizerHelper Stock(Arguments arguments, IReadOnlyList<Parameter> parameters) => optim.AdamW(
        parameters,
        beta1: arguments.Float("beta1"),
        beta2: arguments.Float("beta2"),
        eps: arguments.Float("eps"),
        weight_decay: arguments.Float("weight-decay"));
}
