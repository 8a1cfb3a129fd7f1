using Vae.Dsl.Diagnostics;

namespace Vae.Data;

/// <summary>Makes the exceptions of this project: each has a code and, where there is one, a file and a row.</summary>
internal static class DataFault
{
    /// <summary>A fault of a whole file.</summary>
    public static VaeException At(DiagnosticCode code, string path, string message, Exception? inner = null) =>
        new(code.At(new Location(path, 0, 0), message), inner);

    /// <summary>A fault at a line of a text file, counted from 1.</summary>
    public static VaeException AtLine(DiagnosticCode code, string path, int line, string message, Exception? inner = null) =>
        new(code.At(new Location(path, line, 1), message), inner);

    /// <summary>A fault that no file is to blame for.</summary>
    public static VaeException Of(DiagnosticCode code, string message) => new(code.At(null, message));
}
