using TorchSharp.Modules;
using Vae.Dsl;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Optimizers;

/// <summary>What Adam and AdamW share: the running means of the gradient and of its square, and the call. They differ in the fused function.</summary>
internal abstract class FusedAdam : ScriptedOptimizer
{
    private readonly Lazy<jit.CompilationUnit> script;
    private readonly Arguments arguments;
    private readonly Tensor[] means;
    private readonly Tensor[] squares;
    private readonly Tensor[] steps;

    protected FusedAdam(Lazy<jit.CompilationUnit> script, Arguments arguments, IReadOnlyList<Parameter> parameters)
        : base(parameters)
    {
        this.script = script;
        this.arguments = arguments;
        means = Buffers();
        squares = Buffers();
        steps = Counters();
    }

    protected override void Update(Tensor[] gradients, double learningRate) => script.Value.Call(
        "step",
        Parameters,
        gradients,
        means,
        squares,
        steps,
        learningRate,
        arguments.Float("beta1"),
        arguments.Float("beta2"),
        arguments.Float("eps"),
        arguments.Float("weight-decay"));
}
