namespace Vae.Dsl.Diagnostics;

public static partial class DiagnosticTable
{
    /// <summary>VAE2xxx: shapes, and what belongs together.</summary>
    public static class Meaning
    {
        /// <summary>A layer that cannot work on what the one before it gives.</summary>
        public static readonly DiagnosticCode LayerShape = new(
            "VAE2101",
            "A layer cannot work on the shape that comes in",
            "The message says what the layer needs. Often 'flatten' or 'reshape' before it helps.");

        /// <summary>An encoder that ends with an image.</summary>
        public static readonly DiagnosticCode EncoderOutput = new(
            "VAE2102",
            "The encoder must end with a vector",
            "The heads for mu and log-variance read one vector [F]. End the encoder with 'flatten', or with 'flatten' and a 'linear'.");

        /// <summary><c>auto</c> where nothing says how much is needed.</summary>
        public static readonly DiagnosticCode Auto = new(
            "VAE2103",
            "'auto' has no meaning here",
            "'auto' is what the data's shape needs, so it works in the decoder's last layer with weights. Write a number elsewhere.");

        /// <summary>A decoder that does not end with the data's shape.</summary>
        public static readonly DiagnosticCode DecoderShape = new(
            "VAE2104",
            "The decoder does not end with the data's shape",
            "The message shows every shape on the way. Change the size named there, or write 'auto' as the last 'out'.");

        /// <summary>A shape that the data cannot have.</summary>
        public static readonly DiagnosticCode DataShape = new(
            "VAE2105",
            "The data cannot have this shape",
            "'shape' arranges the same numbers anew: its sizes multiply to the same product. The pictures of a named set may also have another size [C,H,W] in the same proportions.");

        /// <summary>A name that two layers share.</summary>
        public static readonly DiagnosticCode LayerName = new(
            "VAE2106",
            "A layer's name is taken or is a number",
            "Names replace the index in the weights' names, so within a network each is used once, and none is a number.");

        /// <summary>A model beyond the limits.</summary>
        public static readonly DiagnosticCode ModelTooLarge = new(
            "VAE2107",
            "The model is too large",
            "A network may have 10,000 layers, and an array 2,147,483,647 numbers.");

        /// <summary>Keys of <c>data</c> that do not fit each other.</summary>
        public static readonly DiagnosticCode DataKeys = new(
            "VAE2108",
            "A key does not fit this kind of data",
            "The message says for which data the key is meant.");

        /// <summary>Something asks for a validation set that there is not.</summary>
        public static readonly DiagnosticCode NoValidation = new(
            "VAE2109",
            "There is no validation set",
            "Hold a part of the training set out with 'data: {validation: 0.1}'.");

        /// <summary>Values that are allowed alone but not together.</summary>
        public static readonly DiagnosticCode Combination = new(
            "VAE2110",
            "Two values do not fit together",
            "The message says which values fit.");

        /// <summary>Something asks for a test set that there is not.</summary>
        public static readonly DiagnosticCode NoTest = new(
            "VAE2111",
            "There is no test set",
            "Hold a part of the data out with 'data: {test: 0.1}'.");

        /// <summary>A residual whose two sides cannot be added.</summary>
        public static readonly DiagnosticCode Residual = new(
            "VAE2120",
            "The two sides of a residual cannot be added",
            "A residual adds what comes in to what its layers give, so both need one shape. 'project: true' brings what comes in to the other shape by trained weights.");

        /// <summary>An embedding of something else than whole numbers.</summary>
        public static readonly DiagnosticCode Embedding = new(
            "VAE2121",
            "An embedding does not read whole numbers",
            "An embedding looks its rows up by the whole numbers of the data. Make it the encoder's first layer (only 'flatten' and 'reshape' may stand before it), and leave the numbers as they are with 'scale: none'.");

        /// <summary>An argument without an effect.</summary>
        public static readonly DiagnosticCode NoEffect = new(
            "VAE2122",
            "An argument has no effect",
            "The message says what it would need.",
            Severity.Warning);

