using System.Reflection;
using System.Text.Json;
using Vae.Artifacts.Formats;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Writing;

/// <summary><c>manifest.json</c>: from what the folder was made, by what, and what is in it.</summary>
/// <param name="Fingerprint">That of the inputs.</param>
/// <param name="Files">Size of every file by its path with forward slashes, this one and <c>run.json</c> excepted.</param>
internal sealed record Manifest(string Fingerprint, IReadOnlyDictionary<string, long> Files)
{
    private static readonly string Version =
        (typeof(Manifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    public static string Write(TrainingResult result, string fingerprint, IReadOnlyDictionary<string, byte[]> files) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("arrays");
        foreach (NamedArray array in result.Weights)
        {
            json.WriteStartObject();
            json.WriteString("name", array.Name);
            json.WriteString("shape", array.Shape.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("data");
        foreach (DataFileDigest file in result.Data.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("files");
        foreach ((string path, byte[] content) in files.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(path);
            json.WriteNumber("bytes", content.Length);
            json.WriteString("sha256", Sha256.Of(content));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("fingerprint", fingerprint);
        json.Strings("libraries", LibrariesOf(result.Run));
        json.Strings("spec", SpecDigest.Identity(result.Spec));
        json.WriteNumber("vae", 1);
        json.WriteEndObject();
    });

    /// <summary>Versions by name, ours among them.</summary>
    public static IReadOnlyDictionary<string, string> LibrariesOf(RunFacts run) =>
        new Dictionary<string, string>(run.Libraries, StringComparer.Ordinal) { ["vae"] = Version };

    /// <summary>Reads what a later run needs of it; <c>null</c> where the text is no manifest.</summary>
    public static Manifest? Read(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return new Manifest(
                json.RootElement.GetProperty("fingerprint").GetString()!,
                json.RootElement.GetProperty("files").EnumerateObject().ToDictionary(file => file.Name, file => file.Value.GetProperty("bytes").GetInt64()));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
