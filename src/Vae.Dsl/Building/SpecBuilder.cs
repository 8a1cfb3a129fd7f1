using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Inference;
using Vae.Dsl.Language;
using Vae.Dsl.Reading;
using Vae.Dsl.Text;
using Vae.Dsl.Writing;

namespace Vae.Dsl.Building;

/// <summary>
/// Makes a <see cref="Spec"/> in C# or F#: the same spec as the same text, and the same diagnostics, which name the call's argument
/// instead of a line. Every method returns a new builder, so a builder can be shared and varied; one that is called again replaces
/// what it said before.
/// <code>
/// using static Vae.Dsl.Building.Layers;
/// Spec spec = new SpecBuilder("mnist-mlp")
///     .Data("mnist", shape: [784])
///     .Encoder(Linear(128, act: "relu"))
///     .Latent(2)
///     .Decoder(Linear(128, act: "relu"), LinearAuto(act: "sigmoid"))
///     .Loss(Losses.Mse(reduce: "mean"), kl: 0.001)
///     .Train(epochs: 100, lr: 2e-3)
///     .Build();
/// </code>
/// </summary>
public sealed class SpecBuilder
{
    private readonly MapNode root;

    /// <summary>Begins a spec.</summary>
    /// <param name="name">Lower-case letters, digits and '-'.</param>
    public SpecBuilder(string name)
        : this(Start(name))
    {
    }

    private SpecBuilder(MapNode root) => this.root = root;

    /// <summary>Begins with what a spec says, to change some of it.</summary>
    public static SpecBuilder From(Spec spec) => new(SpecNodes.From(LabelJoin.Unresolved(spec)));

    /// <summary>Another name.</summary>
    public SpecBuilder Name(string name) => With("name", "Name", Text("Name", "name", name));

    /// <summary>A sentence for readers.</summary>
    public SpecBuilder Description(string description) => With("description", "Description", Text("Description", "description", description));

    /// <summary>A named data set.</summary>
    /// <param name="dataset"><c>mnist</c>, <c>fashion-mnist</c>.</param>
    /// <param name="shape">The shape of one example; the data set's own where it is <c>null</c>.</param>
    /// <param name="scale"><c>unit</c>, <c>symmetric</c>, <c>standard</c> or <c>none</c>.</param>
    /// <param name="binarize"><c>none</c>, <c>static</c> or <c>dynamic</c>.</param>
    /// <param name="validation">A fraction (0.1) or a count held out for validation, or <see cref="Amount.Since"/>.</param>
    /// <param name="limit">A fraction or a count of the training examples that are used.</param>
    public SpecBuilder Data(string dataset, IEnumerable<int>? shape = null, string? scale = null, string? binarize = null, Amount? validation = null, Amount? limit = null) =>
        Section("data", "Data", ("dataset", dataset), ("shape", shape?.ToArray()), ("scale", scale), ("binarize", binarize), ("validation", validation), ("limit", limit));

    /// <summary>Files of one's own.</summary>
    /// <param name="source"><c>idx</c>, <c>csv</c>, <c>npy</c>, <c>npz</c> or <c>images</c>.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="shape">The shape of one example; needed by all but csv with columns.</param>
    /// <param name="labels">The file of labels (idx, npy), the array's name (npz) or the column (csv).</param>
    /// <param name="classes">How many classes the labels count; needed by a condition.</param>
    /// <param name="columns">The columns that are features (csv).</param>
    /// <param name="scale"><c>unit</c>, <c>symmetric</c>, <c>standard</c> or <c>none</c>.</param>
    /// <param name="binarize"><c>none</c>, <c>static</c> or <c>dynamic</c>.</param>
    /// <param name="validation">A fraction (0.1) or a count held out for validation, or <see cref="Amount.Since"/>.</param>
    /// <param name="test">A fraction or a count held out as the test set, or <see cref="Amount.Since"/>.</param>
    /// <param name="limit">A fraction or a count of the training examples that are used.</param>
    /// <param name="time">The column of times (csv), which ascend.</param>
    /// <param name="window">How rows become examples [T,F] (csv).</param>
    /// <param name="split">How the whole is parted, in place of <paramref name="validation"/> and <paramref name="test"/>.</param>
    public SpecBuilder DataFrom(string source, string path, IEnumerable<int>? shape = null, string? labels = null, int? classes = null, IEnumerable<string>? columns = null, string? scale = null, string? binarize = null, Amount? validation = null, Amount? test = null, Amount? limit = null, string? time = null, WindowSpec? window = null, SplitSpec? split = null) =>
        Section("data", "DataFrom", ("source", source), ("path", path), ("shape", shape?.ToArray()), ("labels", labels), ("classes", classes), ("columns", columns?.ToArray()), ("time", time), ("window", window), ("scale", scale), ("binarize", binarize), ("split", split), ("validation", validation), ("test", test), ("limit", limit));

