using System.Security.Cryptography;
using Vae.Dsl;

namespace Vae.Torch.Native;

/// <summary>
/// The private copy of LibTorchSharp for systems with an older C++ library. TorchSharp 0.107 asks for GLIBCXX_3.4.32 (GCC 13)
/// for the sake of one symbol that nothing calls; Debian 12 and Ubuntu 22.04 stop at 3.4.30. The copy lies in a per-user cache
/// under the original's hash; neither the package cache nor the application's folder is ever written.
/// </summary>
internal static class PatchedLibrary
{
    /// <summary>The version that may be missing.</summary>
    public const string Version = "GLIBCXX_3.4.32";

    private const string UncalledSymbol = "_ZSt21ios_base_library_initv";

    /// <summary>
    /// The path of a copy of <paramref name="library"/> whose need of <see cref="Version"/> is weak. Any number of processes may
    /// ask at once: each writes a file of its own, and the last rename wins with the same bytes.
    /// </summary>
    /// <exception cref="FormatException">The file cannot be edited safely.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The cache cannot be written.</exception>
    public static string Make(string library, string cache)
    {
        byte[] bytes = File.ReadAllBytes(library);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        ElfVersionNeedResult result = ElfVersionNeed.MarkWeak(bytes, Version, UncalledSymbol);
        if (result.Status is ElfVersionNeedStatus.Refused)
            throw new FormatException(result.Reason);
        string folder = Path.Combine(cache, hash);
        string copy = Path.Combine(folder, Path.GetFileName(library));
        if (File.Exists(copy) && File.ReadAllBytes(copy).AsSpan().SequenceEqual(bytes))
            return copy;
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, copy, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        return copy;
    }

    /// <summary>The per-user folder for such copies.</summary>
    /// <exception cref="IOException">The user has no home folder.</exception>
    public static string DefaultCache() => UserCache.FolderOf("native") ?? throw new IOException("The user has no home folder.");
}
