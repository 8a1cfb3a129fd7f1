using System.CommandLine;
using System.CommandLine.Parsing;

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

    private readonly Option<string[]> packages = new("--package")
    {
        Description = "The folder of a package of specs, for 'extends: pkg:Id/…'. May be given several times.",
        HelpName = "Id=folder",
    };

    public SpecArguments() => packages.Validators.Add(result =>
    {
        foreach (Token token in result.Tokens.Where(token => Split(token.Value) is not ({ Length: > 0 }, { Length: > 0 })))
            result.AddError($"--package expects Id=folder, got '{token.Value}'");
        foreach (IGrouping<string, string> twice in result.Tokens.Select(token => Split(token.Value).Id).GroupBy(id => id, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            result.AddError($"--package names '{twice.Key}' more than once");
    });

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(variant);
        command.Add(parameters);
        command.Add(sets);
        command.Add(packages);
    }

    /// <summary>What the command line asks for.</summary>
    public Dsl.SpecLoadOptions Read(ParseResult parsed) => new()
    {
        Variant = parsed.GetValue(variant),
        Parameters = parsed.GetValue(parameters) ?? [],
        Sets = parsed.GetValue(sets) ?? [],
        Packages = (parsed.GetValue(packages) ?? []).Select(Split).ToDictionary(package => package.Id, package => package.Folder, StringComparer.OrdinalIgnoreCase),
    };

    private static (string Id, string Folder) Split(string package)
    {
        int equals = package.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (package, "") : (package[..equals].Trim(), package[(equals + 1)..]);
    }
}
