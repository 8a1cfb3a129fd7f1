using System.Reflection;
using System.Text.Json;
using Vae.Artifacts.Formats;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Writing;

/// <summary><c>manifest.json</c>: from what the folder was made, by what, and what is in it.</summary>
/// <param name="Inputs">What it was made from.</param>
/// <param name="Spec">The spec's name.</param>
/// <param name="Files">Every file by its path with forward slashes, this one and <c>run.json</c> excepted.</param>
internal sealed record Manifest(InputRecord Inputs, string Spec, IReadOnlyDictionary<string, FileDigest> Files)
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
        new InputRecord(fingerprint, SpecDigest.Of(result.Spec), result.Data, result.Run.Device, result.TrainerVersion).WriteTo(
            json,
            result.Spec.Name,
            files: () => FileDigest.Write(json, files.ToDictionary(file => file.Key, file => FileDigest.Of(file.Value))),
            between: () => json.Strings("libraries", LibrariesOf(result.Run)));
        json.WriteNumber("vae", 1);
        json.WriteEndObject();
    });

    /// <summary>Versions by name, ours among them.</summary>
    public static IReadOnlyDictionary<string, string> LibrariesOf(RunFacts run) =>
        new Dictionary<string, string>(run.Libraries, StringComparer.Ordinal) { ["vae"] = Version };

    /// <summary>A manifest's text with the digest of one file changed or added, all else byte for byte as it was.</summary>
    public static string With(string text, string path, FileDigest digest)
    {
        using JsonDocument old = JsonDocument.Parse(text);
        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            foreach (JsonProperty member in old.RootElement.EnumerateObject())
            {
                if (member.NameEquals("files"))
                    FileDigest.Write(json, new Dictionary<string, FileDigest>(FileDigest.Read(old.RootElement), StringComparer.Ordinal) { [path] = digest });
                else
                    member.WriteTo(json);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>Reads what a later run needs of it; <c>null</c> where the text is no manifest.</summary>
    public static Manifest? Read(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return new Manifest(
                InputRecord.Read(json.RootElement),
                json.RootElement.GetProperty("spec").GetProperty("name").GetString()!,
                FileDigest.Read(json.RootElement));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
