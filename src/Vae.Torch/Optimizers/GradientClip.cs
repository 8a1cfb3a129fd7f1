using TorchSharp;
using TorchSharp.Modules;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Optimizers;

/// <summary>
/// Scales all gradients by one factor so that their common 2-norm is at most a bound: Pascanu et al. 2013, arXiv:1211.5063. PyTorch's
/// <c>clip_grad_norm_</c> without reading the norm back, which would wait for the device.
/// </summary>
internal static class GradientClip
{
    private const string Script = """
        def clip(g: List[Tensor], bound: float) -> Tensor:
            norm = torch.norm(torch.stack(torch._foreach_norm(g, 2)))
            torch._foreach_mul_(g, torch.clamp(bound / (norm + 1e-6), max=1.0))
            return norm

        """;

    private static readonly Lazy<jit.CompilationUnit> Compiled = new(() => jit.compile(Script));

    /// <summary>Clips the gradients of all parameters together.</summary>
    public static void Apply(IReadOnlyList<Parameter> parameters, double bound)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        Tensor[] gradients = [.. parameters.Select(parameter => parameter.grad!)];
        Compiled.Value.Call("clip", gradients, bound);
    }
}
