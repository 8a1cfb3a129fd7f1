using System.CommandLine;
using Vae.Dsl;

namespace Vae.Tool.Commands;

/// <summary>What the commands about snapshots accept to find a model and its snapshots.</summary>
internal sealed class SnapshotArguments
{
    private readonly SpecArguments spec = new();
    private readonly Option<string?> artifacts = new("--artifacts", "-a") { Description = "The folder that 'vae train' wrote; artifacts/<name> unless given.", HelpName = "folder" };
    private readonly Option<string?> snapshots = new("--snapshots") { Description = "The folder of the accepted files; 'snapshots' beside the spec unless given.", HelpName = "folder" };
    private readonly Option<string?> name = new("--name") { Description = "The name of the snapshots; the spec's file, with the variant behind it, unless given.", HelpName = "name" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(artifacts);
        command.Add(snapshots);
        command.Add(name);
        spec.AddTo(command);
    }

    /// <summary>Whether the command line names the model's folder.</summary>
    public bool NamesModel(ParseResult parsed) => parsed.GetValue(artifacts) is not null;

    /// <summary>The model and snapshots that the command line asks for.</summary>
    /// <exception cref="Dsl.Diagnostics.VaeException">The spec or the model cannot be read.</exception>
    public SnapshotJob Open(ParseResult parsed, string specPath, bool writeReceived = true)
    {
        SpecLoadOptions loadOptions = spec.Read(parsed);
        return SnapshotJob.Open(specPath, loadOptions, parsed.GetValue(artifacts), parsed.GetValue(snapshots), parsed.GetValue(name), writeReceived);
    }
}
