using System.CommandLine;
using System.Globalization;
using Vae.Artifacts;
using Vae.Dsl;
using Vae.Dsl.Results;
using Vae.Torch;

namespace Vae.Tool.Commands;

/// <summary><c>vae sample</c>: the decoder alone as a generator.</summary>
internal static class SampleCommand
{
    public static Command Create(ToolConsole console)
    {
        var folder = new Argument<string>("folder") { Description = "The folder that 'vae train' wrote." };
        var count = new Option<int>("--count", "-n") { Description = "How many samples.", DefaultValueFactory = _ => 100, HelpName = "n" };
        var seed = new Option<int>("--seed") { Description = "The seed of the draws.", DefaultValueFactory = _ => 0, HelpName = "n" };
        var label = new Option<string?>("--label", "-l")
        {
            Description = "For a model with a condition: the label of all samples. Without it, each label in turn.",
            HelpName = "label",
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "What to write: .png or .svg (a grid of pictures), .csv (a row a sample, or a row a step of a series) or .npy; csv and npy in the data's own units.",
            DefaultValueFactory = _ => "samples.png",
            HelpName = "file",
        };
        count.Validators.Add(result =>
        {
            if (CommandLineNumber.Of(result) is < 1 or > 1_000_000)
                result.AddError("--count must lie between 1 and 1,000,000");
        });
        folder.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("the folder's name is empty");
        });
        var command = new Command("sample", "Draw codes from the prior and decode them with a trained model.") { folder, count, seed, label, output };
        command.SetAction(parsed =>
        {
            string target = parsed.GetRequiredValue(output);
            if (!SampleFile.CanWrite(target))
            {
                console.Error.WriteLine($"vae: cannot tell what to write from '{target}'; end it in .png, .svg, .csv or .npy");
                return ExitCode.Usage;
            }

            TrainedModel trained = TrainedModel.Read(parsed.GetRequiredValue(folder));
            LibTorch.EnsureLoaded(backend: null, console.Error.WriteLine, CancellationToken.None);
            using VaeModel model = VaeModel.Load(trained.Spec, trained.Weights);
            int number = parsed.GetValue(count);
            Spec spec = trained.Spec with { Train = trained.Spec.Train with { Seed = parsed.GetValue(seed) } };
            int[]? labels = SampleLabels.Of(trained, parsed.GetValue(label), number);
            float[] decoded = model.Sample(number, spec.Train.Seed, labels);
            SampleFile.Write(target, spec, trained.Units, Arrays(spec, decoded, labels));
            console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} samples of {trained.Spec.Name} -> {target}"));
            return ExitCode.Success;
        });
        return command;
    }

    private static NamedArray[] Arrays(Spec spec, float[] decoded, int[]? labels)
    {
        int count = decoded.Length / (int)spec.Data.Shape.Size;
        NamedArray samples = new("decoded", [count, .. spec.Data.Shape], decoded);
        return labels is null ? [samples] : [samples, new("labels", [count], Array.ConvertAll(labels, label => (float)label))];
    }
}
