using System.Globalization;
using Vae.Dsl.Catalogue.Layers;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>What fits by its shape and yet cannot be meant: layers compared with the data and with their neighbours.</summary>
internal sealed class LayerConsistency(Spec spec, DiagnosticBag bag)
{
    private const string StepsFirst = "[T,F]";
    private const string ChannelsFirst = "[C,T]";

    public void Check()
    {
        CheckEmbeddings();
        foreach (Layer layer in spec.Encoder.AllLayers.Concat(spec.Decoder.AllLayers))
            CheckDropout(layer);
        CheckOrder(spec.Encoder.Layers, spec.Data.Window is null ? null : StepsFirst, "data.window");
        CheckOrder(spec.Decoder.Layers, null, "latent");
    }

    /// <summary>Whole numbers are in the data and nowhere else: what a layer computes is no index, and no gradient goes through one.</summary>
    private void CheckEmbeddings()
    {
        Layer? first = spec.Encoder.Layers.FirstOrDefault(layer => layer.Kind is not ("flatten" or "reshape"));
        foreach (Layer layer in spec.Encoder.AllLayers.Concat(spec.Decoder.AllLayers).Where(layer => layer.Kind == "embedding"))
        {
            if (!ReferenceEquals(layer, first))
                bag.Add(DiagnosticTable.Meaning.Embedding, layer.Origin, "'embedding' reads the whole numbers of the data, so it can only be the encoder's first layer; put it there");
            else if (spec.Data.Scale != Scaling.None && spec.Data.Binarize == Binarization.None)
                bag.Add(DiagnosticTable.Meaning.Embedding, layer.Origin, $"'embedding' reads whole numbers, but 'data.scale' is {spec.Data.Scale.ToString().ToLowerInvariant()}, which makes others of them; write 'scale: none'");
            else if (spec.Data.Binarize != Binarization.None && layer.Arguments.Int("num") < 2)
                bag.Add(DiagnosticTable.Meaning.Embedding, layer.Origin, "binarized data holds 0 and 1, but 'embedding' has one row; write 'num: 2'");
        }
    }

    private void CheckDropout(Layer layer)
    {
        if (layer.Kind is "gru" or "lstm" && layer.Arguments.Int("layers") == 1 && layer.Arguments.Float("dropout") > 0)
            bag.Add(DiagnosticTable.Meaning.NoEffect, layer.Origin, $"'dropout' of '{layer.Kind}' works between stacked layers, and there is one; write 'layers: 2', or add '- dropout: {layer.Arguments.Float("dropout").ToString(CultureInfo.InvariantCulture)}' behind it");
    }

    /// <summary>Follows the order of a series' axes as far as layers tell it, and returns that of the last.</summary>
    private string? CheckOrder(IEnumerable<Layer> layers, string? order, string giver)
    {
        foreach (Layer layer in layers)
        {
            if (layer.Input.Rank == 2 && order is not null && Reads(layer) is string reads && reads != order)
            {
                string remedy = layer.Kind is "gru" or "lstm" ? $"write 'channels-last: true' in '{giver}'"
                    : order == StepsFirst ? $"write 'channels-last: true' in '{layer.Kind}'"
                    : $"leave 'channels-last' out of '{layer.Kind}'";
                bag.Add(DiagnosticTable.Meaning.SeriesOrder, layer.Origin, $"'{layer.Kind}' reads {layer.Input} as {reads}, but '{giver}' gives {order}; {remedy} unless that is meant");
            }

            string? given = Gives(layer, order, giver);
            giver = given == order ? giver : layer.Kind;
            order = given;
        }

        return order;
    }

    /// <summary>The order that a layer takes two axes to be in; <c>null</c> where it does not matter to it.</summary>
    private static string? Reads(Layer layer) => layer.Kind switch
    {
        "gru" or "lstm" => StepsFirst,
        "conv1d" or "conv-transpose1d" or "batchnorm" or "groupnorm" => SeriesWindow.IsLast(layer.Arguments) ? StepsFirst : ChannelsFirst,
        _ => null,
    };

    private string? Gives(Layer layer, string? order, string giver) => layer.Output.Rank != 2 ? null : layer.Kind switch
    {
        "gru" or "lstm" or "repeat" or "embedding" => StepsFirst,
        "conv1d" or "conv-transpose1d" => Reads(layer),
        "reshape" => null,
        "residual" => CheckOrder(layer.Inner, order, giver),
        _ => order,
    };
}
