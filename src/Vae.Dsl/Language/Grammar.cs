using Vae.Dsl.Catalogue;

namespace Vae.Dsl.Language;

/// <summary>
/// Every key of the language but those of the catalogues. Checks, suggestions, merging, overrides, the JSON Schema and the docs page
/// read this. A help text is a sentence that stands alone in an editor's tooltip.
/// </summary>
internal static class Grammar
{
    /// <summary>A spec's name: it becomes a folder.</summary>
    public const string SpecName = @"^[a-z0-9][a-z0-9-]*\z";

    /// <summary>A layer's name: it becomes part of the names of its arrays.</summary>
    public const string LayerName = @"^[A-Za-z][A-Za-z0-9_-]*\z";

    /// <summary>The name of a parameter.</summary>
    public const string Identifier = @"^[A-Za-z_][A-Za-z0-9_-]*\z";

    /// <summary>A weight that is a single number.</summary>
    public static Argument Weight { get; } = new("kl", ArgumentType.Float, "The weight, the same from the first batch to the last; or learned, with the variance of the decoder.") { Min = 0, Choices = ["learned"] };

    /// <summary>A capacity that is a single number.</summary>
    public static Argument Nats { get; } = new("capacity", ArgumentType.Float, "The capacity in nats, the same from the first batch to the last.") { Min = 0 };

    private static Argument AbsoluteTolerance { get; } = new("absolute", ArgumentType.Float, "How far it may lie off in its own unit, added to the relative part. Default: 0.000001.") { Min = 0 };

    private static Argument BetterDirection { get; } = new("better", ArgumentType.Text, "The direction that is better and passes. Default: none, every change counts.") { Choices = ["lower", "higher"] };

    public static Place Ramp { get; } = new("loss.kl.weight",
    [
        Plain(new Argument("from", ArgumentType.Float, "The weight at the start.") { Default = 0.0, Min = 0 }),
        Plain(new Argument("to", ArgumentType.Float, "The weight at the end.") { Default = 1.0, Min = 0 }),
        Plain(new Argument("epochs", ArgumentType.Int, "Over how many epochs the weight runs from one end to the other.") { Min = 1 }),
        Plain(new Argument("steps", ArgumentType.Int, "Over how many batches it runs; in place of epochs.") { Min = 1 }),
        Plain(new Argument("shape", ArgumentType.Text, "The form of the rise: a line, half a cosine, or a sigmoid.") { Default = "linear", Choices = ["linear", "cosine", "sigmoid"] }),
        Plain(new Argument("cycles", ArgumentType.Int, "Into how many equal rises the length is cut.") { Default = 1, Min = 1 }),
    ]);

    public static Place Capacity { get; } = new("loss.kl.capacity",
    [
        Plain(new Argument("from", ArgumentType.Float, "The capacity at the start, in nats.") { Default = 0.0, Min = 0 }),
        Plain(new Argument("to", ArgumentType.Float, "The capacity at the end, in nats.") { Required = true, Min = 0 }),
        Plain(new Argument("epochs", ArgumentType.Int, "Over how many epochs the capacity runs from one end to the other.") { Min = 1 }),
        Plain(new Argument("steps", ArgumentType.Int, "Over how many batches it runs; in place of epochs.") { Min = 1 }),
        Plain(new Argument("shape", ArgumentType.Text, "The form of the rise: a line, half a cosine, or a sigmoid.") { Default = "linear", Choices = ["linear", "cosine", "sigmoid"] }),
        Plain(new Argument("cycles", ArgumentType.Int, "Into how many equal rises the length is cut.") { Default = 1, Min = 1 }),
    ]);

    public static Place Kl { get; } = new("loss.kl",
    [
        new Key("weight", "β, the weight of the KL divergence: a number, or a ramp {from, to, epochs|steps, shape, cycles}, or 'learned' with mse and gaussian. Default: 1, the ELBO.", new Content.Map(Ramp) { Single = Weight }),
        Plain(new Argument("free-bits", ArgumentType.Float, "What the KL of each latent dimension counts at least, in nats. Default: 0.") { Min = 0, MinExclusive = true }),
        new Key("capacity", "C, in nats: |KL − C| stands in place of the KL. A number, or a ramp {from, to, epochs|steps, shape, cycles}. Default: none.", new Content.Map(Capacity) { Single = Nats }),
    ], Short: "weight");

