using System.Globalization;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Writing;

/// <summary>A spec as the tree that reads back to it: the resolved form, every default written out, in the grammar's order.</summary>
internal static class SpecNodes
{
    private static readonly Location Nowhere = new("spec", 0, 0);

    public static MapNode From(Spec spec) => Map(
        ("vae", Plain("1")),
        ("name", Text(spec.Name)),
        ("description", Text(spec.Description)),
        ("data", From(spec.Data)),
        ("condition", spec.Condition is null ? null : From(spec.Condition)),
        ("encoder", From(spec.Encoder.Layers)),
        ("latent", From(spec.Latent)),
        ("decoder", From(spec.Decoder.Layers)),
        ("loss", From(spec.Loss)),
        ("train", From(spec.Train)),
        ("artifacts", From(spec.Artifacts)),
        ("checks", From(spec.Checks)));

    /// <summary>A list of layers, finished or not; faults are reported at their origins.</summary>
    public static ListNode From(IEnumerable<Layer> layers) => new([.. layers.Select(From)], Nowhere);

    /// <summary>A component, as <c>{kind: {arguments}}</c>, or the kind alone where it has no argument.</summary>
    public static Node From(Component component) => component.Arguments.Count == 0
        ? Plain(component.Kind)
        : Map((component.Kind, From(component.Arguments)));

    /// <summary>A value as <see cref="Arguments"/> hold it.</summary>
    public static Node From(object value, Location place) => value switch
    {
        double number => new ScalarNode(Numerals.Write(number), IsQuoted: false, place),
        bool flag => new ScalarNode(flag ? "true" : "false", IsQuoted: false, place),
        string text => new ScalarNode(text, IsQuoted: true, place),
        Shape shape => new ListNode([.. shape.Select(size => From(size, place))], place),
        ValueList<int> numbers => new ListNode([.. numbers.Select(number => From(number, place))], place),
        ValueList<Layer> layers => From(layers) with { Location = place },
        Auto => new ScalarNode("auto", IsQuoted: false, place),
        _ => new ScalarNode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", IsQuoted: false, place),
    };

    public static MapNode From(DataSpec data) => Map(
        ("dataset", Text(data.Dataset)),
        ("source", Text(data.Source)),
        ("path", Text(data.Path)),
        ("labels", Text(data.Labels)),
        ("classes", Number(data.Classes)),
        ("columns", data.Columns.Count == 0 ? null : Words(data.Columns)),
        ("time", Text(data.Time)),
        ("window", data.Window is null ? null : From(data.Window)),
        ("shape", From(data.Shape, Nowhere)),
        ("scale", Word(data.Scale)),
        ("binarize", Word(data.Binarize)),
        ("split", data.Split is null ? null : From(data.Split)),
        ("validation", From(data.Validation)),
        ("test", From(data.Test)),
        ("limit", From(data.Limit)));

    public static MapNode From(ConditionSpec condition) => Map(
        ("label", condition.Kind == ConditionKind.OneHot ? Plain("one-hot") : Map(("embedding", Map(("size", Number(condition.Size)))))));

    public static MapNode From(WindowSpec window) => Map(("length", Number(window.Length)), ("stride", Number(window.Stride)));

    public static MapNode From(SplitSpec split) => Map(
        ("by", Word(split.By)),
        ("train", From(split.Train)),
        ("validation", From(split.Validation)),
        ("test", From(split.Test)));

    public static MapNode From(LossSpec loss) => Map(
        ("reconstruction", From(loss.Reconstruction)),
        ("kl", Map(
            ("weight", From(loss.KlWeight)),
            ("free-bits", Number(loss.FreeBits)),
            ("capacity", loss.Capacity is null ? null : From(loss.Capacity)))),
        ("terms", loss.Terms.Count == 0 ? null : new ListNode([.. loss.Terms.Select(From)], Nowhere)));

    public static MapNode From(TrainSpec train) => Map(
        (train.Unit == TimeUnit.Epochs ? "epochs" : "steps", Number(train.Length)),
        ("batch", Number(train.Batch)),
        ("optimizer", From(train.Optimizer)),
        ("lr", Number(train.LearningRate)),
        ("schedule", train.Schedule is null ? null : From(train.Schedule)),
        ("clip-norm", Number(train.ClipNorm)),
        ("seed", Number(train.Seed)),
        // Younger than the fingerprints of the first models: they stay what they were where nothing is said.
        ("init", train.Init == InitializationCatalogue.Default ? null : From(train.Init)),
        ("threads", Number(train.Threads)),
        ("device", Word(train.Device)),
        ("precision", Word(train.Precision)),
        ("ema", Number(train.Ema)),
        ("stop", train.Stop is null ? null : From(train.Stop)));

    public static MapNode From(ArtifactsSpec artifacts) => Map(
        ("weights", Words(artifacts.Weights)),
        ("onnx", Words(artifacts.Onnx)),
        // Younger than the fingerprints of the first models: they stay what they were where nothing is said.
        ("code", artifacts.PyTorch ? null : Plain("none")),
        ("plots", new ListNode([.. artifacts.Plots.Select(From)], Nowhere)),
        ("report", Plain(artifacts.Report ? "html" : "none")),
        ("samples", Number(artifacts.Samples)),
        ("log-likelihood", Number(artifacts.LogLikelihood)));

