using System.Globalization;
using System.Text;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;
using Vae.Dsl.Writing;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>sweep</c>: every combination of the values of some parameters.</summary>
internal static class SweepReader
{
    private const int MaxPoints = 1000;

    /// <summary>The combinations, the last parameter running fastest; none without a sweep, and <c>null</c> where a diagnostic says what is wrong.</summary>
    public static IReadOnlyList<IReadOnlyList<MapEntry>>? Read(Node? sweep, ParameterTable parameters, DiagnosticBag bag)
    {
        // What is no map was reported with the keys.
        if (sweep is not MapNode map)
            return [];
        bool valid = true;
        long count = 1;
        foreach (MapEntry entry in map.Entries.Where(entry => entry.Value is not ScalarNode { IsNull: true }))
        {
            valid &= IsRight(entry, parameters, bag);
            count = Math.Min(int.MaxValue, count * Math.Max(1, (entry.Value as ListNode)?.Items.Count ?? 1));
        }

        if (count > MaxPoints)
        {
            bag.Add(DiagnosticTable.Syntax.SweepTooLarge, map.Location with { EndLine = 0, EndColumn = 0 }, $"the sweep has {(count == int.MaxValue ? "far too many" : count.ToString("N0", CultureInfo.InvariantCulture))} points, more than {MaxPoints.ToString("N0", CultureInfo.InvariantCulture)}; sweep fewer values or fewer parameters");
            return null;
        }

        if (!valid)
            return null;
        IEnumerable<MapEntry[]> points = [[]];
        foreach (MapEntry entry in map.Entries.Where(entry => entry.Value is ListNode))
            points = points.SelectMany(point => ((ListNode)entry.Value).Items.Select(value => (MapEntry[])[.. point, entry with { Value = value }]));
        MapEntry[][] all = [.. points];
        return all is [[]] ? [] : all;
    }

    /// <summary>The value of a point as a name of a command line or a table shows it.</summary>
    public static string Text(Node value) => value is ScalarNode scalar ? scalar.Text : YamlWriter.Flow(value);

    /// <summary><c>name-parameter-value</c>, in the characters of a spec's name; a name that is taken gets a number.</summary>
    public static string NameOf(string spec, IReadOnlyList<MapEntry> point, HashSet<string> taken)
    {
        var name = new StringBuilder(spec);
        foreach (MapEntry value in point)
            name.Append('-').Append(Plain(value.Key)).Append('-').Append(Plain(Text(value.Value).Trim('[', ']').Replace(", ", "-", StringComparison.Ordinal)));
        string first = name.ToString();
        string free = first;
        for (int number = 2; !taken.Add(free); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{first}-{number}");
        return free;
    }

    private static bool IsRight(MapEntry entry, ParameterTable parameters, DiagnosticBag bag)
    {
        if (!parameters.Declarations.TryGetValue(entry.Key, out ParameterDeclaration? declaration))
        {
            // One that is declared wrongly was reported there.
            if (parameters.Find(entry.Key) is null || entry.Key == "name")
            {
                string near = Suggestion.Nearest(entry.Key, parameters.Declarations.Keys, bag) is string meant ? $" Did you mean '{meant}'?" : " Declare it under 'params'.";
                bag.Add(DiagnosticTable.Syntax.UnknownParameter, entry.KeyLocation, $"'sweep' names a parameter '{entry.Key}' that the spec does not declare.{near}");
            }

            return false;
        }

        if (entry.Value is not ListNode { Items.Count: > 0 } list)
        {
            bag.Add(DiagnosticTable.Syntax.BadSweep, entry.Value.Location, $"'{entry.Key}' of 'sweep' must be a list of values, as in '{entry.Key}: [1, 2]', got {(entry.Value is ListNode ? "none" : entry.Value.Described)}");
            return false;
        }

        bool valid = true;
        HashSet<string> texts = new(StringComparer.Ordinal);
        foreach (Node value in list.Items)
        {
            if (value is ScalarNode { IsNull: true })
                bag.Add(DiagnosticTable.Syntax.BadSweep, value.Location, $"'{entry.Key}' of 'sweep' has an empty value; write one");
            else if (!texts.Add(Text(value)))
                bag.Add(DiagnosticTable.Syntax.BadSweep, value.Location, $"'{entry.Key}' of 'sweep' has {value.Described} twice; remove one of the two");
            else if (declaration.Check(value) is not null)
                continue;
            valid = false;
        }

        return valid;
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (char letter in text)
            plain.Append(char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-');
        return plain.ToString();
    }
}