    public static Place Loss { get; } = new("loss",
    [
        new Key("reconstruction", "How the distance between an example and its reconstruction is measured.", new Content.OneOf(ReconstructionCatalogue.Rows, [])) { Required = true },
        new Key("kl", "The weight of the KL divergence between the posterior and the prior: a number, a ramp, or a map with 'weight'. Default: 1, the ELBO.", new Content.Map(Kl)),
        new Key("terms", "Regularizers beside the KL divergence: a list of rows, each with its weight, as in [tc: 5].", new Content.ListOf(TermCatalogue.Rows)),
    ]);

    public static Place Window { get; } = new("data.window",
    [
        Plain(new Argument("length", ArgumentType.Int, "T, how many rows in a row are one example [T,F].") { Required = true, Min = 1, Max = MaxSize }),
        Plain(new Argument("stride", ArgumentType.Int, "How many rows after one window the next begins.") { Default = 1, Min = 1 }),
    ], Short: "length");

    /// <summary>What may stand for an amount where there is a column of times: <c>{from: 2024-05-01}</c>.</summary>
    public static Argument From { get; } = new("from", ArgumentType.Text, "The moment at which the part begins: a date in ISO 8601, or a number as in the column of times.") { Required = true };

    public static Place Split { get; } = new("data.split",
    [
        Plain(new Argument("by", ArgumentType.Text, "What parts the data: a column of times, the order of the file, or seeded draws. The first two put training first, then validation, then test.") { Required = true, Choices = ["time", "order", "random"] }),
        Plain(new Argument("train", ArgumentType.Amount, "How much is trained on. Default: what the others leave.")),
        Plain(new Argument("validation", ArgumentType.Amount, "How much of the whole is held out for validation. Default: nothing.")),
        Plain(new Argument("test", ArgumentType.Amount, "How much of the whole is held out as the test set. Default: nothing.")),
    ]);

    public static Place Data { get; } = new("data",
    [
        Plain(new Argument("dataset", ArgumentType.Text, "A named data set, which brings its own files, labels, shape and test set.") { Choices = [.. DataSetCatalogue.All.Select(row => row.Name)] }),
        Plain(new Argument("source", ArgumentType.Text, "The kind of file that the data is in; in place of dataset.") { Choices = ["idx", "csv", "npy", "npz", "images"] }),
        Plain(new Argument("path", ArgumentType.Text, "The file or folder of a source, relative to the spec.")),
        Plain(new Argument("labels", ArgumentType.Text, "The file of labels (idx, npy), the array's name (npz) or the column (csv).")),
        Plain(new Argument("classes", ArgumentType.Int, "How many classes a source's labels count: 0 to classes − 1. Needed by 'condition'.") { Min = 1, Max = ConditionCatalogue.MostClasses }),
        Plain(new Argument("columns", ArgumentType.Texts, "The columns that are features (csv). Default: all but the labels and the time.")),
        Plain(new Argument("time", ArgumentType.Text, "The column of times (csv): ISO 8601 dates or numbers, which ascend. It is no feature.")),
        new Key("window", "How the rows of a series become examples [T,F] (csv): a length, or {length, stride}. Default: each row is an example [F].", new Content.Map(Window)),
        Plain(new Argument("shape", ArgumentType.Shape, "The shape of one example as the encoder sees it. Default: the data set's own.") { Min = 1, Max = MaxSize }),
        Plain(new Argument("scale", ArgumentType.Text, "How raw values become numbers: 0..1, −1..1, mean 0 and deviation 1, or as they are.") { Default = "unit", Choices = ["unit", "symmetric", "standard", "none"] }),
        Plain(new Argument("binarize", ArgumentType.Text, "Whether values in 0..1 become 0 or 1: from 0.5 on, or by a draw with the value as probability, made once or anew at every access.") { Default = "none", Choices = ["none", "threshold", "static", "dynamic"] }),
        new Key("split", "How the whole is parted into training, validation and test; in place of validation and test.", new Content.Map(Split)),
        Plain(new Argument("validation", ArgumentType.Amount, "How much of the training set is held out by a seeded split, or what comes {from: a moment} on.")),
        Plain(new Argument("test", ArgumentType.Amount, "How much is held out as a test set, where the source has none of its own; or what comes {from: a moment} on.")),
        Plain(new Argument("limit", ArgumentType.Amount, "How much of the training set is used, by a seeded draw; or what comes {from: a moment} on.")),
    ]);

