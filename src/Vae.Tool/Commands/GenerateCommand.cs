using System.CommandLine;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae generate</c>: the C# classes of a project's specs. Only a build calls it, so it is not in the help.</summary>
internal static class GenerateCommand
{
    public static Command Create(ToolConsole console)
    {
        var path = new Argument<string>("request") { Description = "The file in which the build says what it wants." };
        var command = new Command("generate", "Write the C# classes of a project's specs.") { path };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            ClassRequest request;
            try
            {
                request = ClassRequest.Read(parsed.GetRequiredValue(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                console.Error.WriteLine("vae: " + e.Message);
                return ExitCode.Usage;
            }

            return new ClassJob(request, new JsonReporter(console.Out)).Run();
        });
        return command;
    }
}
