using System.Globalization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Vae.MsBuild;

/// <summary>One line of <c>vae train --json</c>: a flat JSON object whose member <c>event</c> says what happened.</summary>
internal sealed class ToolEvent
{
    private readonly XElement _members;

    private ToolEvent(XElement members) => _members = members;

    /// <summary>What happened: <c>start</c>, <c>epoch</c>, <c>diagnostic</c>, <c>up-to-date</c>, <c>abstract</c>, <c>done</c>.</summary>
    public string Kind => Text("event") ?? "";

    /// <summary>The event that a line holds, or <c>null</c> where the line is anything else: native libraries print what they like.</summary>
    public static ToolEvent? Parse(string line)
    {
        // The reader is lenient: it also takes JSON that is no object, and one whose end is missing.
        if (!line.StartsWith("{", StringComparison.Ordinal) || !line.EndsWith("}", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            // JSON read as XML needs no package in any MSBuild; quotas keep a hostile line from nesting without end.
            XmlDictionaryReaderQuotas quotas = new() { MaxDepth = 16 };
            using XmlDictionaryReader reader = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(line), quotas);
            ToolEvent parsed = new(XElement.Load(reader));
            return parsed.Kind.Length > 0 ? parsed : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>A member as text; <c>null</c> where it is missing or null.</summary>
    public string? Text(string name)
    {
        XElement? member = Member(name);
        return member is null || (string?)member.Attribute("type") == "null" ? null : member.Value;
    }

    /// <summary>A member as a number; <c>null</c> where it is missing or none.</summary>
    public double? Number(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>A member as a count or a place; 0 where it is missing or none.</summary>
    public int Whole(string name) =>
        int.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>The texts of a member that is an array; empty where it is missing.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. (Member(name)?.Elements() ?? []).Select(element => element.Value)];

    /// <summary>The members of a member that is an object, in the line's order; empty where it is missing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Members(string name) =>
        [.. (Member(name)?.Elements() ?? []).Select(element => new KeyValuePair<string, string>(NameOf(element), element.Value))];

    private XElement? Member(string name) => _members.Elements().FirstOrDefault(element => NameOf(element) == name);

    // A name that XML does not allow travels in an attribute.
    private static string NameOf(XElement element) => (string?)element.Attribute("item") ?? element.Name.LocalName;
}
