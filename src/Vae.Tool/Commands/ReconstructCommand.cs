using System.CommandLine;
using Vae.Artifacts.Plots;
using Vae.Data;
using Vae.Tool.Inference;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae reconstruct</c>: examples as the model sees them.</summary>
internal static class ReconstructCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var arguments = new InferenceArguments(
            console,
            "What to write: .png or .svg (originals with their reconstructions; of one picture the reconstruction itself), .csv, .npy, or a folder (a picture an example, under its own name); csv and npy in the data's own units.",
            "reconstructed.png",
            ExampleOutput.CanWrite,
            ExampleOutput.Forms);
        var input = new Argument<string>("input") { Description = $"The examples: {ExampleFile.Forms}. Tables and series in their own units." };
        var command = new Command("reconstruct", "Encode examples of a file and decode their means with a trained model.")
        {
            arguments.Folder, input, arguments.Output, arguments.Label, arguments.Labels, arguments.Stride,
        };
        command.SetAction(parsed => arguments.Run(parsed, parsed.GetRequiredValue(input), target =>
        {
            using RunnableModel model = RunnableModel.Open(parsed.GetRequiredValue(arguments.Folder), needsEncoder: true, needsDecoder: true, console.Error.WriteLine, cancellationToken);
            string path = parsed.GetRequiredValue(input);
            StoredExamples examples = ExampleFile.Read(path, model.Spec.Data, model.Network.Columns, parsed.GetValue(arguments.Labels), parsed.GetValue(arguments.Stride));
            bool takesLabel = model.Network.EncoderTakesLabel || model.Network.DecoderTakesLabel;
            int[]? labels = model.Labels(parsed.GetValue(arguments.Label), examples.Labels, examples.Count, takesLabel, path);
            float[] originals = model.Prepare(examples, path);
            float[] decoded = model.Network.Reconstruct(originals, labels);
            ExampleOutput.Write(target, model, new DecodedExamples(decoded, "example")
            {
                Labels = labels,
                Names = examples.Names,
                Draw = values => ExampleSheet.Pairs(model.Spec, "Reconstructions", ExampleOutput.Array(model.Spec, model.Network.Scaled(originals)), values),
            });
            console.Out.WriteLine($"{Counted.Of(examples.Count, "reconstruction")} of {model.Spec.Name} -> {target}");
            RowsLeft.Tell(examples, console);
            return ExitCode.Success;
        }));
        return command;
    }
}
