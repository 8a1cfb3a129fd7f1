using System.CommandLine;

namespace Vae.Tool.Commands;

/// <summary>What every command that reads a spec accepts to change it.</summary>
internal sealed class SpecArguments
{
    private readonly Option<string?> variant = new("--variant", "-v")
    {
        Description = "The variant to apply, one of those that the spec declares.",
        HelpName = "name",
    };

    private readonly Option<string[]> parameters = new("--param", "-p")
    {
        Description = "A parameter's value. May be given several times.",
        HelpName = "name=value",
    };

    private readonly Option<string[]> sets = new("--set", "-s")
    {
        Description = "A key's value, as in YAML: train.epochs=5. May be given several times.",
        HelpName = "path=value",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(variant);
        command.Add(parameters);
        command.Add(sets);
    }

    /// <summary>What the command line asks for.</summary>
    public Dsl.SpecLoadOptions Read(ParseResult parsed) => new()
    {
        Variant = parsed.GetValue(variant),
        Parameters = parsed.GetValue(parameters) ?? [],
        Sets = parsed.GetValue(sets) ?? [],
    };
}
