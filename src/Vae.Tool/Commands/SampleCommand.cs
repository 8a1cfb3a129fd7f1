using System.CommandLine;
using System.Globalization;
using Vae.Artifacts;
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
        var command = new Command("sample", "Draw codes from the prior and decode them with a trained model.") { folder, count, seed, output };
        command.SetAction(parsed =>
        {
            string target = parsed.GetRequiredValue(output);
            if (!SampleFile.CanWrite(target))
            {
                console.Error.WriteLine($"vae: cannot tell what to write from '{target}'; end it in .png, .svg, .csv or .npy");
                return ExitCode.Usage;
            }

            TrainedModel trained = TrainedModel.Read(parsed.GetRequiredValue(folder));
            using VaeModel model = VaeModel.Load(trained.Spec, trained.Weights);
            int number = parsed.GetValue(count);
            float[] decoded = model.Sample(number, parsed.GetValue(seed));
            SampleFile.Write(target, new NamedArray("decoded", [number, .. trained.Spec.Data.Shape], decoded), trained.Spec, trained.Units);
            console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} samples of {trained.Spec.Name} -> {target}"));
            return ExitCode.Success;
        });
        return command;
    }
}
