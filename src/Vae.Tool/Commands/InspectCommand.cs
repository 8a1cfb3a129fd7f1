using System.CommandLine;
using Vae.Artifacts;
using Vae.Artifacts.Inspection;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae inspect</c>: what is in a file of a model.</summary>
internal static class InspectCommand
{
    public static Command Create(ToolConsole console)
    {
        var paths = new Argument<string[]>("file") { Description = "safetensors or ONNX files, whoever wrote them; of the folder of a trained spec all of these.", Arity = ArgumentArity.OneOrMore };
        var nodes = new Option<bool>("--nodes") { Description = "List every node of a graph, not only how many of a kind there are." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object a file." };
        var command = new Command("inspect", "Show names, shapes, types, metadata and statistics of safetensors and ONNX files.") { paths, nodes, json };
        command.SetAction(parsed =>
        {
            bool isFirst = true;
            foreach (string path in parsed.GetRequiredValue(paths).SelectMany(FilesOf))
            {
                ModelFileSummary summary = ModelFile.Inspect(path);
                if (parsed.GetValue(json))
                {
                    console.Out.WriteLine(InspectionJson.Write(path, summary));
                    continue;
                }

                console.Out.Write((isFirst ? "" : "\n") + InspectionText.Write(path, summary, parsed.GetValue(nodes)));
                isFirst = false;
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        string[] files = [.. ((string[])[ArtifactFolder.Weights, ArtifactFolder.Encoder, ArtifactFolder.Decoder]).Select(name => Path.Combine(path, name)).Where(File.Exists)];
        // The first of them is told to be missing.
        return files.Length > 0 ? files : [Path.Combine(path, ArtifactFolder.Weights)];
    }
}