        /// <summary>A layer that reads the axes of a series the other way round than the one before gives them.</summary>
        public static readonly DiagnosticCode SeriesOrder = new(
            "VAE2123",
            "A layer reads a series in the other order than it comes",
            "Recurrent layers and data windows are [T,F], convolutions and norms [C,T] unless they say 'channels-last: true'. Shapes alone cannot tell the two apart, so this is a warning.",
            Severity.Warning);

        /// <summary>A layer that joins the label of a spec without a condition.</summary>
        public static readonly DiagnosticCode NoCondition = new(
            "VAE2130",
            "A layer joins the label, but the spec has no condition",
            "Say what a label becomes: 'condition: {label: one-hot}'.");

        /// <summary>A condition on data without labels.</summary>
        public static readonly DiagnosticCode NoLabels = new(
            "VAE2131",
            "The condition needs labels that the data does not have",
            "Name the labels with 'data.labels'; named data sets bring their own.");

        /// <summary>A condition on labels that nobody counted.</summary>
        public static readonly DiagnosticCode NoClasses = new(
            "VAE2132",
            "The condition needs the number of classes",
            "Write 'data: {classes: n}' for labels 0 to n − 1; named data sets know theirs.");

        /// <summary>A written size that is not the condition's.</summary>
        public static readonly DiagnosticCode LabelSize = new(
            "VAE2133",
            "A layer joins another number of values than the condition gives",
            "Leave 'size' out: it follows from 'condition'.");

        /// <summary>A condition that changes nothing.</summary>
        public static readonly DiagnosticCode UnusedCondition = new(
            "VAE2134",
            "No layer joins the label",
            "Put 'concat: label' into the decoder, and into the encoder too; else the model is the same as without 'condition'.",
            Severity.Warning);

        /// <summary>A plot by label that cannot be drawn.</summary>
        public static readonly DiagnosticCode PlotLabel = new(
            "VAE2135",
            "A plot asks for a label that the decoder does not know",
            "Plots by label need a spec with 'condition' whose decoder joins the label, and a label from 0 to its number of classes − 1.");

        /// <summary>A split that would put the same rows into two sets.</summary>
        public static readonly DiagnosticCode LeakySplit = new(
            "VAE2140",
            "The split would leak",
            "Windows that overlap share rows, so drawing them at random puts the same numbers into training and test. Cut the series instead: 'split: {by: time, …}' or 'by: order', or let windows not overlap.");

        /// <summary>Parts that do not make a whole.</summary>
        public static readonly DiagnosticCode SplitParts = new(
            "VAE2141",
            "The parts of a split do not make the whole",
            "Leave 'train' out: it is what validation and test leave. Fractions, if all are written, add up to 100%.");

        /// <summary>Something asks for times that the data has not.</summary>
        public static readonly DiagnosticCode NoTime = new(
            "VAE2142",
            "The data has no column of times",
            "Name the column with 'data: {time: timestamp}', or split by 'order'.");

        /// <summary>A moment that cannot be read.</summary>
        public static readonly DiagnosticCode BadMoment = new(
            "VAE2143",
            "A moment is neither a date nor a number",
            "Dates are written in ISO 8601: 2024-05-01 or 2024-05-01T12:30:00Z. Where the column of times holds numbers, a moment is one.");

        /// <summary><c>kl: learned</c> beside something that leaves it nothing to learn.</summary>
        public static readonly DiagnosticCode LearnedWeight = new(
            "VAE2150",
            "'kl: learned' does not fit the rest of the loss",
            "'kl: learned' makes the variance of the decoder a parameter. Use it with 'mse' or 'gaussian', summed over features, and without 'capacity'.");

        /// <summary>Free bits and a capacity at once.</summary>
        public static readonly DiagnosticCode FreeBitsAndCapacity = new(
            "VAE2151",
            "'free-bits' and 'capacity' exclude each other",
            "Both say how large the KL should be: 'free-bits' of each dimension at least, 'capacity' of all together. Keep one.");

        /// <summary>A regularizer that compares examples, and batches of one.</summary>
        public static readonly DiagnosticCode TermBatch = new(
            "VAE2152",
            "A term needs more than one example a batch",
            "The terms 'tc', 'dip' and 'mmd' compare the codes of a batch with each other. Raise 'train.batch', best to 64 or more.");

