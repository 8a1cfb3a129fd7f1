using System.Globalization;
using System.Text;
using Vae.Dsl;

namespace Vae.Artifacts.Comparing;

/// <summary>
/// Resolved specs value by value. Elements of lists (layers, plots) are aligned by a longest common subsequence, so that a layer that is put in
/// is one difference, and not one of every layer behind it.
/// </summary>
internal static class SpecComparer
{
    /// <summary>What differs, in the order of the first spec.</summary>
    public static IReadOnlyList<ValueDifference> Compare(IReadOnlyList<Origin> first, IReadOnlyList<Origin> second)
    {
        List<Entry> left = Entries(first), right = Entries(second);
        Dictionary<string, Entry> others = right.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        HashSet<string> known = [.. left.Select(entry => entry.Path)];
        List<ValueDifference> differences = [];
        foreach (Entry entry in left)
        {
            others.TryGetValue(entry.Path, out Entry? other);
            Add(differences, entry.Path, entry, other);
        }

        foreach (Entry entry in right.Where(entry => !known.Contains(entry.Path)))
            Add(differences, entry.Path, null, entry);
        return differences;
    }

    private static void Add(List<ValueDifference> differences, string path, Entry? left, Entry? right)
    {
        if (left?.Elements is null && right?.Elements is null)
        {
            if (left?.Value != right?.Value)
                differences.Add(new ValueDifference(path, left?.Value, right?.Value));
            return;
        }

        differences.AddRange(Lists(path, left?.Elements ?? [], right?.Elements ?? []));
    }

    private static IEnumerable<ValueDifference> Lists(string path, List<Element> left, List<Element> right)
    {
        foreach ((int? from, int? to) in Align(left, right))
        {
            if (from is int i && to is int j)
            {
                // The same kind with other arguments.
                foreach (string key in left[i].Arguments.Keys.Union(right[j].Arguments.Keys))
                {
                    string? before = left[i].Arguments.GetValueOrDefault(key), after = right[j].Arguments.GetValueOrDefault(key);
                    if (before != after)
                        yield return new ValueDifference($"{path}.{Text(i)}.{key}", before, after);
                }
            }
            else
            {
                yield return from is int removed
                    ? new ValueDifference($"{path}.{Text(removed)}", left[removed].ToString(), null)
                    : new ValueDifference($"{path}.{Text(to!.Value)}", null, right[to.Value].ToString());
            }
        }
    }

    /// <summary>Pairs of places of elements of one kind, and those that have no partner; equal elements are preferred to each other.</summary>
    private static IEnumerable<(int? Left, int? Right)> Align(List<Element> left, List<Element> right)
    {
        // An equal element counts more than any number of those that are only of the same kind could cost.
        int Weight(int i, int j) => left[i].ToString() == right[j].ToString() ? 3 : left[i].Kind == right[j].Kind ? 1 : 0;
        int[,] best = new int[left.Count + 1, right.Count + 1];
        for (int i = left.Count - 1; i >= 0; i--)
        {
            for (int j = right.Count - 1; j >= 0; j--)
            {
                int weight = Weight(i, j);
                best[i, j] = Math.Max(Math.Max(best[i + 1, j], best[i, j + 1]), weight > 0 ? weight + best[i + 1, j + 1] : 0);
            }
        }

        for (int i = 0, j = 0; i < left.Count || j < right.Count;)
        {
            if (i < left.Count && j < right.Count && Weight(i, j) is > 0 and int weight && best[i, j] == weight + best[i + 1, j + 1])
                yield return (i++, j++);
            else if (i < left.Count && (j == right.Count || best[i, j] == best[i + 1, j]))
                yield return (i++, null);
            else
                yield return (null, j++);
        }
    }

    private static List<Entry> Entries(IReadOnlyList<Origin> origins)
    {
        List<Entry> entries = [];
        Dictionary<string, Entry> lists = new(StringComparer.Ordinal);
        foreach (Origin origin in origins)
        {
            string[] parts = origin.Path.Split('.');
            int place = Array.FindIndex(parts, part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _));
            if (place <= 0)
            {
                entries.Add(new Entry(origin.Path, origin.Value, null));
                continue;
            }

            string list = string.Join('.', parts[..place]);
            if (!lists.TryGetValue(list, out Entry? entry))
            {
                lists.Add(list, entry = new Entry(list, "", []));
                entries.Add(entry);
            }

            int index = int.Parse(parts[place], CultureInfo.InvariantCulture);
            while (entry.Elements!.Count <= index)
                entry.Elements.Add(new Element());
            if (place == parts.Length - 1)
                entry.Elements[index].Kind = origin.Value;
            else
                entry.Elements[index].Arguments[string.Join('.', parts[(place + 1)..])] = origin.Value;
        }

        return entries;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value, or a list of elements.</summary>
    private sealed record Entry(string Path, string Value, List<Element>? Elements);

    /// <summary>An element of a list: <c>linear</c> with its arguments.</summary>
    private sealed class Element
    {
        public string Kind { get; set; } = "";

        public SortedDictionary<string, string> Arguments { get; } = new(StringComparer.Ordinal);

        /// <summary>As a spec has it: <c>linear: {bias: true, out: 16}</c>.</summary>
        public override string ToString()
        {
            if (Arguments.Count == 0)
                return Kind;
            var text = new StringBuilder(Kind).Append(": {");
            text.AppendJoin(", ", Arguments.Select(argument => $"{(argument.Key.StartsWith(Kind + ".", StringComparison.Ordinal) ? argument.Key[(Kind.Length + 1)..] : argument.Key)}: {argument.Value}"));
            return text.Append('}').ToString();
        }
    }
}
