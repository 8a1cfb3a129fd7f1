using System.CommandLine;

namespace Vae.Tool.Commands;

/// <summary>What the commands have in common that run a trained model over files.</summary>
internal sealed class InferenceArguments
{
    private readonly ToolConsole console;
    private readonly Func<string, bool> canWrite;
    private readonly string forms;

    /// <param name="console">Where wrong usage is told.</param>
    /// <param name="output">What is written, for the help.</param>
    /// <param name="name">The file that is written unless another is named.</param>
    /// <param name="canWrite">Whether a name says what to write.</param>
    /// <param name="forms">What names may end in, for messages.</param>
    public InferenceArguments(ToolConsole console, string output, string name, Func<string, bool> canWrite, string forms)
    {
        this.console = console;
        this.canWrite = canWrite;
        this.forms = forms;
        Output = new Option<string>("--output", "-o") { Description = output, DefaultValueFactory = _ => name, HelpName = "file" };
        Folder.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("the folder's name is empty");
        });
    }

    /// <summary>The model.</summary>
    public Argument<string> Folder { get; } = new("folder") { Description = "The folder that 'vae train' or a build wrote." };

    /// <summary>What is written.</summary>
    public Option<string> Output { get; }

    /// <summary>One label for all.</summary>
    public Option<string?> Label { get; } = new("--label", "-l") { Description = "For a model with a condition: the label of all examples.", HelpName = "label" };

    /// <summary>Where labels are.</summary>
    public Option<string?> Labels { get; } = new("--labels")
    {
        Description = "For a model with a condition: the column of labels (csv) or the file of labels (npy, idx). A column 'label', and the sub-folders of pictures, are found without it.",
        HelpName = "column|file",
    };

    /// <summary>How a series is cut.</summary>
    public Option<int?> Stride { get; } = StrideOption();

    /// <summary>Runs a command, unless its output's name does not say what to write, or it would write over its input.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="input">What is read; <c>null</c> where nothing is.</param>
    /// <param name="write">The command.</param>
    public int Run(ParseResult parsed, string? input, Func<string, int> write)
    {
        string target = parsed.GetRequiredValue(Output);
        if (input is not null && FullPath(input) == FullPath(target))
        {
            console.Error.WriteLine($"vae: '{target}' is what is read, and would be written over; name another output");
            return ExitCode.Usage;
        }

        if (canWrite(target))
            return write(target);
        console.Error.WriteLine($"vae: cannot tell what to write from '{target}'; end it in {forms}");
        return ExitCode.Usage;
    }

    private static string FullPath(string path) => path.Length == 0 ? "" : Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static Option<int?> StrideOption()
    {
        var stride = new Option<int?>("--stride") { Description = "Of a series: how many rows after one window the next begins; the length of a window unless given.", HelpName = "n" };
        stride.Validators.Add(result =>
        {
            if (CommandLineNumber.Of(result) < 1)
                result.AddError("--stride must be at least 1");
        });
        return stride;
    }
}
