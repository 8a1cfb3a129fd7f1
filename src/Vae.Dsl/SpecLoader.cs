using System.Text;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Reading;
using Vae.Dsl.Text;

namespace Vae.Dsl;

/// <summary>
/// Text to a checked <see cref="Spec"/>. Whatever the text, what is wrong with it comes back as diagnostics; nothing is thrown.
/// The way: text -> nodes -> short forms -> keys -> variant and overrides -> parameters -> sections and layers -> shapes -> spec.
/// </summary>
public static class SpecLoader
{
    private const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; messages name it as it is written here.</param>
    /// <param name="options">What is laid over it.</param>
    public static SpecLoadResult Load(string path, SpecLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MaxBytes)
                return Failure(DiagnosticTable.Syntax.TooLarge, path, "the spec is larger than 1 MiB; put data into data files");
            byte[] bytes = new byte[(int)stream.Length];
            stream.ReadExactly(bytes);
            return Parse(Utf8.GetString(bytes), path, options);
        }
        catch (DecoderFallbackException)
        {
            return Failure(DiagnosticTable.Syntax.CannotRead, path, "the file is not UTF-8 text; save it as UTF-8");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message;
            return Failure(DiagnosticTable.Syntax.CannotRead, path, $"the spec cannot be read: {reason}");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The whole spec.</param>
    /// <param name="fileName">What messages call it; without <c>name:</c> the spec's name comes from it.</param>
    /// <param name="options">What is laid over it.</param>
    public static SpecLoadResult Parse(string text, string fileName = "spec.vae.yaml", SpecLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        var bag = new DiagnosticBag();
        Node? root = NodeReader.Read(text, fileName, bag);
        // After a fault in the syntax the rest of the text is unknown, and messages about it would mislead.
        Spec? spec = root is null && bag.HasErrors ? null : new SpecReader(fileName, bag).Read(root, options ?? new SpecLoadOptions());
        return new SpecLoadResult(bag.HasErrors ? null : spec, bag.Sorted());
    }

    private static SpecLoadResult Failure(DiagnosticCode code, string path, string message) =>
        new(null, [code.At(new Location(path, 0, 0), message)]);
}
