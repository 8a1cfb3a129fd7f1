using System.CommandLine;
using System.Globalization;
using Vae.Artifacts.Plots;
using Vae.Data;
using Vae.Dsl;
using Vae.Tool.Inference;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae decode</c>: codes to examples.</summary>
internal static class DecodeCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var arguments = new InferenceArguments(
            console,
            "What to write: .png or .svg (a grid, or of one picture the picture itself), .csv, .npy, or a folder (a picture a code); csv and npy in the data's own units.",
            "decoded.png",
            ExampleOutput.CanWrite,
            ExampleOutput.Forms);
        var input = new Argument<string?>("codes") { Description = "The codes: a .csv file (columns z0, z1 …) or an .npy file ([n, z]).", Arity = ArgumentArity.ZeroOrOne };
        var code = new Option<string?>("--code") { Description = "One code, in place of a file: its numbers with commas between them.", HelpName = "0.5,-1" };
        var command = new Command("decode", "Decode codes of a file with a trained model.") { arguments.Folder, input, code, arguments.Output, arguments.Label, arguments.Labels };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(code) is null) == (result.GetResult(input) is null))
                result.AddError("give a file of codes, or one code with --code");
        });
        code.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Numbers(token.Value) is null)
                result.AddError($"--code expects numbers with commas between them, got '{token.Value}'");
        });
        command.SetAction(parsed => arguments.Run(parsed, parsed.GetValue(input), target =>
        {
            using RunnableModel model = RunnableModel.Open(parsed.GetRequiredValue(arguments.Folder), needsEncoder: false, needsDecoder: true, console.Error.WriteLine, cancellationToken);
            int size = model.Network.LatentSize;
            string? path = parsed.GetValue(input);
            StoredExamples codes = path is not null
                ? ExampleFile.ReadCodes(path, size, parsed.GetValue(arguments.Labels))
                : new StoredExamples([size], Numbers(parsed.GetRequiredValue(code)!)!);
            if (codes.Values.Length % size != 0 || codes.Count == 0)
            {
                console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"vae: a code of {model.Spec.Name} has {size} numbers, --code has {codes.Values.Length}"));
                return ExitCode.Usage;
            }

            int[]? labels = model.Labels(parsed.GetValue(arguments.Label), codes.Labels, codes.Count, model.Network.DecoderTakesLabel, path);
            float[] decoded = model.Network.Decode(codes.Values, labels);
            ExampleOutput.Write(target, model, new DecodedExamples(decoded, "example") { Labels = labels, Draw = values => ExampleSheet.Grid(model.Spec, "Decoded codes", values) });
            console.Out.WriteLine($"{Counted.Of(codes.Count, "example")} of {model.Spec.Name} -> {target}");
            return ExitCode.Success;
        }));
        return command;
    }

    private static float[]? Numbers(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        float[] numbers = new float[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i]))
                return null;
        }

        return numbers;
    }
}
