using System.Globalization;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Torch;

/// <summary>What must be the same for a training to go on bit by bit.</summary>
internal static class CheckpointInputs
{
    private const string Spec = "spec", DataFile = "data file ";

    /// <summary>The inputs of a training, each under the name that a message calls it.</summary>
    public static IReadOnlyDictionary<string, string> Of(Spec spec, DataSet data, string device, int threads, string libTorch)
    {
        SortedDictionary<string, string> inputs = new(StringComparer.Ordinal)
        {
            [Spec] = spec.ToYaml(),
            ["device"] = device,
            ["threads"] = Text(threads),
            ["trainer version"] = Text(Trainer.SemanticVersion),
            ["libtorch version"] = libTorch,
            ["examples"] = string.Join('/', new[] { data.Train, data.Validation, data.Test }.Select(split => Text(split?.Count ?? 0))),
        };

        // Files of one name in several folders are told apart by their content only.
        foreach (IGrouping<string, string> file in data.Files.GroupBy(file => file.Name, file => file.Sha256, StringComparer.Ordinal))
            inputs[DataFile + file.Key] = string.Join(' ', file.Order(StringComparer.Ordinal));
        return inputs;
    }

    /// <summary>Refuses a checkpoint of other inputs.</summary>
    /// <exception cref="VaeException">VAE4020, naming all that differs.</exception>
    public static void Check(IReadOnlyDictionary<string, string> then, IReadOnlyDictionary<string, string> now)
    {
        string[] differences =
        [
            .. now.Keys.Union(then.Keys, StringComparer.Ordinal)
                .Where(name => then.GetValueOrDefault(name) != now.GetValueOrDefault(name))
                .OrderBy(name => name != Spec)
                .ThenBy(name => name, StringComparer.Ordinal)
                .Select(name => Describe(name, then.GetValueOrDefault(name), now.GetValueOrDefault(name))),
        ];
        if (differences.Length > 0)
        {
            throw new VaeException(DiagnosticTable.Training.CheckpointMismatch.At(
                null, $"the checkpoint is of another training: {string.Join("; ", differences)}. Bring that back, or start at the beginning without the checkpoint."));
        }
    }

    private static string Describe(string name, string? then, string? now)
    {
        if (name.StartsWith(DataFile, StringComparison.Ordinal))
            return $"the {DataFile}'{name[DataFile.Length..]}' {(then is null ? "is new" : now is null ? "is read no more" : "has other content")}";
        if (name == Spec && then is not null && now is not null)
            return $"the {Spec} has {FirstDifference(then, now)}";
        return $"{name} was {then ?? "not known"} and is {now ?? "not known"}";
    }

    private static string FirstDifference(string then, string now)
    {
        string[] old = then.Split('\n'), current = now.Split('\n');
        int line = Enumerable.Range(0, Math.Max(old.Length, current.Length)).First(index => index >= old.Length || index >= current.Length || old[index] != current[index]);
        string At(string[] lines) => line < lines.Length && lines[line].Trim() is { Length: > 0 } text ? $"'{text}'" : "nothing";
        return string.Create(CultureInfo.InvariantCulture, $"{At(current)} where {At(old)} was (line {line + 1} of the resolved spec)");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