        /// <summary>A metric of something that the loss does not have.</summary>
        public static readonly DiagnosticCode NotMeasured = new(
            "VAE2153",
            "The loss has no such part",
            "Metrics of a term need that term under 'loss.terms'; 'sigma' and 'beta' need 'kl: learned' or 'sigma: learned'.");

        /// <summary>Milestones out of order.</summary>
        public static readonly DiagnosticCode Milestones = new(
            "VAE2154",
            "Milestones must ascend",
            "Write the epochs of 'multi-step' from the first to the last, each once.");

        /// <summary>A plot of something that the data does not have.</summary>
        public static readonly DiagnosticCode PlotData = new(
            "VAE2170",
            "A plot is made for another kind of data",
            "'series-reconstructions' shows time series: windows, or examples of shape [T,F]. 'reconstructions' shows examples of any kind.");

        /// <summary>A file of samples beyond the limit.</summary>
        public static readonly DiagnosticCode SamplesTooLarge = new(
            "VAE2171",
            "The file of samples would be too large",
            "'artifacts.samples' may ask for 268,435,456 numbers, which are 1 GiB. 'vae sample' writes further draws with other seeds.");

        /// <summary>log p(x) asked of a loss that is no likelihood.</summary>
        public static readonly DiagnosticCode NoLikelihood = new(
            "VAE2172",
            "The reconstruction loss is no likelihood",
            "log p(x) is that of a density: 'gaussian', 'laplace', 'continuous-bernoulli', 'mse' with 'kl: learned', or 'bce' on data that is binarized.");

        /// <summary>A cross-entropy of numbers outside 0..1.</summary>
        public static readonly DiagnosticCode BceWithoutSigmoid = new(
            "VAE2201",
            "The loss wants numbers in 0..1, but the decoder does not end with a sigmoid",
            "End the decoder with 'sigmoid', or write 'logits: true', which lets the loss apply it in a stable way.",
            Severity.Warning);

        /// <summary>A sigmoid twice.</summary>
        public static readonly DiagnosticCode LogitsAfterSigmoid = new(
            "VAE2202",
            "The loss applies a sigmoid to what already went through one",
            "Remove the sigmoid at the decoder's end, or 'logits: true'.",
            Severity.Warning);

        /// <summary>Squared error on 0..1 data with an unbounded decoder.</summary>
        public static readonly DiagnosticCode MseWithoutSigmoid = new(
            "VAE2203",
            "The data is in 0..1, but the decoder's output is unbounded",
            "That can be meant. If not, end the decoder with 'sigmoid'.",
            Severity.Warning);

        /// <summary>A KL weight of 0.</summary>
        public static readonly DiagnosticCode NoKl = new(
            "VAE2204",
            "With a KL weight of 0 the model is a plain autoencoder",
            "Draws from the prior will not decode to anything sensible. Give 'kl' a weight over 0.",
            Severity.Warning);

        /// <summary>A likelihood of 0..1 data on other data.</summary>
        public static readonly DiagnosticCode BernoulliScale = new(
            "VAE2205",
            "The loss is made for data in 0..1, but the data is scaled otherwise",
            "Use 'scale: unit', or a loss for any number, such as 'mse' or 'gaussian'.",
            Severity.Warning);

        /// <summary>A warm-up that is all there is.</summary>
        public static readonly DiagnosticCode WarmupTooLong = new(
            "VAE2206",
            "The warm-up lasts as long as the training or longer",
            "The learning rate never reaches 'train.lr'. Shorten 'warmup', or train for more epochs.",
            Severity.Warning);

        /// <summary>A cycle that may be cut off at its top.</summary>
        public static readonly DiagnosticCode OneCycleStop = new(
            "VAE2207",
            "'stop' may end a one-cycle schedule before its rate falls",
            "A one-cycle schedule is made for a fixed number of epochs and gains most at their end. Remove 'stop', or use another schedule.",
            Severity.Warning);
    }
}