    public static Place Condition { get; } = new("condition",
    [
        new Key("label", "What the label becomes for 'concat: label': one-hot, or {embedding: size}.", new Content.OneOf(ConditionCatalogue.Rows, [])) { Required = true },
    ]);

    public static Place Latent { get; } = new("latent",
    [
        Plain(new Argument("dim", ArgumentType.Int, "How many dimensions the code has.") { Required = true, Min = 1, Max = 65_536 }),
        new Key("logvar-clamp", "The bounds [min, max] that the log-variance is clamped to. Default: none.", new Content.Free(FreeForm.Range)),
        Plain(new Argument("prior", ArgumentType.Text, "The distribution that codes have where nothing is known.") { Default = "standard-normal", Choices = ["standard-normal"] }),
        Plain(new Argument("posterior", ArgumentType.Text, "The family of the code's distribution given an example.") { Default = "diagonal-gaussian", Choices = ["diagonal-gaussian"] }),
    ], Short: "dim");

    public static Place Stop { get; } = new("train.stop",
    [
        Plain(new Argument("on", ArgumentType.Text, "The column of the loss curve to watch; smaller is better.") { Default = "validation.loss", Choices = MetricNames.Curve }),
        Plain(new Argument("patience", ArgumentType.Int, "How many epochs without an improvement are borne.") { Required = true, Min = 1 }),
        Plain(new Argument("min-delta", ArgumentType.Float, "How much smaller counts as an improvement.") { Default = 0.0, Min = 0 }),
        Plain(new Argument("restore-best", ArgumentType.Bool, "Whether the weights of the best epoch are kept, not those of the last.") { Default = true }),
    ], Short: "patience");

    public static Place Train { get; } = new("train",
    [
        Plain(new Argument("epochs", ArgumentType.Int, "How many passes over the training set.") { Min = 1 }),
        Plain(new Argument("steps", ArgumentType.Int, "How many batches in all; in place of epochs.") { Min = 1 }),
        Plain(new Argument("batch", ArgumentType.Int, "How many examples a batch has.") { Default = 128, Min = 1, Max = MaxSize }),
        new Key("optimizer", "The rule by which gradients change the weights. Default: adam. Its map may hold 'lr' too.", new Content.OneOf(OptimizerCatalogue.Rows, ["lr"])),
        Plain(new Argument("lr", ArgumentType.Float, "The learning rate before the schedule.") { Default = 1e-3, Min = 0, MinExclusive = true }),
        new Key("schedule", "How the learning rate changes from epoch to epoch. Default: not at all.", new Content.OneOf(ScheduleCatalogue.Rows, [])),
        Plain(new Argument("clip-norm", ArgumentType.Float, "The largest 2-norm of the whole gradient; a longer one is scaled down to it. Default: no limit.") { Min = 0, MinExclusive = true }),
        Plain(new Argument("seed", ArgumentType.Int, "The seed of weights, shuffling, noise, splits, samples and plots.") { Default = 42, Min = 0 }),
        new Key("init", "What the weights of linear, convolutional and recurrent layers are drawn from. Default: pytorch.", new Content.OneOf(InitializationCatalogue.Rows, [])),
        Plain(new Argument("threads", ArgumentType.Int, "Threads of the tensor library. Default: left to the caller.") { Min = 1, Max = 1024 }),
        Plain(new Argument("device", ArgumentType.Text, "Where the training runs; auto takes CUDA where there is one.") { Default = "auto", Choices = ["auto", "cpu", "cuda"] }),
        new Key("stop", "When to stop before the last epoch. Default: never.", new Content.Map(Stop)),
        Plain(new Argument("precision", ArgumentType.Text, "What tensors are computed in. Files hold float32 in any case.") { Default = "float32", Choices = ["float32", "float64"] }),
        Plain(new Argument("ema", ArgumentType.Float, "The decay of a running mean of the weights, which is what is then validated, tested and kept. Default: no mean.") { Min = 0, MinExclusive = true, Max = 0.999999 }),
    ]);

