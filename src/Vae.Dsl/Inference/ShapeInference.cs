using System.Globalization;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Reading;
using Vae.Dsl.Text;

namespace Vae.Dsl.Inference;

/// <summary>Runs shapes through a list of layers, and puts numbers in the place of every <c>auto</c>.</summary>
internal static class ShapeInference
{
    /// <summary>The network with all shapes; <c>null</c> where a diagnostic says why there is none.</summary>
    /// <param name="layers">Layers without shapes.</param>
    /// <param name="input">The shape of one example that goes in.</param>
    /// <param name="target">The shape that must come out, which <c>auto</c> refers to; <c>null</c> where nothing says.</param>
    /// <param name="network"><c>encoder</c> or <c>decoder</c>, for messages.</param>
    /// <param name="bag">Takes what is wrong.</param>
    public static Network? Infer(IReadOnlyList<Layer> layers, Shape input, Shape? target, string network, DiagnosticBag bag)
    {
        Shape[] targets = Targets(layers, target);
        List<Layer> done = [];
        Shape current = input;
        for (int index = 0; index < layers.Count; index++)
        {
            Layer layer = layers[index];
            Shape wanted = targets[index];
            bool reshapes = layer.Kind == "linear" && layer.Arguments.IsAuto("out") && current.Rank == 1 && wanted.Rank > 1 && !wanted.Contains(0);
            Arguments arguments = layer.Definition.ResolveAuto(layer.Arguments, current, reshapes ? Flat(wanted) : wanted);
            if (arguments.Keys.FirstOrDefault(arguments.IsAuto) is string unresolved)
            {
                bag.Add(DiagnosticTable.Meaning.Auto, layer.Origin, target is not null
                    ? $"'{unresolved}: auto' of '{layer.Kind}' has no meaning here: the layers after it change the shape, so what is needed is not clear; write a number"
                    : $"'{unresolved}: auto' of '{layer.Kind}' has no meaning in the encoder, whose end is free; write a number");
                return null;
            }

            // A number that is written is checked as it is read.
            if (layer.Definition.Arguments.FirstOrDefault(argument => layer.Arguments.IsAuto(argument.Name) && arguments[argument.Name] is int size && size > argument.Max) is { } excessive)
            {
                bag.Add(DiagnosticTable.Meaning.ModelTooLarge, layer.Origin, $"'{excessive.Name}: auto' of '{layer.Kind}' means {arguments[excessive.Name]} here, but it may be at most {Numerals.Write(excessive.Max!.Value)}; make what the {network} ends with smaller");
                return null;
            }

            if (InferInner(layer, arguments, current, wanted, network, bag) is not Arguments complete || Advance(layer, complete, current, done, network, bag) is not Shape next)
                return null;
            current = next;
            if (!reshapes)
                continue;
            Layer reshape = LayerReader.Reshape(wanted, layer.Origin) with { Use = layer.Use };
            if (Advance(reshape, reshape.Arguments, current, done, network, bag) is not Shape reshaped)
                return null;
            current = reshaped;
        }

        return new Network(ValueList.From(done), input, current);
    }

    /// <summary>The arguments with the layers among them inferred.</summary>
    private static Arguments? InferInner(Layer layer, Arguments arguments, Shape current, Shape wanted, string network, DiagnosticBag bag)
    {
        Arguments complete = arguments;
        foreach ((string name, object value) in arguments)
        {
            if (value is not ValueList<Layer> inner)
                continue;
            Shape target = layer.Definition.InnerTarget(arguments, current, wanted);
            if (Infer(inner, current, target.Rank == 0 ? null : target, network, bag) is not Network body)
                return null;
            complete = complete.With(name, body.Layers);
        }

        return complete;
    }

