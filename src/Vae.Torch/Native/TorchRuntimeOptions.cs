namespace Vae.Torch.Native;

/// <summary>How the native tensor library is found and set up. All have a default that suits a program which is not ours.</summary>
public sealed record TorchRuntimeOptions
{
    /// <summary>
    /// The folder that holds libtorch, in place of the environment variable <c>VAE_LIBTORCH</c>;
    /// <c>null</c> searches as usual. Counts for the first call that succeeds only.
    /// </summary>
    public string? LibTorchFolder { get; init; }

    /// <summary>
    /// A NuGet package folder to look into before the usual ones; <c>null</c> for none. Counts for the first call that succeeds only.
    /// </summary>
    public string? PackageFolder { get; init; }

    /// <summary>Threads of the tensor library for the calling thread; <c>null</c> leaves them as they are.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Makes denormal floats zero on the calling thread: an optimizer's moments of pixels that are rarely lit
    /// decay into denormals, which cost a microcode assist each.
    /// </summary>
    public bool FlushDenormal { get; init; } = true;

    /// <summary>
    /// Keeps freed memory in the process (glibc's <c>mallopt</c>): a convolutional model trains 1.6 times faster, for more
    /// resident memory. For a process of our own, never for a host that we are guests of. Counts for the first call only.
    /// </summary>
    public bool TuneAllocator { get; init; }

    /// <summary>
    /// Variables for native code (<c>OMP_WAIT_POLICY</c>, <c>MKL_CBWR</c>), set before the libraries are loaded.
    /// .NET's own setter does not reach native code on Unix. Counts for the first call only.
    /// </summary>
    public IReadOnlyDictionary<string, string> NativeEnvironment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
