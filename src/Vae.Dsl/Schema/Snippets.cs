using Vae.Dsl.Catalogue;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Schema;

/// <summary>What editors offer to insert: whole specs and a rising weight, and every row of a catalogue that needs arguments.</summary>
internal static class Snippets
{
    /// <summary>Whole specs, for an empty file.</summary>
    public static IReadOnlyList<Snippet> Specs { get; } =
    [
        new("a spec of linear layers", "A whole spec: pictures as vectors, a small network, a two-dimensional code.", """
            vae: 1
            name: ${1:my-model}
            data:
              dataset: ${2:mnist}
              shape: [784]
            encoder:
              - linear:
                  out: ${3:128}
                  act: relu
            latent: ${4:2}
            decoder:
              - linear:
                  out: ${5:128}
                  act: relu
              - linear:
                  out: auto
                  act: sigmoid
            loss:
              reconstruction: bce
              kl: ${6:1}
            train:
              epochs: ${7:20}
              batch: 128
              optimizer: adam
              lr: ${8:1e-3}
            artifacts:
              plots: [loss, reconstructions, samples]
            """),
        new("a spec of convolutions", "A whole spec: convolutions on images, a weight that rises, early stopping.", """
            vae: 1
            name: ${1:my-model}
            data:
              dataset: ${2:fashion-mnist}
              validation: 0.1
            encoder:
              - conv2d:
                  out: 32
                  kernel: 3
                  stride: 2
                  padding: 1
                  act: relu
              - conv2d:
                  out: 64
                  kernel: 3
                  stride: 2
                  padding: 1
                  act: relu
              - flatten
            latent: ${3:16}
            decoder:
              - linear:
                  out: [64, 7, 7]
                  act: relu
              - conv-transpose2d:
                  out: 32
                  kernel: 4
                  stride: 2
                  padding: 1
                  act: relu
              - conv-transpose2d:
                  out: auto
                  kernel: 4
                  stride: 2
                  padding: 1
            loss:
              reconstruction:
                bce:
                  logits: true
              kl:
                from: 0
                to: ${4:1}
                epochs: ${5:10}
            train:
              epochs: ${6:40}
              batch: 128
              optimizer: adam
              lr: ${7:1e-3}
              stop: ${8:5}
            artifacts:
              plots: [loss, reconstructions, samples]
            """),
    ];

    /// <summary>What is offered where the weight of a loss stands.</summary>
    public static IReadOnlyList<Snippet> Ramps { get; } =
    [
        new("a weight that rises", "From a plain autoencoder to the full weight over the first epochs.", """
            from: ${1:0}
            to: ${2:1}
            epochs: ${3:10}
            """),
        new("a weight that rises again and again", "Cyclical annealing: Fu et al. 2019, arXiv:1903.10145.", """
            from: ${1:0}
            to: ${2:1}
            epochs: ${3:40}
            cycles: ${4:4}
            """),
    ];

    /// <summary>The rows of a catalogue with the arguments that they need; those that need none are words to choose from.</summary>
    public static IEnumerable<Snippet> Rows(ComponentCatalogue catalogue)
    {
        foreach (ComponentKind row in catalogue.All)
        {
            Argument[] needed = [.. row.Arguments.Where(argument => argument.Required)];
            if (needed is [{ Name: var only } argument] && only == row.MainArgument)
                yield return new Snippet(row.Name, row.Summary, $"{row.Name}: {Stop(argument, 1)}");
            else if (needed.Length > 0)
                yield return new Snippet(row.Name, row.Summary, $"{row.Name}:\n" + string.Concat(needed.Select((one, index) => $"  {one.Name}: {Stop(one, index + 1)}\n")));
        }
    }

    /// <summary>What is offered for a place of the grammar.</summary>
    public static IReadOnlyList<Snippet> For(Place place) => place == Grammar.Root ? Specs : place == Grammar.Ramp ? Ramps : [];

    private static string Stop(Argument argument, int number) => $"${{{number}:{Value(argument)}}}";

    /// <summary>A value that is often right, and always valid.</summary>
    private static string Value(Argument argument) => argument switch
    {
        { Choices: [string first, ..] } => first,
        { Type: ArgumentType.Shape } => "[64, 7, 7]",
        { Type: ArgumentType.Layers } => "[relu]",
        { Type: ArgumentType.Pair } => "3",
        { AllowsAuto: true } => "32",
        { Type: ArgumentType.Float } => Numerals.Write(Math.Min(argument.Max ?? 1, Math.Max(argument.Min ?? 0, 0.9))),
        _ => Numerals.Write(Math.Max(2, argument.Min ?? 2)),
    };
}
