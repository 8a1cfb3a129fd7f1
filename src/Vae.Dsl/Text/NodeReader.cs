using System.Globalization;
using Vae.Dsl.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Vae.Dsl.Text;

/// <summary>
/// Text to nodes. Pulls events and keeps its own stack, so that depth cannot end the process, and refuses what the language
/// leaves out of YAML. The object deserializer is not used: it guesses types by YAML 1.1 and loses places.
/// </summary>
internal sealed class NodeReader
{
    private const int MaxBytes = 1 << 20;
    private const int MaxDepth = 64;
    private const int MaxNodes = 20_000;

    private readonly string file;
    private readonly DiagnosticBag bag;
    private readonly Stack<Frame> open = new();
    private Node? root;
    private int nodes;

    private NodeReader(string file, DiagnosticBag bag)
    {
        this.file = file;
        this.bag = bag;
    }

    /// <summary>The tree of a text; <c>null</c> where it is empty or a diagnostic says why there is none.</summary>
    public static Node? Read(string text, string file, DiagnosticBag bag)
    {
        text = text.TrimStart('\uFEFF');
        if (text.Length > MaxBytes)
        {
            bag.Add(DiagnosticTable.Syntax.TooLarge, new Location(file, 1, 1), "the spec is larger than 1 MiB; put data into data files");
            return null;
        }

        var reader = new NodeReader(file, bag);
        return reader.TryRead(text) ? reader.root : null;
    }

    private bool TryRead(string text)
    {
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        Mark last = Mark.Empty;
        int documents = 0;
        try
        {
            while (parser.MoveNext())
            {
                ParsingEvent current = parser.Current!;
                last = current.End;
                if (current is DocumentStart && ++documents > 1)
                    return Refuse(DiagnosticTable.Syntax.UnsupportedYaml, current, "a second document begins here; a spec is one document: remove '---' or put it into a file of its own");
                if (!Take(current))
                    return false;
            }

            return true;
        }
        catch (YamlException exception)
        {
            Report(text, exception.Message, exception.Start.Line > 0 ? exception.Start : last);
        }
#pragma warning disable CA1031 // the parser leaks other exceptions on broken text (InvalidOperationException …); to the user they all are "not well-formed"
        catch (Exception)
#pragma warning restore CA1031
        {
            Report(text, "the text breaks off or goes on where it may not", last);
        }

        return false;
    }

    private void Report(string text, string message, Mark mark)
    {
        // The parser's own mark for a tab is 1:1.
        if (message.Contains("tab", StringComparison.Ordinal) && FindTab(text) is Location tab)
        {
            bag.Add(DiagnosticTable.Syntax.TabIndentation, tab, "the line is indented with a tab; YAML allows only spaces there");
            return;
        }

        if (open.TryPeek(out Frame? frame) && frame.IsFlow)
        {
            string bracket = frame.IsMap ? "'{' is not closed by '}'" : "'[' is not closed by ']'";
            bag.Add(DiagnosticTable.Syntax.NotYaml, frame.Location, $"{bracket}, or a comma is missing; the parser gave up in line {Math.Max(mark.Line, frame.Location.Line).ToString(CultureInfo.InvariantCulture)}");
            return;
        }

        bag.Add(DiagnosticTable.Syntax.NotYaml, At(mark, mark), "not well-formed YAML: " + Uncapitalized(message));
    }

    private static string Uncapitalized(string message)
    {
        string text = message.Trim().TrimEnd('.');
        return text.Length == 0 ? "unreadable" : char.ToLowerInvariant(text[0]) + text[1..];
    }

