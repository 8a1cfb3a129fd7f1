using System.Globalization;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Inference;

/// <summary>Looks for the one number whose change would make the decoder end with the data's shape.</summary>
internal static class DecoderProposal
{
    private const int LargestSide = 64;

    /// <summary>A sentence that says what to write; a general one where no single change helps.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <param name="target">What it should end with.</param>
    /// <param name="place">Where the message points to.</param>
    public static string For(Network decoder, Shape target, Location place) =>
        LastOut(decoder, target, place) ?? FirstImage(decoder, target, place) ?? Rearranged(decoder, target) ?? "Change a layer's arguments, or 'data.shape'.";

    /// <summary>Another number of channels or features in the last layer that says one.</summary>
    private static string? LastOut(Network decoder, Shape target, Location place)
    {
        for (int index = decoder.Layers.Count - 1; index >= 0; index--)
        {
            Layer layer = decoder.Layers[index];
            if (layer.Definition.Arguments.FirstOrDefault(argument => argument.Name == "out") is not { AllowsAuto: true })
                continue;
            // A layer of a block may be another in each use: no one number helps.
            if (layer.Use is not null || (index + 1 < decoder.Layers.Count && decoder.Layers[index + 1].Kind == "reshape"))
                return null;
            Layer[] changed = [.. decoder.Layers];
            changed[index] = new Layer(layer.Kind, layer.Arguments.With("out", Auto.Value));
            return Gives(changed, decoder.Input, target) ? $"Try out: auto{In(layer, place)}." : null;
        }

        return null;
    }

    /// <summary>Another height and width where a vector first becomes an image.</summary>
    private static string? FirstImage(Network decoder, Shape target, Location place)
    {
        int at = decoder.Layers.ToList().FindIndex(layer => layer.Kind == "reshape" && layer.Output.Rank == 3);
        if (at < 0 || target.Rank != 3 || decoder.Layers[at].Use is not null)
            return null;
        Shape image = decoder.Layers[at].Output;
        bool fromLinear = at > 0 && decoder.Layers[at - 1].Kind == "linear" && decoder.Layers[at - 1].Origin == decoder.Layers[at].Origin;
        Layer[] tail = [.. decoder.Layers.Skip(at + 1)];
        // Axes do not influence each other, so each is searched alone; channels are looked at last.
        int height = Side(1), width = Side(2);
        if (height == 0 || width == 0 || !Gives(tail, [image[0], height, width], target))
            return null;
        return fromLinear
            ? $"Try out: [{Number(image[0])}, {Number(height)}, {Number(width)}]{In(decoder.Layers[at - 1], place)}."
            : $"Try reshape: [{Number(image[0])}, {Number(height)}, {Number(width)}]{In(decoder.Layers[at], place)}, and as many features before it.";

        int Side(int axis)
        {
            for (int side = 1; side <= LargestSide; side++)
            {
                Shape start = axis == 1 ? [image[0], side, image[2]] : [image[0], image[1], side];
                if (Run(tail, start) is { Rank: 3 } end && end[axis] == target[axis])
                    return side;
            }

            return 0;
        }
    }

    private static string? Rearranged(Network decoder, Shape target)
    {
        string sizes = target.Rank == 1 ? Number(target[0]) : $"[{string.Join(", ", target.Select(Number))}]";
        return decoder.Output.Size != target.Size ? null
            : target.Rank == 1 ? "Add '- flatten' at the end."
            : $"Add '- reshape: {sizes}' at the end.";
    }

    private static bool Gives(Layer[] layers, Shape input, Shape target) =>
        ShapeInference.Infer([.. layers.Select(layer => new Layer(layer.Kind, layer.Arguments))], input, target, "decoder", new DiagnosticBag())?.Output == target;

    private static Shape? Run(Layer[] layers, Shape input) =>
        ShapeInference.Infer([.. layers.Select(layer => new Layer(layer.Kind, layer.Arguments))], input, null, "decoder", new DiagnosticBag())?.Output;

    private static string In(Layer layer, Location place) =>
        layer.Origin is { } origin ? $" in {origin.SeenFrom(place)}" : $" in '{layer.Kind}'";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
