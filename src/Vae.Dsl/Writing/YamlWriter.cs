using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Vae.Dsl.Text;

namespace Vae.Dsl.Writing;

/// <summary>Nodes to text: sections in block style, what is inside them in flow style, one layer or plot a line; LF.</summary>
internal static partial class YamlWriter
{
    private const int BlockDepth = 2;

    public static string Write(MapNode root)
    {
        var text = new StringBuilder();
        foreach (MapEntry entry in root.Entries)
            WriteEntry(text, entry, depth: 0);
        return text.ToString();
    }

    /// <summary>One value in flow style.</summary>
    public static string Flow(Node node)
    {
        var text = new StringBuilder();
        WriteFlow(text, node);
        return text.ToString();
    }

    private static void WriteEntry(StringBuilder text, MapEntry entry, int depth)
    {
        text.Append(' ', depth * 2).Append(Scalar(entry.Key, isQuoted: true)).Append(':');
        switch (entry.Value)
        {
            case MapNode { Entries.Count: > 0 } map when depth + 1 < BlockDepth:
                text.Append('\n');
                foreach (MapEntry inner in map.Entries)
                    WriteEntry(text, inner, depth + 1);
                break;
            case ListNode { Items.Count: > 0 } list when list.Items.Any(item => item is MapNode) || depth == 0:
                text.Append('\n');
                WriteItems(text, list, depth + 1);
                break;
            default:
                text.Append(' ');
                WriteFlow(text, entry.Value);
                text.Append('\n');
                break;
        }
    }

    private static void WriteItems(StringBuilder text, ListNode list, int depth)
    {
        foreach (Node item in list.Items)
        {
            text.Append(' ', depth * 2).Append("- ");
            WriteItem(text, item, depth);
        }
    }

    /// <summary>A map of one key loses its braces behind a dash, and layers inside a layer have lines of their own.</summary>
    private static void WriteItem(StringBuilder text, Node item, int depth)
    {
        if (item is not MapNode { Entries: [{ } only] })
        {
            WriteFlow(text, item);
            text.Append('\n');
            return;
        }

        text.Append(Scalar(only.Key, isQuoted: true)).Append(':');
        if (only.Value is not MapNode map || !map.Entries.Any(entry => IsBlock(entry.Value)))
        {
            text.Append(' ');
            WriteFlow(text, only.Value);
            text.Append('\n');
            return;
        }

        text.Append('\n');
        foreach (MapEntry entry in map.Entries)
        {
            text.Append(' ', (depth + 2) * 2).Append(Scalar(entry.Key, isQuoted: true)).Append(':');
            if (entry.Value is ListNode list && IsBlock(list))
            {
                text.Append('\n');
                WriteItems(text, list, depth + 3);
                continue;
            }

            text.Append(' ');
            WriteFlow(text, entry.Value);
            text.Append('\n');
        }
    }

    private static bool IsBlock(Node node) => node is ListNode list && list.Items.Any(item => item is MapNode);

    private static void WriteFlow(StringBuilder text, Node node)
    {
        switch (node)
        {
            case ScalarNode scalar:
                text.Append(Scalar(scalar.Text, scalar.IsQuoted));
                break;
            case ListNode list:
                text.Append('[');
                for (int index = 0; index < list.Items.Count; index++)
                {
                    text.Append(index == 0 ? "" : ", ");
                    WriteFlow(text, list.Items[index]);
                }

                text.Append(']');
                break;
            case MapNode map:
                text.Append('{');
                for (int index = 0; index < map.Entries.Count; index++)
                {
                    text.Append(index == 0 ? "" : ", ").Append(Scalar(map.Entries[index].Key, isQuoted: true)).Append(": ");
                    WriteFlow(text, map.Entries[index].Value);
                }

                text.Append('}');
                break;
        }
    }

    /// <summary>Texts are quoted unless they cannot be taken for anything else.</summary>
    private static string Scalar(string value, bool isQuoted)
    {
        if (!isQuoted || (SafePattern().IsMatch(value) && value is not ("true" or "false" or "null" or "Null" or "NULL" or "auto")))
            return value;
        var text = new StringBuilder("\"");
        foreach (char letter in value)
        {
            text.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                < ' ' or '\u007f' or '\u0085' or '\u00a0' or '\u2028' or '\u2029' or '\ufeff' => "\\u" + ((int)letter).ToString("x4", CultureInfo.InvariantCulture),
                _ => letter.ToString(),
            });
        }

        return text.Append('"').ToString();
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_./-]*\z")]
    private static partial Regex SafePattern();
}