    public static Place Artifacts { get; } = new("artifacts",
    [
        Plain(new Argument("weights", ArgumentType.Texts, "The formats that the weights are written in.") { Default = (ValueList<string>)["safetensors"], Choices = ["safetensors", "torchsharp"] }),
        Plain(new Argument("onnx", ArgumentType.Texts, "Which parts become ONNX models.") { Default = (ValueList<string>)["encoder", "decoder"], Choices = ["encoder", "decoder"] }),
        Plain(new Argument("code", ArgumentType.Text, "Whether model.py, the model as a PyTorch module, is written beside model.safetensors.") { Default = "pytorch", Choices = ["pytorch", "none"] }),
        new Key("plots", "The pictures that are drawn of the trained model.", new Content.ListOf(PlotCatalogue.Rows)),
        Plain(new Argument("report", ArgumentType.Text, "Whether report.html is written.") { Default = "html", Choices = ["html", "none"] }),
        Plain(new Argument("metrics", ArgumentType.Text, "The form of the final metrics.") { Default = "json", Choices = ["json"] }),
        Plain(new Argument("samples", ArgumentType.Int, "How many decoded draws from the prior become samples.npy. Default: none.") { Min = 1, Max = MaxSize }),
        Plain(new Argument("log-likelihood", ArgumentType.Int, "How many importance samples an example estimate log p(x) of the test set, the metric test.log-likelihood. Default: it is not estimated.") { Min = 1, Max = MaxSize }),
    ]);

    public static Place CurveColumn { get; } = new("checks.loss-curve.columns.…",
    [
        Plain(new Argument("tolerance", ArgumentType.Share, "How far a point of the column may lie from the snapshot's, relative. Default: that of the curve.") { Min = 0 }),
        Plain(AbsoluteTolerance),
        Plain(BetterDirection),
    ], Short: "tolerance");

    public static Place LossCurve { get; } = new("checks.loss-curve",
    [
        Plain(new Argument("tolerance", ArgumentType.Share, "How far a point of the curve may lie from the snapshot's, relative. Default: 2%.") { Min = 0 }),
        Plain(AbsoluteTolerance),
        new Key("columns", "Columns of the curve with tolerances of their own, by their names in loss.csv.", new Content.Named("column", CurveColumn, MetricNames.Columns)),
    ], Short: "tolerance");

    public static Place Metric { get; } = new("checks.metrics.…",
    [
        Plain(new Argument("min", ArgumentType.Float, "The smallest value allowed.")),
        Plain(new Argument("max", ArgumentType.Float, "The largest value allowed.")),
        Plain(new Argument("tolerance", ArgumentType.Share, "How far it may lie from the snapshot's, relative.") { Min = 0 }),
        Plain(AbsoluteTolerance),
        Plain(BetterDirection),
    ]);

    public static Place Images { get; } = new("checks.images",
    [
        Plain(new Argument("ssim", ArgumentType.Share, "The smallest structural similarity that pictures may have with the snapshot's.") { Required = true, Min = 0, Max = 1 }),
    ], Short: "ssim");

    public static Place Checks { get; } = new("checks",
    [
        new Key("loss-curve", "How the loss curve compares with its snapshot.", new Content.Map(LossCurve)),
        new Key("metrics", "What must hold of final metrics, by their names.", new Content.Named("metric", Metric, MetricNames.All)),
        new Key("images", "How pictures compare with their snapshots.", new Content.Map(Images)),
    ]);

    public static Place Parameter { get; } = new("params.…",
    [
        Plain(new Argument("type", ArgumentType.Text, "The type of the value. Default: that of the default.") { Choices = ["int", "float", "bool", "string", "int[]"] }),
        new Key("default", "The value unless another is given.", new Content.Free(FreeForm.Value)),
        Plain(new Argument("min", ArgumentType.Float, "The smallest value allowed; of every element of a list.")),
        Plain(new Argument("max", ArgumentType.Float, "The largest value allowed; of every element of a list.")),
        new Key("choices", "The values allowed, as a list.", new Content.Free(FreeForm.Values)),
        Plain(new Argument("help", ArgumentType.Text, "A sentence for readers: what the parameter is.")),
    ], Short: "default");

    public static Place Block { get; } = new("blocks.…",
    [
        new Key("params", "What each use of the block may or must give, for $(name) in its layers. A type alone declares a parameter that must be given.", new Content.Named("parameter", Parameter)),
        new Key("layers", "The layers that a use is replaced by; they may be uses of other blocks.", new Content.Layers()) { Required = true },
    ], Short: "layers");

