using System.Globalization;
using System.Text.Json;
using Vae.Artifacts.Writing;
using Vae.Dsl;
using Vae.Dsl.Results;

namespace Vae.Artifacts;

/// <summary>What a training starts from, as the manifest and the lock file keep it: enough to say what changed since.</summary>
/// <param name="Fingerprint">All of it as one number.</param>
/// <param name="Spec">The SHA-256 of the resolved spec, <see cref="SpecDigest"/>.</param>
/// <param name="Data">The data files, and others that the project names.</param>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>; empty where the record is older than this field.</param>
/// <param name="Trainer">The trainer's semantic version; 0 where the record is older than this field.</param>
public sealed record InputRecord(string Fingerprint, string Spec, IReadOnlyList<DataFileDigest> Data, string Device, int Trainer)
{
    private const int MostChangesOfASpec = 3;

    /// <summary>The record of a training's inputs.</summary>
    /// <param name="spec">The spec; its resolved form counts, seed included.</param>
    /// <param name="data">The data files; their order does not count.</param>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="trainerVersion">The trainer's semantic version.</param>
    public static InputRecord Of(Spec spec, IReadOnlyList<DataFileDigest> data, string device, int trainerVersion) =>
        new(Artifacts.Fingerprint.Of(spec, data, device, trainerVersion), SpecDigest.Of(spec), data, device, trainerVersion);

    /// <summary>What is different now, a sentence's part each; empty where nothing is.</summary>
    /// <param name="now">The inputs of today.</param>
    /// <param name="valuesBefore">Every value of the resolved spec of then, where it is still known.</param>
    /// <param name="valuesNow">Every value of the resolved spec of now.</param>
    public IReadOnlyList<string> ChangesTo(InputRecord now, IReadOnlyList<Origin> valuesBefore, IReadOnlyList<Origin> valuesNow)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(valuesBefore);
        ArgumentNullException.ThrowIfNull(valuesNow);
        if (Fingerprint == now.Fingerprint)
            return [];
        List<string> changes = [];
        if (Spec != now.Spec)
            changes.AddRange(ChangesOfSpec(valuesBefore, valuesNow));
        changes.AddRange(ChangesOfData(now.Data));
        if (Device.Length > 0 && Device != now.Device)
            changes.Add($"the device is {now.Device}, it was {Device}");
        if (Trainer > 0 && Trainer != now.Trainer)
            changes.Add(string.Create(CultureInfo.InvariantCulture, $"the trainer computes otherwise since version {now.Trainer} of its semantics, it was {Trainer}"));
        return changes.Count > 0 ? changes : ["the fingerprint is made in another way"];
    }

    /// <summary>Writes the members, in the order of their names, into an open object: data, device, fingerprint …</summary>
    /// <param name="json">Where to.</param>
    /// <param name="between">Writes what the object has between <c>fingerprint</c> and <c>spec</c>.</param>
    /// <param name="specName">The spec's name.</param>
    /// <param name="files">Writes what the object has between <c>device</c> and <c>fingerprint</c>.</param>
    internal void WriteTo(Utf8JsonWriter json, string specName, Action? files = null, Action? between = null)
    {
        json.WriteStartArray("data");
        foreach (DataFileDigest file in Data.OrderBy(file => file.Name, StringComparer.Ordinal).ThenBy(file => file.Sha256, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("device", Device);
        files?.Invoke();
        json.WriteString("fingerprint", Fingerprint);
        between?.Invoke();
        json.WriteStartObject("spec");
        json.WriteString("name", specName);
        json.WriteString("sha256", Spec);
        json.WriteEndObject();
        json.WriteNumber("trainer", Trainer);
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    /// <exception cref="InvalidOperationException">A member is of another kind.</exception>
    internal static InputRecord Read(JsonElement json) => new(
        json.GetProperty("fingerprint").GetString()!,
        json.GetProperty("spec").GetProperty("sha256").GetString()!,
        [.. json.GetProperty("data").EnumerateArray().Select(file => new DataFileDigest(file.GetProperty("name").GetString()!, file.GetProperty("sha256").GetString()!))],
        json.TryGetProperty("device", out JsonElement device) ? device.GetString()! : "",
        json.TryGetProperty("trainer", out JsonElement trainer) ? trainer.GetInt32() : 0);

    private static IEnumerable<string> ChangesOfSpec(IReadOnlyList<Origin> before, IReadOnlyList<Origin> now)
    {
        Dictionary<string, string> old = before.ToDictionary(value => value.Path, value => value.Value, StringComparer.Ordinal);
        Dictionary<string, string> fresh = now.ToDictionary(value => value.Path, value => value.Value, StringComparer.Ordinal);
        string[] changes = old.Count == 0 || fresh.Count == 0
            ? []
            :
            [
                .. now.Where(value => !old.TryGetValue(value.Path, out string? was) || was != value.Value)
                    .Select(value => old.TryGetValue(value.Path, out string? was) ? $"{value.Path} is {value.Value}, it was {was}" : $"{value.Path} is new: {value.Value}"),
                .. before.Where(value => !fresh.ContainsKey(value.Path)).Select(value => $"{value.Path} is gone, it was {value.Value}"),
            ];
        if (changes.Length == 0)
            return ["the spec changed"];
        int more = changes.Length - MostChangesOfASpec;
        return more > 0
            ? changes.Take(MostChangesOfASpec).Append(string.Create(CultureInfo.InvariantCulture, $"{more} more {(more == 1 ? "value" : "values")} of the spec changed"))
            : changes;
    }

    private IEnumerable<string> ChangesOfData(IReadOnlyList<DataFileDigest> now)
    {
        ILookup<string, string> old = Data.ToLookup(file => file.Name, file => file.Sha256, StringComparer.Ordinal);
        ILookup<string, string> fresh = now.ToLookup(file => file.Name, file => file.Sha256, StringComparer.Ordinal);
        foreach (string name in old.Select(file => file.Key).Union(fresh.Select(file => file.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!old.Contains(name))
                yield return $"{name} is a new input";
            else if (!fresh.Contains(name))
                yield return $"{name} is no longer an input";
            else if (!old[name].Order(StringComparer.Ordinal).SequenceEqual(fresh[name].Order(StringComparer.Ordinal), StringComparer.Ordinal))
                yield return $"{name} has other content";
        }
    }
}