    /// <summary>Tells the networks the label of each example, where a layer <see cref="Layers.Concat"/> joins it.</summary>
    /// <param name="label">One of <see cref="Conditions"/>, or its name.</param>
    public SpecBuilder Condition(Component label) => Section("condition", "Condition", ("label", label));

    /// <summary>The encoder's layers, as the methods of <see cref="Layers"/> give them.</summary>
    public SpecBuilder Encoder(params ValueList<Layer>[] layers) => Encoder(layers.SelectMany(part => part));

    /// <summary>The encoder's layers, as the methods of <see cref="Layers"/> give them.</summary>
    public SpecBuilder Encoder(IEnumerable<ValueList<Layer>> layers) => Encoder(layers.SelectMany(part => part));

    /// <summary>The encoder's layers.</summary>
    public SpecBuilder Encoder(IEnumerable<Layer> layers) => Network("encoder", "Encoder", layers);

    /// <summary>The decoder's layers, as the methods of <see cref="Layers"/> give them.</summary>
    public SpecBuilder Decoder(params ValueList<Layer>[] layers) => Decoder(layers.SelectMany(part => part));

    /// <summary>The decoder's layers, as the methods of <see cref="Layers"/> give them.</summary>
    public SpecBuilder Decoder(IEnumerable<ValueList<Layer>> layers) => Decoder(layers.SelectMany(part => part));

    /// <summary>The decoder's layers.</summary>
    public SpecBuilder Decoder(IEnumerable<Layer> layers) => Network("decoder", "Decoder", layers);

    /// <summary>The code.</summary>
    /// <param name="dim">How many dimensions.</param>
    /// <param name="logvarClamp">The bounds that the log-variance is clamped to.</param>
    public SpecBuilder Latent(int dim, Interval? logvarClamp = null) => Section("latent", "Latent", ("dim", dim), ("logvar-clamp", logvarClamp));

    /// <summary>What is minimized. A name (<c>"mse"</c>) will do for a reconstruction loss without arguments, a number for a constant weight.</summary>
    /// <param name="reconstruction">One of <see cref="Losses"/>.</param>
    /// <param name="kl">β, how it runs over the training, or that it is learned (<see cref="Weights"/>); 1, the ELBO, where it is <c>null</c>.</param>
    /// <param name="freeBits">What the KL of each latent dimension counts at least, in nats.</param>
    /// <param name="capacity">C of |KL − C|, in nats: a number, or how it runs over the training.</param>
    /// <param name="terms">Some of <see cref="Terms"/>.</param>
    public SpecBuilder Loss(Component reconstruction, WeightSpec? kl = null, double? freeBits = null, WeightSpec? capacity = null, IEnumerable<Component>? terms = null)
    {
        SpecBuilder builder = Section("loss", "Loss", ("reconstruction", reconstruction), ("kl", kl), ("free-bits", freeBits), ("capacity", capacity), ("terms", terms?.ToArray()));

        // Arguments of one call here, they stand under the weight in a spec.
        var loss = (MapNode)builder.root["loss"]!;
        foreach (string key in new[] { "free-bits", "capacity" })
        {
            if (loss.Find(key) is MapEntry entry)
                loss = loss.Without(key).With(new MapEntry("kl", entry.KeyLocation, (loss["kl"] as MapNode ?? new MapNode([], entry.KeyLocation)).With(entry)));
        }

        return new SpecBuilder(builder.root.With(builder.root.Find("loss")! with { Value = loss }));
    }

