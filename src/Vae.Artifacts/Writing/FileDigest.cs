using System.Text.Json;

namespace Vae.Artifacts.Writing;

/// <summary>By what a file's content is known.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
internal sealed record FileDigest(long Bytes, string Sha256)
{
    public static FileDigest Of(byte[] content) => new(content.Length, Writing.Sha256.Of(content));

    /// <summary>Writes the member <c>files</c>: paths with forward slashes, in their order.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, FileDigest> files)
    {
        json.WriteStartObject("files");
        foreach ((string path, FileDigest digest) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(path);
            json.WriteNumber("bytes", digest.Bytes);
            json.WriteString("sha256", digest.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Reads the member <c>files</c>.</summary>
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    /// <exception cref="InvalidOperationException">A member is of another kind.</exception>
    /// <exception cref="FormatException">A path leads out of its folder, or a size is no number.</exception>
    public static IReadOnlyDictionary<string, FileDigest> Read(JsonElement json)
    {
        Dictionary<string, FileDigest> files = json.GetProperty("files").EnumerateObject().ToDictionary(
            file => file.Name,
            file => new FileDigest(file.Value.GetProperty("bytes").GetInt64(), file.Value.GetProperty("sha256").GetString() ?? ""),
            StringComparer.Ordinal);
        return files.Keys.FirstOrDefault(LeadsOut) is { } path ? throw new FormatException($"'{path}' is no path within the folder") : files;
    }

    // A store may be shared: what it says is not to reach a file elsewhere.
    private static bool LeadsOut(string path) =>
        path.Length == 0 || path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal) || path.Split('/').Any(part => part is "" or "." or "..");
}
