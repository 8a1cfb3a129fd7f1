using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>
/// Turns short forms of sections into their maps (<c>latent: 2</c> into <c>latent: {dim: 2}</c>), so that merging and reading
/// know one form only. Layers and other rows of catalogues keep theirs.
/// </summary>
internal static class Shorthand
{
    private static ValueList<string> TypeNames { get; } = ((Content.Plain)Grammar.Parameter.Find("type")!.Content).Argument.Choices;

    public static MapNode Expand(MapNode map, Place place, DiagnosticBag bag)
    {
        MapNode expanded = map with
        {
            Entries = [.. map.Entries.Select(entry => place.Find(entry.Key) is Key key ? entry with { Value = Expand(entry.Value, key.Content, bag) } : entry)],
        };
        return place == Grammar.Train ? LiftLearningRate(expanded, bag) : expanded;
    }

    private static Node Expand(Node value, Content content, DiagnosticBag bag)
    {
        if (value is ScalarNode { IsNull: true })
            return value;
        switch (content)
        {
            case Content.Map(Place place):
                Node wrapped = Wrap(value, place);
                return wrapped is MapNode map ? Expand(map, place, bag) : wrapped;
            case Content.Named(_, Place each, _) when value is MapNode named:
                return named with
                {
                    Entries = [.. named.Entries.Select(entry => entry with { Value = Expand(entry.Value, new Content.Map(each), bag) })],
                };
            default:
                return value;
        }
    }

    private static Node Wrap(Node value, Place place)
    {
        bool isShort = value is not MapNode;
        // A ramp under 'kl' is the weight's.
        if (place == Grammar.Kl && value is MapNode map && map.Entries.Any(entry => Grammar.Ramp.Find(entry.Key) is not null) && map.Find("weight") is null)
            isShort = true;
        // A parameter's type alone: one that must be given.
        if (place == Grammar.Parameter && value is ScalarNode scalar && TypeNames.Contains(scalar.Text))
            return new MapNode([new MapEntry("type", value.Location, value)], value.Location);
        return isShort && place.Short is string key ? new MapNode([new MapEntry(key, value.Location, value)], value.Location) : value;
    }

    /// <summary><c>optimizer: {adamw: {lr: 1e-3}}</c> says what <c>lr: 1e-3</c> beside it says.</summary>
    private static MapNode LiftLearningRate(MapNode train, DiagnosticBag bag)
    {
        if (train.Find("optimizer") is not { Value: MapNode { Entries: [{ Value: MapNode arguments } chosen] } optimizer } entry || arguments.Find("lr") is not MapEntry rate)
            return train;
        if (train["lr"] is not null)
        {
            bag.Add(DiagnosticTable.Syntax.Conflict, rate.KeyLocation, "'lr' stands both in 'train' and in its optimizer; keep one of the two");
            return train;
        }

        Node without = optimizer with { Entries = [chosen with { Value = arguments.Without("lr") }] };
        return train.With(entry with { Value = without }).With(rate);
    }
}