    /// <summary>How it is trained. What is <c>null</c> takes the language's default.</summary>
    /// <param name="epochs">Passes over the training set; this or <paramref name="steps"/>.</param>
    /// <param name="steps">Batches.</param>
    /// <param name="batch">Examples a batch.</param>
    /// <param name="optimizer">One of <see cref="Optimizers"/>, or its name.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="schedule">One of <see cref="Schedules"/>, or its name.</param>
    /// <param name="clipNorm">The largest 2-norm of the whole gradient.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="threads">Threads of the tensor library.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="stop">When to stop early.</param>
    /// <param name="precision">What tensors are computed in: <c>float32</c> or <c>float64</c>.</param>
    /// <param name="ema">The decay of the running mean of the weights, which then is what is kept.</param>
    /// <param name="init">One of <see cref="Initializations"/>, or its name.</param>
    public SpecBuilder Train(int? epochs = null, int? steps = null, int? batch = null, Component? optimizer = null, double? lr = null, Component? schedule = null, double? clipNorm = null, int? seed = null, int? threads = null, string? device = null, StopSpec? stop = null, string? precision = null, double? ema = null, Component? init = null) =>
        Section("train", "Train", ("epochs", epochs), ("steps", steps), ("batch", batch), ("optimizer", optimizer), ("lr", lr), ("schedule", schedule), ("clip-norm", clipNorm), ("seed", seed), ("init", init), ("threads", threads), ("device", device), ("precision", precision), ("ema", ema), ("stop", stop));

    /// <summary>What is left behind. What is <c>null</c> takes the language's default.</summary>
    /// <param name="weights">Formats of the weights: <c>safetensors</c>, <c>torchsharp</c>.</param>
    /// <param name="onnx">Which parts become ONNX models: <c>encoder</c>, <c>decoder</c>.</param>
    /// <param name="plots">Some of <see cref="Building.Plots"/>, or their names.</param>
    /// <param name="report"><c>html</c> or <c>none</c>.</param>
    /// <param name="samples">How many decoded draws from the prior become <c>samples.npy</c>.</param>
    /// <param name="logLikelihood">How many importance samples an example estimate log p(x) of the test set.</param>
    /// <param name="code"><c>pytorch</c> for <c>model.py</c>, or <c>none</c>.</param>
    public SpecBuilder Artifacts(IEnumerable<string>? weights = null, IEnumerable<string>? onnx = null, IEnumerable<Component>? plots = null, string? report = null, int? samples = null, int? logLikelihood = null, string? code = null) =>
        Section("artifacts", "Artifacts", ("weights", weights?.ToArray()), ("onnx", onnx?.ToArray()), ("plots", plots?.ToArray()), ("report", report), ("samples", samples), ("log-likelihood", logLikelihood), ("code", code));

    /// <summary>What is left behind.</summary>
    public SpecBuilder Artifacts(ArtifactsSpec artifacts) => With("artifacts", "Artifacts", At(SpecNodes.From(artifacts), CallSite.Whole("Artifacts", [])));

    /// <summary>What must hold of the result. What is <c>null</c> is not checked, or takes the snapshots' own tolerance.</summary>
    /// <param name="lossCurve">How far a point of the loss curve may lie from the snapshot's, relative.</param>
    /// <param name="metrics">Bounds of final metrics.</param>
    /// <param name="images">The smallest structural similarity that pictures may have with the snapshot's.</param>
    /// <param name="columns">Columns of the loss curve with tolerances of their own.</param>
    /// <param name="absolute">How far a point of the loss curve may lie off in its own unit, added to the relative part.</param>
    public SpecBuilder Checks(double? lossCurve = null, IEnumerable<MetricCheck>? metrics = null, double? images = null, IEnumerable<ColumnCheck>? columns = null, double? absolute = null) =>
        Checks(new ChecksSpec
        {
            LossCurveTolerance = lossCurve,
            LossCurveAbsolute = absolute,
            LossCurveColumns = ValueList.From(columns ?? []),
            Metrics = ValueList.From(metrics ?? []),
            ImageSimilarity = images,
        });

    /// <summary>What must hold of the result.</summary>
    public SpecBuilder Checks(ChecksSpec checks) =>
        SpecNodes.From(checks) is MapNode map ? With("checks", "Checks", At(map, CallSite.Whole("Checks", []))) : new SpecBuilder(root.Without("checks"));

    /// <summary>The spec, or all that is wrong with it.</summary>
    public SpecLoadResult Check()
    {
        var bag = new DiagnosticBag();
        return SpecFile.From(root, "SpecBuilder", bag) is { } file ? new SpecReader([file], new SpecLoadOptions(), bag).Read() : new SpecLoadResult(null, bag.Sorted());
    }

