namespace Vae.Dsl.Diagnostics;

public static partial class DiagnosticTable
{
    /// <summary>VAE0xxx: the machine.</summary>
    public static class Environment
    {
        /// <summary>libtorch could not be loaded.</summary>
        public static readonly DiagnosticCode NativeLibrary = new(
            "VAE0001",
            "The native library could not be loaded",
            "Run 'vae doctor' to see which files were tried. Restore the project so that the libtorch-cpu package is in the NuGet cache, or set VAE_LIBTORCH to the folder that holds libtorch.");
    }
}
