using System.CommandLine;
using System.Globalization;
using Vae.Artifacts.Formats;
using Vae.Artifacts.Writing;
using Vae.Data;
using Vae.Dsl.Results;
using Vae.Runtime;
using Vae.Tool.Inference;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae encode</c>: examples to codes.</summary>
internal static class EncodeCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var arguments = new InferenceArguments(
            console,
            "What to write: .csv (a row an example: z0, z1 …) or .npy ([n, z]).",
            "codes.csv",
            path => Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".npy",
            ".csv or .npy");
        var input = new Argument<string>("input") { Description = $"The examples: {ExampleFile.Forms}. Tables and series in their own units." };
        var draw = new Option<int?>("--draw") { Description = "Draw each code from its distribution with this seed, in place of its mean.", HelpName = "seed" };
        var distribution = new Option<bool>("--distribution") { Description = "Write the log-variances too: columns logvar0, logvar1 …, or an array [n, 2, z] of means and log-variances." };
        var command = new Command("encode", "Encode examples of a file with a trained model.")
        {
            arguments.Folder, input, arguments.Output, draw, distribution, arguments.Label, arguments.Labels, arguments.Stride,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(distribution) && result.GetResult(draw) is not null)
                result.AddError("--distribution writes means and log-variances, --draw codes; give one of them");
        });
        command.SetAction(parsed => arguments.Run(parsed, parsed.GetRequiredValue(input), target =>
        {
            using RunnableModel model = RunnableModel.Open(parsed.GetRequiredValue(arguments.Folder), needsEncoder: true, needsDecoder: false, console.Error.WriteLine, cancellationToken);
            string path = parsed.GetRequiredValue(input);
            StoredExamples examples = ExampleFile.Read(path, model.Spec.Data, model.Network.Columns, parsed.GetValue(arguments.Labels), parsed.GetValue(arguments.Stride));
            int[]? labels = model.Labels(parsed.GetValue(arguments.Label), examples.Labels, examples.Count, model.Network.EncoderTakesLabel, path);
            Posterior posterior = model.Network.Distribution(model.Prepare(examples, path), labels);
            float[] codes = parsed.GetValue(draw) is int seed ? posterior.Draw(seed) : posterior.Mean;
            float[]? logVariances = parsed.GetValue(distribution) ? posterior.LogVariance : null;
            bool isTable = Path.GetExtension(target).Equals(".csv", StringComparison.OrdinalIgnoreCase);
            string[]? names = labels is null ? null : [.. labels.Select(model.NameOf)];
            WholeFile.Write(target, isTable ? Csv(model.Network.LatentSize, examples, codes, logVariances, names) : Npy(model.Network.LatentSize, codes, logVariances));
            console.Out.WriteLine($"{Counted.Of(examples.Count, "code")} of {model.Spec.Name} -> {target}");
            RowsLeft.Tell(examples, console);
            return ExitCode.Success;
        }));
        return command;
    }

    private static byte[] Csv(int size, StoredExamples examples, float[] codes, float[]? logVariances, string[]? labels)
    {
        string[] Columns(string name) => [.. Enumerable.Range(0, size).Select(i => name + i.ToString(CultureInfo.InvariantCulture))];
        // The file's own labels go along, whether the network takes them or not.
        IReadOnlyList<string>? told = labels ?? examples.Labels;
        var text = new CsvText(
        [
            .. examples.Names is null ? (string[])[] : ["file"],
            .. Columns("z"),
            .. logVariances is null ? [] : Columns("logvar"),
            .. told is null ? (string[])[] : ["label"],
        ]);
        for (int i = 0; i < examples.Count; i++)
        {
            if (examples.Names is { } names)
                text.Field(names[i]);
            text.Fields(codes.AsSpan(i * size, size));
            if (logVariances is not null)
                text.Fields(logVariances.AsSpan(i * size, size));
            if (told is not null)
                text.Field(told[i]);
            text.EndRow();
        }

        return text.ToBytes();
    }

    private static byte[] Npy(int size, float[] codes, float[]? logVariances)
    {
        int count = codes.Length / size;
        if (logVariances is null)
            return NpyWriter.ToBytes(new NamedArray("codes", [count, size], codes));
        float[] both = new float[codes.Length * 2];
        for (int i = 0; i < count; i++)
        {
            codes.AsSpan(i * size, size).CopyTo(both.AsSpan(2 * i * size));
            logVariances.AsSpan(i * size, size).CopyTo(both.AsSpan(((2 * i) + 1) * size));
        }

        return NpyWriter.ToBytes(new NamedArray("codes", [count, 2, size], both));
    }
}