    public static Place Extends { get; } = new("extends",
    [
        Plain(new Argument("spec", ArgumentType.Text, "The base: './base.vae.yaml', '../base.vae.yaml', or 'pkg:PackageId/base.vae.yaml' from a package of specs.") { Required = true }),
        new Key("with", "Values of the base's parameters.", new Content.Values("parameter", FreeForm.Value)),
    ], Short: "spec");

    /// <summary>What a list item <c>use</c> says of itself; beside it stand the block's own parameters.</summary>
    public static Place Use { get; } = new("use",
    [
        Plain(new Argument("block", ArgumentType.Text, "The block, one of 'blocks'.") { Required = true }),
        new Key("each", "Lists of values, by parameter: the block is used once for each value, with lists of equal length side by side.", new Content.Values("parameter", FreeForm.Alternatives)),
    ], Short: "block");

    private static Key[] Sections { get; } =
    [
        Plain(new Argument("description", ArgumentType.Text, "A sentence for readers: what the experiment is.")),
        new Key("params", "Values by name, which $(name) puts elsewhere in the spec and --param changes from outside.", new Content.Named("parameter", Parameter)),
        new Key("data", "What the model is trained on.", new Content.Map(Data)) { Required = true },
        new Key("condition", "What the networks are told besides the data: the label of each example, where a layer joins it.", new Content.Map(Condition)),
        new Key("encoder", "The layers from an example to a vector, from which mu and log-variance are made.", new Content.Layers()) { Required = true },
        new Key("latent", "The code z: how many dimensions it has.", new Content.Map(Latent)) { Required = true },
        new Key("decoder", "The layers from a code to an example.", new Content.Layers()) { Required = true },
        new Key("loss", "What is minimized: the reconstruction loss and the weighted KL divergence.", new Content.Map(Loss)) { Required = true },
        new Key("train", "How it is minimized: for how long, by which optimizer, with which seed.", new Content.Map(Train)) { Required = true },
        new Key("artifacts", "What a training leaves behind: weights, ONNX models, plots and a report.", new Content.Map(Artifacts)),
        new Key("checks", "What must hold of the result, so that the training counts as passed.", new Content.Map(Checks)),
        new Key("blocks", "Lists of layers with parameters, by name; '- use: {block: name, …}' puts one into a network.", new Content.Named("block", Block)),
    ];

    /// <summary>A variant: a part of a spec that is laid over the whole.</summary>
    public static Place Variant { get; } = new("variants.…", Sections);

    /// <summary>The whole.</summary>
    public static Place Root { get; } = new("",
    [
        new Key("vae", "The version of the language: 1. The first key of every spec.", new Content.Free(FreeForm.Version)) { Required = true },
        Plain(new Argument("name", ArgumentType.Text, "The name of the spec and of its folder: lower-case letters, digits and '-'. Default: the file's name without .vae.yaml.") { Pattern = SpecName }),
        .. Sections,
        new Key("variants", "Partial specs by name, laid over this one on demand.", new Content.Named("variant", Variant)),
        Plain(new Argument("abstract", ArgumentType.Bool, "Whether the spec is only a base for others: it may be incomplete, and it is not trained.") { Default = false }),
        new Key("extends", "The spec that this one is laid over: its reference, or a map that also gives its parameters.", new Content.Map(Extends)),
        new Key("sweep", "Lists of values, by parameter: 'vae train --sweep' trains the spec once for each combination.", new Content.Values("parameter", FreeForm.Alternatives)),
    ]);

    /// <summary>All layers, as a list to choose from.</summary>
    public static ComponentCatalogue AllLayers { get; } = new("layer", [.. LayerCatalogue.All]);

    /// <summary>The layers that may stand under <c>act:</c>.</summary>
    public static ComponentCatalogue Activations { get; } = new("activation", [.. LayerCatalogue.All.Where(row => row.IsActivation)]);

    /// <summary>What may stand beside a layer's own arguments; an activation has no <c>act</c>.</summary>
    public static Place BesideLayer { get; } = new("layer",
    [
        new Key("act", "The activation that follows, as a layer of its own.", new Content.OneOf(Activations, [])),
        Plain(new Argument("name", ArgumentType.Text, "A name in place of the layer's index in the names of its weights.") { Pattern = LayerName }),
    ]);

    private const int MaxSize = 1 << 20;

    private static Key Plain(Argument argument) => new(argument.Name, argument.Help, new Content.Plain(argument));
}
