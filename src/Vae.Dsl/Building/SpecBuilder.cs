using System.Globalization;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Inference;
using Vae.Dsl.Reading;
using Vae.Dsl.Text;
using Vae.Dsl.Writing;

namespace Vae.Dsl.Building;

/// <summary>
/// Makes a <see cref="Spec"/> in C# or F#: the same spec as the same text, and the same diagnostics, which name the call instead of
/// a line. Every method returns a new builder, so a builder can be shared and varied.
/// <code>
/// using static Vae.Dsl.Building.Layers;
/// Spec spec = new SpecBuilder("mnist-mlp")
///     .Data("mnist", shape: [784])
///     .Encoder(Linear(128, act: "relu"))
///     .Latent(2)
///     .Decoder(Linear(128, act: "relu"), LinearAuto(act: "sigmoid"))
///     .Loss("mse", kl: 0.001, reduce: "mean")
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

    /// <summary>A copy with another name.</summary>
    public SpecBuilder Name(string name) => With("name", "Name", new ScalarNode(name, IsQuoted: true, Call("Name", name)));

    /// <summary>A sentence for readers.</summary>
    public SpecBuilder Description(string description) =>
        With("description", "Description", new ScalarNode(description, IsQuoted: true, Call("Description", description)));

    /// <summary>A named data set.</summary>
    /// <param name="dataset"><c>mnist</c>, <c>fashion-mnist</c>.</param>
    /// <param name="shape">The shape of one example; the data set's own where it is <c>null</c>.</param>
    /// <param name="scale"><c>unit</c>, <c>symmetric</c>, <c>standard</c> or <c>none</c>.</param>
    /// <param name="binarize"><c>none</c>, <c>static</c> or <c>dynamic</c>.</param>
    /// <param name="validation">A fraction (0.1) or, from 1 on, a count held out for validation.</param>
    /// <param name="limit">A fraction or, from 1 on, a count of the training examples that are used.</param>
    public SpecBuilder Data(string dataset, IEnumerable<int>? shape = null, string? scale = null, string? binarize = null, double? validation = null, double? limit = null)
    {
        Location call = Call("Data", dataset);
        return With("data", "Data", Map(call, ("dataset", dataset), ("shape", shape?.ToArray()), ("scale", scale), ("binarize", binarize), ("validation", Amount(validation)), ("limit", Amount(limit))));
    }

    /// <summary>Files of one's own.</summary>
    /// <param name="source"><c>idx</c>, <c>csv</c>, <c>npy</c>, <c>npz</c> or <c>images</c>.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="shape">The shape of one example; needed by all but csv with columns.</param>
    /// <param name="labels">The file of labels (idx, npy), the array's name (npz) or the column (csv).</param>
    /// <param name="classes">How many classes the labels count; needed by a condition.</param>
    /// <param name="columns">The columns that are features (csv).</param>
    /// <param name="scale"><c>unit</c>, <c>symmetric</c>, <c>standard</c> or <c>none</c>.</param>
    /// <param name="binarize"><c>none</c>, <c>static</c> or <c>dynamic</c>.</param>
    /// <param name="validation">A fraction (0.1) or, from 1 on, a count held out for validation.</param>
    /// <param name="test">A fraction or, from 1 on, a count held out as the test set.</param>
    /// <param name="limit">A fraction or, from 1 on, a count of the training examples that are used.</param>
    public SpecBuilder DataFrom(string source, string path, IEnumerable<int>? shape = null, string? labels = null, int? classes = null, IEnumerable<string>? columns = null, string? scale = null, string? binarize = null, double? validation = null, double? test = null, double? limit = null)
    {
        Location call = Call("DataFrom", source, path);
        return With("data", "DataFrom", Map(call, ("source", source), ("path", path), ("shape", shape?.ToArray()), ("labels", labels), ("classes", classes), ("columns", columns?.ToArray()), ("scale", scale), ("binarize", binarize), ("validation", Amount(validation)), ("test", Amount(test)), ("limit", Amount(limit))));
    }

    /// <summary>Tells the networks the label of each example, where a layer <see cref="Layers.ConcatLabel"/> joins it.</summary>
    /// <param name="label"><c>one-hot</c> or <c>embedding</c>.</param>
    /// <param name="size">For an embedding: how many numbers a label becomes.</param>
    public SpecBuilder Condition(string label, int? size = null) =>
        With("condition", "Condition", Map(Call("Condition", size is null ? [label] : [label, size]), ("label", Row(label, ("size", size)))));

    /// <summary>The encoder's layers, as the methods of <see cref="Layers"/> give them.</summary>
    public SpecBuilder Encoder(params ValueList<Layer>[] layers) => Encoder(layers.SelectMany(part => part));

    /// <summary>The encoder's layers.</summary>
    public SpecBuilder Encoder(IEnumerable<Layer> layers) => With("encoder", "Encoder", SpecNodes.From(layers) with { Location = Call("Encoder") });

    /// <summary>The decoder's layers, as the methods of <see cref="Layers"/> give them.</summary>
    public SpecBuilder Decoder(params ValueList<Layer>[] layers) => Decoder(layers.SelectMany(part => part));

    /// <summary>The decoder's layers.</summary>
    public SpecBuilder Decoder(IEnumerable<Layer> layers) => With("decoder", "Decoder", SpecNodes.From(layers) with { Location = Call("Decoder") });

    /// <summary>The code.</summary>
    /// <param name="dim">How many dimensions.</param>
    public SpecBuilder Latent(int dim) => With("latent", "Latent", Map(Call("Latent", dim), ("dim", dim)));

    /// <summary>The code, its log-variance clamped.</summary>
    /// <param name="dim">How many dimensions.</param>
    /// <param name="minLogVariance">The smallest log-variance.</param>
    /// <param name="maxLogVariance">The largest.</param>
    public SpecBuilder Latent(int dim, double minLogVariance, double maxLogVariance) =>
        With("latent", "Latent", Map(Call("Latent", dim, minLogVariance, maxLogVariance), ("dim", dim), ("logvar-clamp", new[] { minLogVariance, maxLogVariance })));

    /// <summary>What is minimized, with a constant KL weight.</summary>
    /// <param name="reconstruction">A row of the loss catalogue: <c>mse</c>, <c>bce</c> …</param>
    /// <param name="kl">β.</param>
    /// <param name="reduce"><c>sum</c> or <c>mean</c> over the features of an example.</param>
    /// <param name="logits">For <c>bce</c> and <c>continuous-bernoulli</c>: whether the decoder ends without a sigmoid.</param>
    public SpecBuilder Loss(string reconstruction, double kl = 1, string? reduce = null, bool? logits = null) =>
        Loss(Row(reconstruction, ("reduce", reduce), ("logits", logits)), new WeightSpec.Constant(kl));

    /// <summary>What is minimized.</summary>
    /// <param name="reconstruction">A row of the loss catalogue with its arguments; what is absent takes its default.</param>
    /// <param name="kl">β, or how it runs over the training.</param>
    public SpecBuilder Loss(Component reconstruction, WeightSpec kl) =>
        With("loss", "Loss", At(SpecNodes.From(new LossSpec(reconstruction, kl)), Call("Loss", reconstruction.Kind)));

    /// <summary>How it is trained. What is <c>null</c> takes the language's default.</summary>
    /// <param name="epochs">Passes over the training set; this or <paramref name="steps"/>.</param>
    /// <param name="steps">Batches.</param>
    /// <param name="batch">Examples a batch.</param>
    /// <param name="optimizer">A row of the optimizer catalogue.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="schedule">A row of the schedule catalogue.</param>
    /// <param name="clipNorm">The largest 2-norm of the whole gradient.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <param name="threads">Threads of the tensor library.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="stop">When to stop early.</param>
    public SpecBuilder Train(int? epochs = null, int? steps = null, int? batch = null, Component? optimizer = null, double? lr = null, Component? schedule = null, double? clipNorm = null, int? seed = null, int? threads = null, string? device = null, StopSpec? stop = null)
    {
        Location call = Call("Train");
        Node? early = stop is null ? null : Map(call, ("on", stop.On), ("patience", stop.Patience), ("min-delta", stop.MinDelta), ("restore-best", stop.RestoreBest));
        return With("train", "Train", Map(call, ("epochs", epochs), ("steps", steps), ("batch", batch), ("optimizer", optimizer), ("lr", lr), ("schedule", schedule), ("clip-norm", clipNorm), ("seed", seed), ("threads", threads), ("device", device), ("stop", early)));
    }

    /// <summary>What is left behind.</summary>
    public SpecBuilder Artifacts(ArtifactsSpec artifacts) => With("artifacts", "Artifacts", At(SpecNodes.From(artifacts), Call("Artifacts")));

    /// <summary>The plots, by name with their defaults.</summary>
    public SpecBuilder Plots(params string[] plots) => Artifacts(new ArtifactsSpec { Plots = [.. plots.Select(plot => Row(plot))] });

    /// <summary>What must hold of the result.</summary>
    public SpecBuilder Checks(ChecksSpec checks) =>
        SpecNodes.From(checks) is MapNode map ? With("checks", "Checks", At(map, Call("Checks"))) : new SpecBuilder(root.Without("checks"));

    /// <summary>A row of a catalogue by name with some of its arguments; the others take their defaults.</summary>
    /// <param name="kind">The row's name.</param>
    /// <param name="arguments">Names and values; <c>null</c> values are left out.</param>
    public static Component Row(string kind, params (string Name, object? Value)[] arguments) =>
        new(kind, new Arguments(arguments.Where(argument => argument.Value is not null).Select(argument => new KeyValuePair<string, object>(argument.Name, argument.Value!))));

    /// <summary>The spec, or all that is wrong with it.</summary>
    public SpecLoadResult Check()
    {
        var bag = new DiagnosticBag();
        Spec? spec = new SpecReader("SpecBuilder", bag).Read(root, new SpecLoadOptions());
        return new SpecLoadResult(bag.HasErrors ? null : spec, bag.Sorted());
    }

    /// <summary>The spec.</summary>
    /// <exception cref="VaeException">It has errors; all of them are in it.</exception>
    public Spec Build()
    {
        SpecLoadResult result = Check();
        return result.Spec ?? throw new VaeException(result.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error));
    }

    private static MapNode Start(string name)
    {
        Location call = Call("new SpecBuilder", name);
        return new MapNode(
            [new MapEntry("vae", call, new ScalarNode("1", IsQuoted: false, call)), new MapEntry("name", call, new ScalarNode(name, IsQuoted: true, call))],
            call);
    }

    private SpecBuilder With(string key, string method, Node value) => new(root.With(new MapEntry(key, Call(method), value)));

    /// <summary>The call as the place of a diagnostic.</summary>
    internal static Location Call(string method, params object?[] arguments) =>
        new($"{method}({string.Join(", ", arguments.Select(Written))})", 0, 0);

    private static string Written(object? value) => value switch
    {
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IEnumerable<int> sizes => $"[{string.Join(", ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static Amount? Amount(double? value) => value is double amount ? new Amount(amount, IsFraction: amount < 1) : null;

    private static MapNode Map(Location call, params (string Key, object? Value)[] entries) =>
        new([.. entries.Where(entry => entry.Value is not null).Select(entry => new MapEntry(entry.Key, call, Node(entry.Value!, call)))], call);

    private static Node Node(object value, Location call) => value switch
    {
        Node node => node,
        Component component => At(SpecNodes.From(component), call),
        Amount { IsFraction: false, Value: var count } => SpecNodes.From(count, call),
        int[] or double[] or string[] => new ListNode([.. ((System.Collections.IEnumerable)value).Cast<object>().Select(item => SpecNodes.From(item, call))], call),
        _ => SpecNodes.From(value, call),
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
