namespace Vae.Dsl.Diagnostics;

public static partial class DiagnosticTable
{
    /// <summary>VAE5xxx: artifacts, checks and snapshots.</summary>
    public static class Snapshots
    {
        /// <summary>A final metric lies outside the bounds that the spec gives it.</summary>
        public static readonly DiagnosticCode MetricOutOfBounds = new(
            "VAE5001",
            "A metric lies outside its bounds",
            "The model is worse (or better) than 'checks.metrics' allows. Look at the loss curve in the report; train longer, change the spec, or move the bound.");

        /// <summary>A check names a metric that the training did not leave.</summary>
        public static readonly DiagnosticCode MetricUnknown = new(
            "VAE5002",
            "A check names a metric that was not measured",
            "The names of all metrics are in metrics.json. A metric of the validation split needs 'data.validation'.");

        /// <summary>The loss curve or the metrics lie outside the tolerance of their snapshot.</summary>
        public static readonly DiagnosticCode NumbersDiffer = new(
            "VAE5003",
            "Numbers differ from their snapshot",
            "The worst number comes first, with the snapshot's and the tolerance. If the new result is right, accept it with 'dotnet build -t:AcceptVaeSnapshots' or 'vae accept' and commit it; if it only varies from machine to machine, widen its tolerance under 'checks' ('vae calibrate' proposes one).");

        /// <summary>Accepting was asked for on a build server.</summary>
        public static readonly DiagnosticCode AcceptInCi = new(
            "VAE5004",
            "Snapshots are not accepted on a build server",
            "Accept on your own machine, look at the change, and commit the .verified. files.");

        /// <summary>There is no accepted file yet.</summary>
        public static readonly DiagnosticCode New = new(
            "VAE5005",
            "A file has no snapshot yet",
            "Look at the .received. file; if it is right, accept it with 'dotnet build -t:AcceptVaeSnapshots' or 'vae accept' and commit the .verified. file.");

        /// <summary>An accepted file that nothing makes any more.</summary>
        public static readonly DiagnosticCode LeftOver = new(
            "VAE5006",
            "A snapshot is left over",
            "The training makes no such file any more. If that is right, delete it, by hand or with 'dotnet build -t:AcceptVaeSnapshots' or 'vae accept'.");

        /// <summary>The resolved spec, the architecture or the arrays are not those of the snapshot.</summary>
        public static readonly DiagnosticCode TextDiffers = new(
            "VAE5007",
            "The spec or the architecture differs from its snapshot",
            "These are compared exactly: the experiment itself was changed. If that was meant, accept it with 'dotnet build -t:AcceptVaeSnapshots' or 'vae accept'.");

        /// <summary>A picture is not similar enough to its snapshot.</summary>
        public static readonly DiagnosticCode PictureDiffers = new(
            "VAE5008",
            "A picture differs from its snapshot",
            "Look at the .received. picture and at the one of the differences beside it. If it is right, accept it; if it only varies from machine to machine, lower 'checks.images.ssim'.");

        /// <summary>A path given to accept is nothing that can be accepted.</summary>
        public static readonly DiagnosticCode NothingToAccept = new(
            "VAE5009",
            "There is nothing to accept at a path",
            "Give a folder, a spec or a .received. file; without any, all received files below the current folder are accepted.");

        /// <summary>The property VaeVerify has an unknown value.</summary>
        public static readonly DiagnosticCode VerifyMode = new(
            "VAE5010",
            "VaeVerify has an unknown value",
            "Write Auto (compare where snapshots were accepted), true (always) or false (never).");

        /// <summary>A safetensors file breaks the format's rules.</summary>
        public static readonly DiagnosticCode WeightsUnreadable = new(
            "VAE5101",
            "A safetensors file cannot be read",
            "The file is cut off, damaged, or no safetensors file at all. Train again, or fetch it again from where it came from.");

        /// <summary>The weights are not those of the spec.</summary>
        public static readonly DiagnosticCode WeightsMismatch = new(
            "VAE5102",
            "The weights do not belong to the spec",
            "The spec's layers changed after the training, or the file belongs to another spec. Train again.");

        /// <summary>A folder of artifacts lacks a file, or one of its files cannot be read.</summary>
        public static readonly DiagnosticCode ArtifactsUnreadable = new(
            "VAE5103",
            "The artifacts cannot be read",
            "Train again ('vae train', or 'dotnet build'): the folder is written as a whole.");

        /// <summary>The folder of artifacts cannot be written.</summary>
        public static readonly DiagnosticCode ArtifactsUnwritable = new(
            "VAE5104",
            "The artifacts cannot be written",
            "Check that the folder is writable, that the disk is not full, and that no other program holds a file in it.");

        /// <summary>A network cannot be exported to ONNX.</summary>
        public static readonly DiagnosticCode OnnxExport = new(
            "VAE5105",
            "The ONNX model cannot be made",
            "Leave the part out of 'artifacts.onnx', or make the network smaller: an ONNX file may not exceed 1.5 GiB.");

        /// <summary>A number of one training is worse than that of another.</summary>
        public static readonly DiagnosticCode Worse = new(
            "VAE5106",
            "The second model is worse than the first",
            "The message has both numbers and the tolerance. Widen it with '--tolerance' or under 'checks.metrics' of the first spec; '--fail-on never' only shows the differences.");

        /// <summary>Two specs or trainings differ, where they should not.</summary>
        public static readonly DiagnosticCode Different = new(
            "VAE5107",
            "Two specs or trainings differ",
            "This is reported with '--fail-on different' only. The output before it lists every difference.");

        /// <summary>A file is neither safetensors nor ONNX, or is broken.</summary>
        public static readonly DiagnosticCode ModelFileUnreadable = new(
            "VAE5108",
            "The file of a model cannot be read",
            "Give a safetensors or an ONNX file, or the folder of a trained spec. A file that was cut off must be fetched again from where it came from.");

        /// <summary>A folder was trained from another spec than the one that is named.</summary>
        public static readonly DiagnosticCode OtherSpec = new(
            "VAE5109",
            "The folder was trained from another spec",
            "Name the spec that it was trained from, with the same variant, parameters and values; or leave '--spec' out. 'vae diff <folder> <spec>' shows what differs.");
    }
}
