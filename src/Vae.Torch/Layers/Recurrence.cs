using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Layers;

/// <summary>
/// PyTorch's recurrent functions over given arrays. TorchSharp has them only as modules that keep arrays of their own; a fixed
/// TorchScript function reaches them, gradients included, and runs all steps in one call.
/// </summary>
/// <remarks>A script that does not compile ends the process, so none is ever put together at run time.</remarks>
internal static class Recurrence
{
    private const string Script = """
        def gru(x: Tensor, weights: List[Tensor], hidden: int, directions: int, bias: bool) -> Tensor:
            state = torch.zeros([directions, x.size(0), hidden], dtype=x.dtype, device=x.device)
            return torch.gru(x, state, weights, bias, 1, 0.0, False, directions == 2, True)[0]

        def lstm(x: Tensor, weights: List[Tensor], hidden: int, directions: int, bias: bool) -> Tensor:
            state = torch.zeros([directions, x.size(0), hidden], dtype=x.dtype, device=x.device)
            return torch.lstm(x, [state, state], weights, bias, 1, 0.0, False, directions == 2, True)[0]

        """;

    private static readonly Lazy<jit.CompilationUnit> Compiled = new(() => jit.compile(Script));

    /// <summary>The states of one stacked layer at every step, <c>[n, T, directions · hidden]</c>, from <c>[n, T, F]</c> and states of zero.</summary>
    /// <param name="function"><c>gru</c> or <c>lstm</c>.</param>
    /// <param name="input">The series.</param>
    /// <param name="weights">The arrays in PyTorch's order, direction after direction.</param>
    /// <param name="hidden">Features of a state.</param>
    /// <param name="directions">1, or 2 where it is bidirectional.</param>
    /// <param name="bias">Whether there are biases among the arrays.</param>
    public static Tensor Run(string function, Tensor input, Tensor[] weights, int hidden, int directions, bool bias) =>
        Compiled.Value.Call(function, input, weights, hidden, directions, bias);
}
