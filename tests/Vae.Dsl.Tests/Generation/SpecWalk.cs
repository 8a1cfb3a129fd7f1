using Vae.Dsl.Catalogue;
using Vae.Dsl.Language;

namespace Vae.Dsl.Tests.Generation;

/// <summary>
/// A way through valid specs: from a plain one, each step says one more thing of the language, and stays where the whole still loads.
/// What may be said comes from the grammar and the catalogues, so that a new row takes part by itself.
/// </summary>
internal sealed class SpecWalk
{
    /// <summary>Plain specs whose data has the shapes that layers work on.</summary>
    private static readonly Start[] Starts =
    [
        new("data: {source: csv, path: a.csv, columns: [a, b, c, d, e, f, g, h]}", [], [], "epochs: 2"),
        new("data: {source: npy, path: a.npy, shape: [2, 8, 8], validation: 0.2}", [], ["{linear: [4, 4, 4]}"], "epochs: 5"),
        new("data: {source: csv, path: a.csv, columns: [a, b], window: 6, time: t}", [], ["{repeat: 6}"], "epochs: 2"),
        new("data: {dataset: mnist}", [], ["{linear: [2, 7, 7]}"], "steps: 20"),
        new("data: {source: csv, path: a.csv, columns: [a, b], window: 6, time: t, split: {by: order, validation: 10%, test: 10%}}", [], ["{repeat: 6}"], "epochs: 2"),
        new("data: {source: npy, path: a.npy, shape: [8], scale: none}", [], [], "epochs: 2"),
        new("data: {source: npy, path: a.npy, shape: [6, 2], labels: b.npy, classes: 3}\ncondition: {label: one-hot}", ["{concat: {with: label, channels-last: true}}"], ["{concat: label}"], "epochs: 2"),
    ];

    private readonly RandomText text;
    private readonly Start start;
    private readonly List<string> sets = [];
    private readonly List<string> encoder;
    private readonly List<string> decoder;

    public SpecWalk(int seed)
    {
        text = new RandomText(seed);
        start = Starts[(int)((uint)seed % Starts.Length)];
        encoder = [.. start.Encoder];
        decoder = [.. start.Decoder];
        SpecLoadResult plain = Load(sets, encoder, decoder);
        Spec = plain.Spec ?? throw new InvalidOperationException($"the plain spec does not load: {plain.Diagnostics[0]}");
    }

    public static int StartCount => Starts.Length;

    /// <summary>Where the way has come to.</summary>
    public Spec Spec { get; private set; }

    /// <summary>Every path that a spec may say, but those that only a file has.</summary>
    public static IEnumerable<string> Paths { get; } = [.. PathsOf(Grammar.Root, "")];

    /// <summary>Says one thing at random. Whether it stayed.</summary>
    public bool Step() => text.One(0, 1, 2) switch
    {
        0 => Add(text.One(LayerCatalogue.All), null),
        _ => Say(text.One([.. Paths])),
    };

    /// <summary>Says a value at a path.</summary>
    public bool Say(string path) => text.Under(ContentOf(path)) is string value && Keep([.. sets, $"{path}={value}"], encoder, decoder);

    /// <summary>Says a row of the catalogue that stands at a path.</summary>
    public bool Say(string path, ComponentKind row, Argument? argument) =>
        Keep([.. sets, ContentOf(path) is Content.ListOf ? $"{path}=[{text.Item(row, argument)}]" : $"{path}={text.Item(row, argument)}"], encoder, decoder);

    /// <summary>Puts a layer somewhere.</summary>
    public bool Add(LayerKind row, Argument? argument)
    {
        string layer = text.Item(row, argument);
        return text.One(0, 1) == 0
            ? Keep(sets, Inserted(encoder, layer), decoder)
            : Keep(sets, encoder, Inserted(decoder, layer));
    }

    public static Content ContentOf(string path)
    {
        Content content = new Content.Map(Grammar.Root);
        foreach (string key in path.Split('.'))
            content = ((Content.Map)content).Place.Find(key)!.Content;
        return content;
    }

    private static IEnumerable<string> PathsOf(Place place, string prefix) => place.Keys
        .Where(key => prefix.Length > 0 || key.Name is not ("vae" or "name" or "params" or "blocks" or "variants" or "sweep" or "extends" or "abstract"))
        .SelectMany(key => key.Content switch
        {
            Content.Layers => [],
            Content.Map(Place inner) => PathsOf(inner, prefix + key.Name + ".").Prepend(prefix + key.Name),
            _ => (IEnumerable<string>)[prefix + key.Name],
        });

    private List<string> Inserted(List<string> layers, string layer)
    {
        List<string> longer = [.. layers];
        longer.Insert(text.One([.. Enumerable.Range(0, layers.Count + 1)]), layer);
        return longer;
    }

    private bool Keep(List<string> newSets, List<string> newEncoder, List<string> newDecoder)
    {
        if (Load(newSets, newEncoder, newDecoder).Spec is not { } spec)
            return false;
        // Specs that would take gigabytes say nothing more than small ones.
        if (spec.ParameterCount > 10_000_000)
            return false;
        if (newSets != sets)
            sets.Add(newSets[^1]);
        if (newEncoder != encoder)
            Replace(encoder, newEncoder);
        if (newDecoder != decoder)
            Replace(decoder, newDecoder);
        Spec = spec;
        return true;
    }

    private static void Replace(List<string> old, List<string> now)
    {
        old.Clear();
        old.AddRange(now);
    }

    private SpecLoadResult Load(List<string> said, List<string> encoderLayers, List<string> decoderLayers)
    {
        string spec = $"""
            vae: 1
            name: walk
            {start.Data}
            encoder: [{string.Join(", ", encoderLayers.Append("flatten"))}]
            latent: 3
            decoder: [{string.Join(", ", decoderLayers.Append("flatten").Append("linear: auto"))}]
            loss:
              reconstruction: mse
            train:
              {start.Length}
            """;
        return SpecLoader.Parse(spec, "walk.vae.yaml", new SpecLoadOptions { Sets = said });
    }

    /// <param name="Data">The section, and what else the data is for.</param>
    /// <param name="Encoder">Layers that the data is for.</param>
    /// <param name="Decoder">Layers that give the code a shape with axes.</param>
    /// <param name="Length">How long it is trained.</param>
    private sealed record Start(string Data, string[] Encoder, string[] Decoder, string Length);
}
