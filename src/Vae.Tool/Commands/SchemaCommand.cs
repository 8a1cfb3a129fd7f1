using System.CommandLine;
using Vae.Dsl;

namespace Vae.Tool.Commands;

/// <summary><c>vae schema</c>: what an editor needs to complete and check specs.</summary>
internal static class SchemaCommand
{
    public static Command Create(ToolConsole console)
    {
        var output = new Option<string?>("--output", "-o") { Description = "The file to write. Default: standard output.", HelpName = "file" };
        var command = new Command("schema", "Write the JSON Schema of the language, for editors.") { output };
        command.SetAction(parsed =>
        {
            string schema = SpecSchema.ToJson();
            if (parsed.GetValue(output) is not string path)
            {
                console.Out.Write(schema);
                return ExitCode.Success;
            }

            try
            {
                File.WriteAllText(path, schema);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                console.Error.WriteLine($"vae: '{path}' cannot be written: {exception.Message}");
                return ExitCode.Failure;
            }

            console.Out.WriteLine($"the schema of the language -> {path}");
            return ExitCode.Success;
        });
        return command;
    }
}
