using System.CommandLine;
using Vae.Artifacts.Plots;
using Vae.Dsl;
using Vae.Dsl.Results;
using Vae.Tool.Inference;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae sample</c>: the decoder alone as a generator.</summary>
internal static class SampleCommand
{
    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var arguments = new InferenceArguments(
            console,
            "What to write: .png or .svg (a grid of pictures), .csv (a row a sample, or a row a step of a series), .npy, or a folder (a picture a sample); csv and npy in the data's own units.",
            "samples.png",
            ExampleOutput.CanWrite,
            ExampleOutput.Forms);
        var count = new Option<int>("--count", "-n") { Description = "How many samples.", DefaultValueFactory = _ => 100, HelpName = "n" };
        var seed = new Option<int>("--seed") { Description = "The seed of the draws.", DefaultValueFactory = _ => 0, HelpName = "n" };
        arguments.Label.Description = "For a model with a condition: the label of all samples. Without it, each label in turn.";
        count.Validators.Add(result =>
        {
            if (CommandLineNumber.Of(result) is < 1 or > 1_000_000)
                result.AddError("--count must lie between 1 and 1,000,000");
        });
        var command = new Command("sample", "Draw codes from the prior and decode them with a trained model.") { arguments.Folder, count, seed, arguments.Label, arguments.Output };
        command.SetAction(parsed => arguments.Run(parsed, input: null, target =>
        {
            using RunnableModel model = RunnableModel.Open(parsed.GetRequiredValue(arguments.Folder), needsEncoder: false, needsDecoder: true, console.Error.WriteLine, cancellationToken);
            int number = parsed.GetValue(count);
            int start = parsed.GetValue(seed);
            int[]? labels = model.Labels(parsed.GetValue(arguments.Label), null, number, model.Network.DecoderTakesLabel, path: null);
            float[] samples = model.Network.Sample(number, start, labels);
            ExampleOutput.Write(target, model, new DecodedExamples(samples, "sample") { Labels = labels, Draw = values => Draw(model, values, labels, start) });
            console.Out.WriteLine($"{Counted.Of(number, "sample")} of {model.Spec.Name} -> {target}");
            return ExitCode.Success;
        }));
        return command;
    }

    /// <summary>The plot that a training draws of its samples, of these.</summary>
    private static PlotFiles Draw(RunnableModel model, NamedArray samples, int[]? labels, int seed)
    {
        Spec spec = model.Spec with { Train = model.Spec.Train with { Seed = seed } };
        int count = samples.Shape[0];
        NamedArray[] arrays = labels is null ? [samples] : [samples, new("labels", [count], Array.ConvertAll(labels, label => (float)label))];
        var plot = new Component("samples", new Arguments([new("count", count)]));
        return PlotTable.Get(plot.Kind).Draw(plot, new TrainingResult
        {
            Spec = spec,
            Weights = [],
            Curve = new Curve([], []),
            Metrics = new Dictionary<string, double>(),
            Evaluations = [new Evaluation(new EvaluationRequest.PriorSamples(count), arrays)],
            Data = [],
            Units = new DataUnits { Labels = ValueList.From(model.Network.Labels) },
            TrainerVersion = 0,
            Run = new RunFacts(0, [], 1, "cpu", new Dictionary<string, string>()),
        });
    }
}
