using TorchSharp.Modules;
using Vae.Dsl;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Optimizers;

/// <summary>Stochastic gradient descent with momentum, PyTorch's form: v ← μ v + g, p ← p − rate · v.</summary>
internal sealed class SgdOptimizer : ScriptedOptimizer
{
    private const string Script = """
        def plain(p: List[Tensor], g: List[Tensor], lr: float, weight_decay: float) -> Tensor:
            d = torch._foreach_add(g, p, alpha=weight_decay) if weight_decay != 0.0 else g
            torch._foreach_add_(p, d, alpha=-lr)
            return p[0]

        def momentum(p: List[Tensor], g: List[Tensor], v: List[Tensor], lr: float, weight_decay: float,
                     mu: float, nesterov: bool) -> Tensor:
            d = torch._foreach_add(g, p, alpha=weight_decay) if weight_decay != 0.0 else g
            torch._foreach_mul_(v, mu)
            torch._foreach_add_(v, d, alpha=1)
            s = torch._foreach_add(d, v, alpha=mu) if nesterov else v
            torch._foreach_add_(p, s, alpha=-lr)
            return v[0]

        """;

    private static readonly Lazy<jit.CompilationUnit> Compiled = new(() => jit.compile(Script));

    private readonly double momentum;
    private readonly double weightDecay;
    private readonly bool nesterov;
    private readonly Tensor[] velocities;

    public SgdOptimizer(Arguments arguments, IReadOnlyList<Parameter> parameters)
        : base(parameters)
    {
        momentum = arguments.Float("momentum");
        weightDecay = arguments.Float("weight-decay");
        nesterov = arguments.Flag("nesterov");
        velocities = momentum > 0 ? Buffers() : [];
    }

    /// <summary>TorchSharp's own.</summary>
    public static OptimizerHelper Stock(Arguments arguments, IReadOnlyList<Parameter> parameters) => optim.SGD(
        parameters,
        1,
        momentum: arguments.Float("momentum"),
        weight_decay: arguments.Float("weight-decay"),
        nesterov: arguments.Flag("nesterov"));

    protected override void Update(Tensor[] gradients, double learningRate)
    {
        if (momentum > 0)
            Compiled.Value.Call("momentum", Parameters, gradients, velocities, learningRate, weightDecay, momentum, nesterov);
        else
            Compiled.Value.Call("plain", Parameters, gradients, learningRate, weightDecay);
    }
}
