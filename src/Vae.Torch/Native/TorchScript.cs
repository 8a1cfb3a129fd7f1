using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Native;

/// <summary>Calls into compiled TorchScript.</summary>
internal static class TorchScript
{
    /// <summary>
    /// Calls a function that gives a tensor. TorchSharp makes a native scalar of each floating-point number and keeps nothing but its address, so
    /// that the garbage collector may free the number before the call reads it: a learning rate would be whatever lies there then. Here the
    /// scalars live as long as the call.
    /// </summary>
    /// <param name="unit">The compiled text.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="arguments">Tensors, arrays of tensors, numbers, truth values.</param>
    /// <returns>The tensor, which belongs to the caller's scope.</returns>
    public static Tensor Call(this jit.CompilationUnit unit, string function, params object[] arguments)
    {
        object[] kept = Array.ConvertAll(arguments, argument => argument is double number ? (Scalar)number : argument);
        try
        {
            return unit.invoke<Tensor>(function, kept);
        }
        finally
        {
            foreach (object argument in kept)
                (argument as Scalar)?.Dispose();
        }
    }
}
