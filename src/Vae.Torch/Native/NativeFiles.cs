namespace Vae.Torch.Native;

/// <summary>The native libraries that a search found.</summary>
/// <param name="LibTorchFolder">The folder of libtorch.</param>
/// <param name="Origin">How it was found.</param>
/// <param name="LibTorch">libtorch's libraries by absolute path, in the order of their loading.</param>
/// <param name="HasCuda">Whether the CUDA half is among them.</param>
/// <param name="TorchSharp">LibTorchSharp by absolute path.</param>
internal sealed record NativeFiles(string LibTorchFolder, string Origin, IReadOnlyList<string> LibTorch, bool HasCuda, string TorchSharp);
