namespace Vae.Dsl.Diagnostics;

public static partial class DiagnosticTable
{
    /// <summary>VAE4xxx: training, and what is asked of the trained model.</summary>
    public static class Training
    {
        /// <summary>A loss, a gradient or a weight became NaN or infinite.</summary>
        public static readonly DiagnosticCode NotFinite = new(
            "VAE4001",
            "Training diverged: a number is no longer finite",
            "Lower 'train.lr', set 'train.clip-norm', or bound the log-variance with 'latent: {logvar-clamp: [-10, 10]}'. The message names the epoch, the step and the term.");

        /// <summary>CUDA is asked for and is not there.</summary>
        public static readonly DiagnosticCode NoCuda = new(
            "VAE4002",
            "There is no CUDA device",
            "Use 'device: cpu' or 'device: auto', or set VAE_LIBTORCH to the folder of a libtorch with CUDA. 'vae doctor' shows what was found.");

        /// <summary>The data does not suit the loss.</summary>
        public static readonly DiagnosticCode DataRange = new(
            "VAE4003",
            "The data lies outside the range that a loss or a layer needs",
            "bce and continuous-bernoulli need values in 0..1: use 'data.scale: unit', or another loss. An embedding needs whole numbers from 0 to num − 1: raise 'num', and use 'data.scale: none'.");

        /// <summary>The data does not suit the spec.</summary>
        public static readonly DiagnosticCode DataShape = new(
            "VAE4004",
            "The data does not have the spec's shape",
            "Load the data with the spec that is trained.");

        /// <summary>Something asks for a split that the data lacks.</summary>
        public static readonly DiagnosticCode NoSplit = new(
            "VAE4005",
            "There is no such split of the data",
            "Hold one out with 'data.validation' or 'data.test', or ask for another split.");

        /// <summary>Weights do not belong to the spec.</summary>
        public static readonly DiagnosticCode Weights = new(
            "VAE4006",
            "The weights do not fit the spec",
            "Use the weights that were trained from this spec. The message names every array that is missing, unknown or of another shape.");

        /// <summary>An array given to a model has the wrong size.</summary>
        public static readonly DiagnosticCode ArraySize = new(
            "VAE4007",
            "An array is no whole number of examples",
            "Give the examples one after another in C order, each as many numbers as the spec's shape or the latent dimension says.");

        /// <summary>The tensor library reported an error.</summary>
        public static readonly DiagnosticCode Library = new(
            "VAE4008",
            "The tensor library failed",
            "The message ends with the library's own words. Where memory ran out, use a smaller 'train.batch' or a smaller network.");

        /// <summary>Early stopping or a schedule watches a column that is not there.</summary>
        public static readonly DiagnosticCode StopColumn = new(
            "VAE4009",
            "Early stopping or a schedule watches a column that the loss curve lacks",
            "Set 'train.stop.on' (or 'on' of 'plateau') to a column of loss.csv, such as 'validation.loss', and hold out 'data.validation' for those of the validation split.");

        /// <summary>A batch norm would have a single number to normalize.</summary>
        public static readonly DiagnosticCode SingleExample = new(
            "VAE4010",
            "A batch norm needs more than one example a batch",
            "Use a larger 'train.batch' and more than one training example, or put layernorm or groupnorm in its place.");

        /// <summary>A checkpoint belongs to another training.</summary>
        public static readonly DiagnosticCode CheckpointMismatch = new(
            "VAE4020",
            "The checkpoint is of another training",
            "A training goes on with the same spec, data, device, threads and versions only; the message names what differs. Bring that back, or train without '--resume' to start at the beginning.");

        /// <summary>A checkpoint is cut off, altered, or no checkpoint at all.</summary>
        public static readonly DiagnosticCode CheckpointUnreadable = new(
            "VAE4021",
            "The checkpoint is cut off or was altered",
            "Delete the file, or train without '--resume', to start at the beginning.");

        /// <summary>A checkpoint cannot be written.</summary>
        public static readonly DiagnosticCode CheckpointUnwritable = new(
            "VAE4022",
            "The checkpoint cannot be written",
            "The training goes on, and could not be resumed from here. Free space, let the folder be written, or use '--checkpoint-every 0' to keep none.",
            Severity.Warning);

        /// <summary>A model with a condition is not told the labels.</summary>
        public static readonly DiagnosticCode LabelsMissing = new(
            "VAE4030",
            "A model with a condition needs a label for each example",
            "Give the data labels ('data.labels', folders of classes), and the model as many labels as examples or codes.");

        /// <summary>A label that the model does not know.</summary>
        public static readonly DiagnosticCode UnknownLabel = new(
            "VAE4031",
            "The model does not know the label",
            "Labels go from 0 to the number of classes − 1; where the data has names for them, the message lists them.");

        /// <summary>A label for a model without a condition.</summary>
        public static readonly DiagnosticCode NoCondition = new(
            "VAE4032",
            "The model has no condition, so it takes no labels",
            "Train a spec with 'condition: {label: one-hot}' and 'concat: label' in its networks, or leave the labels out.");

        /// <summary>A plot starts from an example that the split lacks.</summary>
        public static readonly DiagnosticCode NoExample = new(
            "VAE4040",
            "A plot asks for an example that the split does not have",
            "Examples are counted from 1. The message says how many the split has.");

        /// <summary>An exported model computes something else than the trained network.</summary>
        public static readonly DiagnosticCode OnnxDiffers = new(
            "VAE4041",
            "An ONNX model gives other numbers than the trained network",
            "Nothing was written, and the checkpoint is kept. This is a fault of the export: please report it with the spec. To have the rest, leave the part out of 'artifacts.onnx'.");

        /// <summary>The exported models could not be compared with the trained network.</summary>
        public static readonly DiagnosticCode OnnxUnchecked = new(
            "VAE4042",
            "The ONNX models were written without being compared with the trained network",
            "The native library of ONNX Runtime could not be loaded, nor its package be restored from the NuGet sources of the folder that the command runs in. Make one of them reachable, or set VAE_ONNXRUNTIME to the folder that holds it.",
            Severity.Warning);

        /// <summary>A trained model's ONNX files are missing, broken, or cannot be run.</summary>
        public static readonly DiagnosticCode ModelUnusable = new(
            "VAE4070",
            "A trained model cannot be run",
            "Give the folder that 'vae train' or a build wrote, with encoder.onnx and decoder.onnx: 'artifacts: {onnx: [encoder, decoder]}', which is the default. Train again where a file is broken.");

        /// <summary>The native half of ONNX Runtime is not on this machine.</summary>
        public static readonly DiagnosticCode NoOnnxRuntime = new(
            "VAE4071",
            "The native library of ONNX Runtime was not found or cannot be loaded",
            "Its package is restored from the NuGet sources of the folder that the command runs in, once for a user. Make one of them reachable, or set VAE_ONNXRUNTIME to the folder that holds the library. Whoever builds with Vae.MsBuild or Vae.Runtime has it.");

        /// <summary>The numbers of a file are not those that the network was trained on.</summary>
        public static readonly DiagnosticCode ExampleRange = new(
            "VAE4072",
            "The examples lie far outside what the model was trained on",
            "A model of pictures sees their bytes as 0..1 (-1..1 with 'data.scale: symmetric'). Store bytes (uint8), which are scaled as they were for the training, or scale the numbers yourself.");

        /// <summary>Something asks for pictures of what is none.</summary>
        public static readonly DiagnosticCode NoPictures = new(
            "VAE4073",
            "The model's data are no pictures",
            "Write a .csv or .npy file; a .png or .svg file shows any data as charts.");
    }
}
