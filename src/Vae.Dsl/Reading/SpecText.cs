using System.Security;
using System.Text;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>A file's bytes as text, with the limits of the language.</summary>
internal static class SpecText
{
    private const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; <c>null</c> where a diagnostic says why it cannot be read.</summary>
    public static string? Read(string path, DiagnosticBag bag)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MaxBytes)
            {
                bag.Add(DiagnosticTable.Syntax.TooLarge, new Location(path, 0, 0), "the spec is larger than 1 MiB; put data into data files");
                return null;
            }

            byte[] bytes = new byte[(int)stream.Length];
            stream.ReadExactly(bytes);
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            bag.Add(DiagnosticTable.Syntax.CannotRead, new Location(path, 0, 0), "the file is not UTF-8 text; save it as UTF-8");
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            string reason = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : Directory.Exists(path) ? "it is a folder"
                : exception.Message;
            bag.Add(DiagnosticTable.Syntax.CannotRead, new Location(path, 0, 0), $"the spec cannot be read: {reason}");
        }

        return null;
    }

    /// <summary>What the file system throws at paths and files that are not as they should be.</summary>
    public static bool IsExpected(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException;
}