    public static MapNode? From(ChecksSpec checks)
    {
        MapNode? metrics = checks.Metrics.Count == 0 ? null : Map([.. checks.Metrics.Select(check => (check.Metric, (Node?)Map(
            ("min", Number(check.Min)), ("max", Number(check.Max)), ("tolerance", Number(check.Tolerance)), ("absolute", Number(check.Absolute)), ("better", Word(check.Better)))))]);
        MapNode? columns = checks.LossCurveColumns.Count == 0 ? null : Map([.. checks.LossCurveColumns.Select(check => (check.Column, (Node?)Map(
            ("tolerance", Number(check.Tolerance)), ("absolute", Number(check.Absolute)), ("better", Word(check.Better)))))]);
        MapNode curve = Map(("tolerance", Number(checks.LossCurveTolerance)), ("absolute", Number(checks.LossCurveAbsolute)), ("columns", columns));
        MapNode map = Map(
            ("loss-curve", curve.Entries.Count == 0 ? null : curve),
            ("metrics", metrics),
            ("images", checks.ImageSimilarity is double similarity ? Map(("ssim", Number(similarity))) : null));
        return map.Entries.Count == 0 ? null : map;
    }

    public static MapNode From(LatentSpec latent) => Map(
        ("dim", Number(latent.Dim)),
        ("prior", Plain(latent.Prior)),
        ("posterior", Plain(latent.Posterior)),
        ("logvar-clamp", latent.LogVarianceClamp is (double min, double max) ? new ListNode([Number(min)!, Number(max)!], Nowhere) : null));

    public static MapNode From(StopSpec stop) => Map(
        ("on", Plain(stop.On)),
        ("patience", Number(stop.Patience)),
        ("min-delta", Number(stop.MinDelta)),
        ("restore-best", From(stop.RestoreBest, Nowhere)));

    public static Node From(WeightSpec weight) => weight switch
    {
        WeightSpec.Ramp ramp => Map(
            ("from", Number(ramp.From)),
            ("to", Number(ramp.To)),
            (ramp.Unit == TimeUnit.Epochs ? "epochs" : "steps", Number(ramp.Length)),
            ("shape", Word(ramp.Shape)),
            ("cycles", Number(ramp.Cycles))),
        WeightSpec.Constant constant => Number(constant.Value)!,
        WeightSpec.Learned => Plain("learned"),
        _ => throw new InvalidOperationException($"no form for {weight}"),
    };

    private static Node From(Layer layer)
    {
        Location place = layer.Origin ?? Nowhere;
        List<MapEntry> arguments = [.. Ordered(layer).Select(pair => new MapEntry(pair.Key, place, From(pair.Value, place)))];
        if (layer.Name is string name)
            arguments.Add(new MapEntry("name", place, new ScalarNode(name, IsQuoted: true, place)));
        return arguments.Count == 0
            ? new ScalarNode(layer.Kind, IsQuoted: false, place)
            : new MapNode([new MapEntry(layer.Kind, place, new MapNode(arguments, place))], place);
    }

    /// <summary>The arguments in the catalogue's order.</summary>
    private static IEnumerable<KeyValuePair<string, object>> Ordered(Layer layer)
    {
        if (!LayerCatalogue.TryGet(layer.Kind, out LayerKind? row))
            return layer.Arguments;
        List<string> order = [.. row.Arguments.Select(argument => argument.Name)];
        return layer.Arguments.OrderBy(pair => (uint)order.IndexOf(pair.Key));
    }

    private static MapNode From(Arguments arguments) => Map([.. arguments.Select(pair => (pair.Key, (Node?)From(pair.Value, Nowhere)))]);

    /// <summary>A fraction keeps its point: <c>1.0</c> is all, <c>1</c> is one example.</summary>
    public static Node From(Amount amount) => amount switch
    {
        { From: Moment moment } => Map(("from", Text(moment.ToString()))),
        { IsFraction: true, Value: 1 } => Plain("1.0"),
        _ => Plain(Numerals.Write(amount.Value)),
    };

    private static Node? From(Amount? amount) => amount is Amount given ? From(given) : null;

    private static ScalarNode Plain(string text) => new(text, IsQuoted: false, Nowhere);

    private static ScalarNode? Text(string? text) => text is null ? null : new ScalarNode(text, IsQuoted: true, Nowhere);

    private static ListNode Words(IEnumerable<string> words) => new([.. words.Select(word => Text(word)!)], Nowhere);

    private static ScalarNode? Word(Better? value) => value is Better better ? Word((Enum)better) : null;

    private static ScalarNode Word(Enum value) => Plain(value.ToString().ToLowerInvariant());

    private static ScalarNode? Number(double? value) => value is double number ? Plain(Numerals.Write(number)) : null;

    private static MapNode Map(params (string Key, Node? Value)[] entries) =>
        new([.. entries.Where(entry => entry.Value is not null).Select(entry => new MapEntry(entry.Key, Nowhere, entry.Value!))], Nowhere);
}
