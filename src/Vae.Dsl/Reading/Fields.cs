using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The values of one section by the grammar's rows. A wrong value is reported once and reads as if it were absent.</summary>
internal sealed class Fields(MapNode map, Place place, DiagnosticBag bag)
{
    public MapNode Map { get; } = map;

    public bool Has(string key) => Map[key] is not null;

    /// <summary>The place of a value, or else of the section.</summary>
    public Location At(string key) => Map[key]?.Location ?? Map.Location;

    public int? Int(string key) => (int?)Value(key);

    public double? Number(string key) => (double?)Value(key);

    public bool? Flag(string key) => (bool?)Value(key);

    public string? Text(string key) => (string?)Value(key);

    public Shape? Shape(string key) => (Shape?)Value(key);

    public Amount? Amount(string key) => (Amount?)Value(key);

    public ValueList<string>? Texts(string key) => (ValueList<string>?)Value(key);

    private object? Value(string key)
    {
        Argument argument = ((Content.Plain)place.Find(key)!.Content).Argument;
        if (Map[key] is Node node)
            return ValueReader.Read(argument, node, place.Path, bag);
        if (argument.Required && !bag.IsExcused(Map, key))
            bag.Add(DiagnosticTable.Syntax.Missing, Map.Location, $"{place.Described} needs '{key}': {argument.Help}");
        return argument.Default;
    }
}
