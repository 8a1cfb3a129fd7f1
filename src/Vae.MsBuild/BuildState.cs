using System.Text;

namespace Vae.MsBuild;

/// <summary>
/// What a finished training started from and left behind, in a small text file beside the result. The next build compares it
/// with what it finds: the first difference is the reason for training.
/// </summary>
internal sealed class BuildState
{
    private const string Header = "vae-build-state 1";

    /// <summary>Whether the spec was only a base for others, so that nothing was trained and nothing is left behind.</summary>
    public bool IsAbstract { get; set; }

    /// <summary>What the project asked for: variant, overrides, threads, device, packages; by name.</summary>
    public SortedDictionary<string, string> Options { get; } = new(StringComparer.Ordinal);

    /// <summary>The files that the project names: the spec, its dependencies, the trainer.</summary>
    public SortedDictionary<string, FileStamp> Given { get; } = new(StringComparer.Ordinal);

    /// <summary>The files that the trainer said it read: base specs and data.</summary>
    public SortedDictionary<string, FileStamp> Read { get; } = new(StringComparer.Ordinal);

    /// <summary>The files that it left.</summary>
    public SortedDictionary<string, FileStamp> Outputs { get; } = new(StringComparer.Ordinal);

    /// <summary>The recorded state, or <c>null</c> where there is none that can be read.</summary>
    public static BuildState? Load(string path)
    {
        string[] lines;
        try
        {
            lines = File.Exists(path) ? File.ReadAllLines(path, Encoding.UTF8) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (lines.Length == 0 || lines[0] != Header)
        {
            return null;
        }

        BuildState state = new();
        foreach (string line in lines.Skip(1))
        {
            string[] parts = line.Split(['\t'], 2);
            if (parts.Length != 2 || !state.Add(parts[0], parts[1]))
            {
                return null;
            }
        }

        return state;
    }

    /// <summary>Writes the state to a temporary name and renames it: a killed build leaves the old state or the new one.</summary>
    public void Save(string path)
    {
        StringBuilder text = new(Header + "\n");
        if (IsAbstract)
        {
            text.Append("abstract\ttrue\n");
        }

        foreach (KeyValuePair<string, string> option in Options)
        {
            text.Append("option\t").Append(option.Key).Append('\t').Append(option.Value).Append('\n');
        }

        Append(text, "given", Given);
        Append(text, "read", Read);
        Append(text, "output", Outputs);

        // Another build of the same project may be at the same place: a name of its own, and the last one wins.
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Delete(path);
            File.Move(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Why what was recorded no longer fits what the project asks for now, or <c>null</c> where it fits.</summary>
    /// <param name="now">The state that holds the project's options and the files it names, as they are now.</param>
    public string? WhyInputsDiffer(BuildState now)
    {
        foreach (string name in Options.Keys.Union(now.Options.Keys, StringComparer.Ordinal))
        {
            Options.TryGetValue(name, out string? before);
            now.Options.TryGetValue(name, out string? after);
            if (before != after)
            {
                return $"{name} is now '{after}', it was '{before}'";
            }
        }

        return Given.Keys.Union(now.Given.Keys, StringComparer.Ordinal).Select(path => WhyFileDiffers(path, now)).FirstOrDefault(why => why is not null)
            ?? Read.Values.Select(stamp => WhyChanged(stamp, FileStamp.Of(stamp.Path))).FirstOrDefault(why => why is not null);
    }

    /// <summary>Which recorded output is missing or altered, or <c>null</c> where all are as they were left.</summary>
    public string? WhyOutputsDiffer() =>
        IsAbstract ? null
        : Outputs.Count == 0 ? "nothing is recorded of its output"
        : Outputs.Values.Select(stamp => WhyChanged(stamp, FileStamp.Of(stamp.Path))).FirstOrDefault(why => why is not null);

    private string? WhyFileDiffers(string path, BuildState now)
    {
        string name = Path.GetFileName(path);
        return !Given.TryGetValue(path, out FileStamp? before) ? $"{name} is a new input"
            : !now.Given.TryGetValue(path, out FileStamp? after) ? $"{name} is no longer an input"
            : WhyChanged(before, after);
    }

    private static string? WhyChanged(FileStamp before, FileStamp after) =>
        before.IsSameAs(after) ? null
        : after.Exists ? $"{Path.GetFileName(after.Path)} changed"
        : $"{Path.GetFileName(after.Path)} is missing";

    private static void Append(StringBuilder text, string kind, SortedDictionary<string, FileStamp> files)
    {
        foreach (FileStamp file in files.Values)
        {
            text.Append(kind).Append('\t').Append(file).Append('\n');
        }
    }

    private bool Add(string kind, string value)
    {
        if (kind == "option")
        {
            string[] option = value.Split(['\t'], 2);
            if (option.Length == 2)
            {
                Options[option[0]] = option[1];
            }

            return option.Length == 2;
        }

        if (kind == "abstract")
        {
            IsAbstract = value == "true";
            return IsAbstract;
        }

        SortedDictionary<string, FileStamp>? files = kind switch { "given" => Given, "read" => Read, "output" => Outputs, _ => null };
        if (files is null || FileStamp.Parse(value) is not { } stamp)
        {
            return false;
        }

        files[stamp.Path] = stamp;
        return true;
    }
}