    /// <summary>The spec.</summary>
    /// <exception cref="VaeException">It has errors; all of them are in it.</exception>
    public Spec Build()
    {
        SpecLoadResult result = Check();
        return result.Spec ?? throw new VaeException(result.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error));
    }

    /// <summary>A part of a section, to be laid over another by <see cref="Over"/>.</summary>
    internal SpecBuilder DataPart(string? path, IEnumerable<int>? shape, string? labels, int? classes, IEnumerable<string>? columns, string? scale, string? binarize, Amount? validation, Amount? test, Amount? limit, string? time, WindowSpec? window, SplitSpec? split) =>
        Section("data", "WithData", ("path", path), ("labels", labels), ("classes", classes), ("columns", columns?.ToArray()), ("time", time), ("window", window), ("shape", shape?.ToArray()), ("scale", scale), ("binarize", binarize), ("split", split), ("validation", validation), ("test", test), ("limit", limit));

    /// <summary>This spec with what another builder says laid over it: sections merge, values, components and lists replace.</summary>
    internal SpecBuilder Over(SpecBuilder part) => new(Merged(root, part.root.Without("vae").Without("name"), Grammar.Root));

    private static MapNode Merged(MapNode under, MapNode over, Place place)
    {
        foreach (MapEntry entry in over.Entries)
        {
            under = entry.Key switch
            {
                // A length is given in one unit or the other.
                "epochs" => under.Without("steps"),
                "steps" => under.Without("epochs"),
                // These say the shape of an example anew.
                "columns" or "window" => under.Without("shape"),
                _ => under,
            };
            under = under.With(under.Find(entry.Key)?.Value is MapNode old && entry.Value is MapNode map && place.Find(entry.Key)?.Content is Content.Map(Place inner)
                ? entry with { Value = Merged(old, map, inner) }
                : entry);
        }

        return under;
    }

    private static MapNode Start(string name)
    {
        Location call = CallSite.Whole("new SpecBuilder", [new("", name)]);
        return new MapNode(
            [new MapEntry("vae", call, new ScalarNode("1", IsQuoted: false, call)), new MapEntry("name", call, new ScalarNode(name, IsQuoted: true, call))],
            call);
    }

    private static ScalarNode Text(string method, string key, string value) => new(value, IsQuoted: true, CallSite.Argument(method, "", value));

    private SpecBuilder Network(string key, string method, IEnumerable<Layer> layers) => With(key, method, SpecNodes.From(layers) with { Location = CallSite.Whole(method, []) });

    private SpecBuilder With(string key, string method, Node value) => new(root.With(new MapEntry(key, CallSite.Whole(method, []), value)));

    private SpecBuilder Section(string key, string method, params (string Key, object? Value)[] entries)
    {
        KeyValuePair<string, object>[] given = [.. entries.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, entry.Value!))];
        Location call = CallSite.Whole(method, given);
        return With(key, method, Shorthand.Expand(new MapNode([.. given.Select(entry => Entry(method, entry.Key, entry.Value))], call), ((Content.Map)Grammar.Root.Find(key)!.Content).Place, new DiagnosticBag()));
    }

    private static MapEntry Entry(string method, string key, object value)
    {
        Location place = CallSite.Argument(method, key, value);
        return new MapEntry(key, place, Node(value, place));
    }

    private static Node Node(object value, Location place) => value switch
    {
        Component component => At(SpecNodes.From(component), component.Origin ?? place),
        IEnumerable<Component> components => new ListNode([.. components.Select(component => Node(component, place))], place),
        WeightSpec weight => At(SpecNodes.From(weight), place),
        StopSpec stop => At(SpecNodes.From(stop), place),
        WindowSpec window => At(SpecNodes.From(window), place),
        SplitSpec split => At(SpecNodes.From(split), place),
        Amount amount => At(SpecNodes.From(amount), place),
        Interval interval => new ListNode([SpecNodes.From(interval.Min, place), SpecNodes.From(interval.Max, place)], place),
        int[] or double[] or string[] => new ListNode([.. ((System.Collections.IEnumerable)value).Cast<object>().Select(item => SpecNodes.From(item, place))], place),
        _ => SpecNodes.From(value, place),
    };

    /// <summary>The same tree, every part of it at the call.</summary>
    private static Node At(Node node, Location call) => node switch
    {
        ScalarNode scalar => scalar with { Location = call },
        ListNode list => new ListNode([.. list.Items.Select(item => At(item, call))], call),
        MapNode map => new MapNode([.. map.Entries.Select(entry => new MapEntry(entry.Key, call, At(entry.Value, call)))], call),
        _ => node,
    };
}