    /// <summary>
    /// How the shapes run, for messages: <c>z 16 -> linear [64,8,8] (line 32) -> up [64,16,16] -> conv2d [1,16,16]</c>. A block is one step
    /// with its own name, and the layer that the message points to needs no line.
    /// </summary>
    /// <param name="layers">The layers so far.</param>
    /// <param name="start">What the chain begins with.</param>
    /// <param name="place">Where the message points to.</param>
    /// <param name="unfinished">The use of a block of which more layers follow; its layers are steps of their own.</param>
    public static string Chain(IReadOnlyList<Layer> layers, string start, Location? place, BlockUse? unfinished = null)
    {
        List<string> steps = [start];
        for (int index = 0; index < layers.Count; index++)
        {
            Layer layer = layers[index];
            if (layer.Use is { } use && use != unfinished)
            {
                Shape input = layer.Input;
                while (index + 1 < layers.Count && layers[index + 1].Use == use)
                    index++;
                if (layers[index].Output != input)
                    steps.Add($"{use.Block} {layers[index].Output}");
                continue;
            }

            // A linear layer and the reshape that it brings are one step to the user, and layers that keep the shape are none.
            if (layer.Output == layer.Input || (index + 1 < layers.Count && layers[index + 1] is { Kind: "reshape" } reshape && layer.Kind == "linear" && reshape.Origin == layer.Origin))
                continue;
            string kind = layer.Kind == "reshape" && index > 0 && layers[index - 1].Kind == "linear" && layers[index - 1].Origin == layer.Origin ? "linear" : layer.Kind;
            string line = layer.Origin is { Line: > 0 } origin && origin != place ? $" ({origin.SeenFrom(place)})" : "";
            steps.Add($"{kind} {layer.Output}{line}");
        }

        return string.Join(" -> ", steps.Count <= 24 ? steps : [.. steps.Take(12), "…", .. steps.TakeLast(11)]);
    }

    /// <summary>The end of a message about a layer of a block: in which use the fault shows.</summary>
    private static string InBlock(Layer layer) => layer.Use is { } use ? $" (block '{use.Block}', used in {use.Origin.SeenFrom(layer.Origin)})" : "";

    private static Shape? Advance(Layer layer, Arguments arguments, Shape current, List<Layer> done, string network, DiagnosticBag bag)
    {
        ShapeResult result = layer.Definition.Infer(arguments, current);
        if (!result.IsValid)
        {
            string before = done.Count == 0 ? "" : $" ({Chain(done, done[0].Input.ToString(), layer.Origin, layer.Use)})";
            bag.Add(result.Code ?? DiagnosticTable.Meaning.LayerShape, layer.Origin, result.Error + before + InBlock(layer));
            return null;
        }

        Layer shaped = layer with { Arguments = arguments, Input = current, Output = result.Shape };
        if (Elements(result.Shape) > int.MaxValue || shaped.Weights.Any(weight => Elements(weight.Shape) > int.MaxValue))
        {
            bag.Add(DiagnosticTable.Meaning.ModelTooLarge, layer.Origin, $"'{layer.Kind}' in the {network} makes {current} into {result.Shape} with an array of more than 2,147,483,647 numbers; make it smaller");
            return null;
        }

        done.Add(shaped);
        return result.Shape;
    }

    /// <summary>For each layer the shape that must come out of it, empty where that is not clear.</summary>
    private static Shape[] Targets(IReadOnlyList<Layer> layers, Shape? target)
    {
        Shape[] targets = new Shape[layers.Count];
        Shape wanted = target ?? [];
        for (int index = layers.Count - 1; index >= 0; index--)
        {
            targets[index] = wanted;
            if (wanted.Rank > 0)
                wanted = layers[index].Definition.Before(layers[index].Arguments, wanted);
        }

        return targets;
    }

    private static Shape Flat(Shape shape) => [checked((int)shape.Size)];

    /// <summary>In doubles, which do not overflow.</summary>
    private static double Elements(Shape shape) => shape.Aggregate(1.0, (product, size) => product * size);
}
