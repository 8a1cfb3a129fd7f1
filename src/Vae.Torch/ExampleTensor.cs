using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A split as one tensor on the device, in the type that it is kept in: bytes become numbers batch by batch, which costs nothing
/// measurable and a quarter of the memory. Windows of a series are a view over its rows, from which each batch takes its own.
/// </summary>
internal sealed class ExampleTensor : IDisposable
{
    private readonly Tensor numbers;
    private readonly Tensor raw;
    private readonly Tensor? starts;
    private readonly long[] shape;
    private readonly Tensor? labels;
    private readonly Scalar? scale;
    private readonly Scalar? offset;
    private readonly bool binarize;
    private readonly ScalarType type;

    /// <summary>Puts a split on the device.</summary>
    /// <param name="examples">The split.</param>
    /// <param name="binarize">Whether values become 0 or 1 by a draw at every access.</param>
    /// <param name="type">What batches are computed in. Values are those of 32-bit floats in any case.</param>
    /// <param name="device">Where to.</param>
    /// <param name="withLabels">Whether the model has a condition, and the labels are needed beside the values.</param>
    public ExampleTensor(Examples examples, bool binarize, ScalarType type, Device device, bool withLabels = false)
    {
        Count = examples.Count;
        this.binarize = binarize;
        this.type = type;
        using DisposeScope scope = NewDisposeScope();
        shape = [.. examples.Shape.Select(size => (long)size)];
        Tensor shared = examples.Bytes is not null ? frombuffer(examples.Bytes, uint8) : frombuffer(examples.Floats!, float32);
        numbers = shared.to(device).DetachFromDisposeScope();
        if (examples.Starts is null)
        {
            raw = numbers.reshape([Count, .. shape]).DetachFromDisposeScope();
        }
        else
        {
            // Row k of the view is what begins at number k: it overlaps the next but for one number, and takes no memory.
            long size = examples.Shape.Size;
            raw = numbers.as_strided([numbers.shape[0] - size + 1, size], [1, 1]).DetachFromDisposeScope();
            starts = tensor(Array.ConvertAll(examples.Starts, start => (long)start), int64).to(device).DetachFromDisposeScope();
        }

        if (withLabels)
            labels = ConditionLabels.ToTensor(examples.Labels!, device).DetachFromDisposeScope();
        if (examples.Bytes is not null)
        {
            scale = examples.Scale == 1 ? null : (Scalar)examples.Scale;
            offset = examples.Offset == 0 ? null : (Scalar)examples.Offset;
        }
    }

    /// <summary>How many examples.</summary>
    public int Count { get; }

    /// <summary>The examples at the given places, <c>[n, …shape]</c>; binarized by a draw where the spec asks for that.</summary>
    public Tensor Batch(Tensor indices, Generator noise) =>
        Values(starts is null ? raw.index_select(0, indices) : Windows(starts.index_select(0, indices)), noise);

    /// <summary>Examples in a row.</summary>
    public Tensor Range(long start, long count, Generator noise) =>
        Values(starts is null ? raw.narrow(0, start, count) : Windows(starts.narrow(0, start, count)), noise);

    /// <summary>The labels <c>[n]</c> of <see cref="Batch"/>; <c>null</c> for a model without a condition.</summary>
    public Tensor? Labels(Tensor indices) => labels?.index_select(0, indices);

    /// <summary>The labels <c>[n]</c> of <see cref="Range"/>; <c>null</c> for a model without a condition.</summary>
    public Tensor? LabelRange(long start, long count) => labels?.narrow(0, start, count);

    /// <summary>The smallest and the largest value of all.</summary>
    public (float Min, float Max) Bounds()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor ends = Convert(stack([numbers.min(), numbers.max()]));
        float[] bounds = TensorArrays.ToFloats(ends);
        return (bounds.Min(), bounds.Max());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        raw.Dispose();
        numbers.Dispose();
        starts?.Dispose();
        labels?.Dispose();
        scale?.Dispose();
        offset?.Dispose();
    }

    private Tensor Windows(Tensor places) => raw.index_select(0, places).reshape([places.shape[0], .. shape]);

    private Tensor Values(Tensor picked, Generator noise)
    {
        Tensor values = Convert(picked);
        // The scale of floats is fitted on the training set: in other splits a value may lie a little beyond 0..1, and is no probability there.
        if (binarize)
            values = (picked.dtype == float32 ? values.clamp(0, 1) : values).bernoulli(noise);
        return type == float32 ? values : values.to(type);
    }

    private Tensor Convert(Tensor picked)
    {
        Tensor values = picked.to(float32);
        if (scale is not null)
            values.mul_(scale);
        if (offset is not null)
            values.add_(offset);
        return values;
    }
}