    private Location? FindTab(string text)
    {
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && string.IsNullOrWhiteSpace(line[..tab]))
                return new Location(file, number, tab + 1);
        }

        return null;
    }

    private bool Take(ParsingEvent current)
    {
        switch (current)
        {
            case AnchorAlias:
                return Refuse(DiagnosticTable.Syntax.UnsupportedYaml, current, "aliases (*name) are not part of the language; repeat the text, or use a parameter");
            case NodeEvent { Tag.IsEmpty: false, Tag.IsNonSpecific: false }:
                return Refuse(DiagnosticTable.Syntax.UnsupportedYaml, current, "tags (!name) are not part of the language; remove it");
            case NodeEvent { Anchor.IsEmpty: false }:
                return Refuse(DiagnosticTable.Syntax.UnsupportedYaml, current, "anchors (&name) are not part of the language; repeat the text, or use a parameter");
            case Scalar scalar:
                return TakeScalar(scalar);
            case MappingStart map:
                return Open(map, isMap: true, map.Style == MappingStyle.Flow);
            case SequenceStart list:
                return Open(list, isMap: false, list.Style == SequenceStyle.Flow);
            case MappingEnd or SequenceEnd:
                return Close(current);
            default:
                return true;
        }
    }

    private bool TakeScalar(Scalar scalar)
    {
        bool quoted = scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any);
        Location location = At(scalar.Start, scalar.End);
        if (open.TryPeek(out Frame? frame) && frame is { IsMap: true, Key: null })
        {
            frame.BeginsAt(location);
            if (scalar.Value == "<<" && !quoted)
                return Refuse(DiagnosticTable.Syntax.UnsupportedYaml, scalar, "merge keys (<<) are not part of the language; repeat the text, or use a parameter");
            // A duplicate is reported, and the first value holds for the rest of the reading.
            frame.IsDuplicate = !frame.Keys.TryAdd(scalar.Value, location);
            if (frame.IsDuplicate)
            {
                Location first = frame.Keys[scalar.Value];
                bag.Add(DiagnosticTable.Syntax.DuplicateKey, location, $"the key '{scalar.Value}' is already there in line {first.Line.ToString(CultureInfo.InvariantCulture)}; remove one of the two");
            }

            frame.Key = (scalar.Value, location);
            return Count(scalar);
        }

        return Count(scalar) && Place(new ScalarNode(scalar.Value, quoted, location));
    }

    private bool Open(NodeEvent start, bool isMap, bool isFlow)
    {
        if (open.TryPeek(out Frame? frame) && frame is { IsMap: true, Key: null })
            return Refuse(DiagnosticTable.Syntax.UnsupportedYaml, start, "a key is a word, not a list or a map; the brackets here stand where a key is due");
        if (open.Count >= MaxDepth)
            return Refuse(DiagnosticTable.Syntax.TooLarge, start, $"more than {MaxDepth} levels of nesting; a spec needs no more than ten");
        // The parser has no mark for a map without braces in a list with brackets: [linear: 3]. It begins with its first key.
        bool hasPlace = open.Count == 0 || start.Start.Index > 0;
        open.Push(new Frame(At(start.Start, start.End), isMap, isFlow, hasPlace));
        return Count(start);
    }

    private bool Close(ParsingEvent end)
    {
        Frame frame = open.Pop();
        Location location = frame.IsFlow ? At(frame.Location, end.End) : frame.Location;

        // The parser gives no place for the map of one key in [key: value].
        if (frame is { IsMap: true, IsFlow: true, Entries: [{ } only], Location: { Line: 1, Column: 1, EndColumn: 1 } })
            location = only.KeyLocation with { EndLine = only.Value.Location.EndLine, EndColumn = only.Value.Location.EndColumn };
        return Place(frame.IsMap ? new MapNode(frame.Entries, location) : new ListNode(frame.Items, location));
    }

    private bool Place(Node node)
    {
        if (!open.TryPeek(out Frame? frame))
        {
            root ??= node;
        }
        else if (frame.IsMap)
        {
            (string key, Location location) = frame.Key!.Value;
            frame.Key = null;
            if (!frame.IsDuplicate)
                frame.Entries.Add(new MapEntry(key, location, node));
        }
        else
        {
            frame.Items.Add(node);
        }

        return true;
    }

    private bool Count(ParsingEvent current) =>
        ++nodes <= MaxNodes || Refuse(DiagnosticTable.Syntax.TooLarge, current, "more than 20,000 keys and values; put data into data files");

    private bool Refuse(DiagnosticCode code, ParsingEvent current, string message)
    {
        bag.Add(code, At(current.Start, current.End), message);
        return false;
    }

    private Location At(Mark start, Mark end) =>
        new(file, (int)Math.Max(1, start.Line), (int)Math.Max(1, start.Column), (int)Math.Max(1, end.Line), (int)Math.Max(1, end.Column));

    private static Location At(Location start, Mark end) => start with { EndLine = (int)end.Line, EndColumn = (int)end.Column };

    private sealed class Frame(Location location, bool isMap, bool isFlow, bool hasPlace)
    {
        private bool hasPlace = hasPlace;

        public Location Location { get; private set; } = location;

        public bool IsMap { get; } = isMap;

        public bool IsFlow { get; } = isFlow;

        public List<Node> Items { get; } = [];

        public List<MapEntry> Entries { get; } = [];

        public Dictionary<string, Location> Keys { get; } = [];

        public (string Text, Location Location)? Key { get; set; }

        public bool IsDuplicate { get; set; }

        /// <summary>Takes the first key's place where there is none of its own.</summary>
        public void BeginsAt(Location key)
        {
            Location = hasPlace ? Location : key;
            hasPlace = true;
        }
    }
}
