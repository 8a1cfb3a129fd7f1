using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The losses of the steps of an epoch. They are written to a small tensor on the device and read from there now and then, all at once:
/// at every step on the CPU, where reading is free, seldom on a device that would have to be waited for. Each step's numbers survive
/// until they are read, so that a NaN is pinned down to its step. Sums are kept in double precision.
/// </summary>
internal sealed class LossLog : IDisposable
{
    private readonly Tensor values;
    private readonly (Tensor Reconstruction, Tensor Kl)[] cells;
    private readonly (int Step, int Examples, double Weight)[] pending;
    private int waiting;
    private double reconstruction;
    private double kl;
    private double loss;
    private long examples;

    /// <summary>Creates a log.</summary>
    /// <param name="capacity">How many steps are kept between two readings.</param>
    /// <param name="device">Where the losses are.</param>
    public LossLog(int capacity, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        values = zeros([capacity, 2], float32, device).DetachFromDisposeScope();
        pending = new (int, int, double)[capacity];
        cells = [.. Enumerable.Range(0, capacity).Select(row => (values[row, 0].DetachFromDisposeScope(), values[row, 1].DetachFromDisposeScope()))];
    }

    /// <summary>Whether it must be read before the next step is written.</summary>
    public bool IsFull => waiting == pending.Length;

    /// <summary>How many steps have not been read yet.</summary>
    public int WaitingSteps => waiting;

    /// <summary>The means over the examples read so far in this epoch.</summary>
    public EpochLosses Means => new(loss / examples, reconstruction / examples, kl / examples);

    /// <summary>The step read last whose losses are finite, with its losses; <c>null</c> before there was one.</summary>
    public StepLosses? LastFinite { get; private set; }

    /// <summary>Writes the losses of a step.</summary>
    public void Add(Tensor stepReconstruction, Tensor stepKl, int step, int batch, double weight)
    {
        using IDisposable frozen = no_grad();
        cells[waiting].Reconstruction.copy_(stepReconstruction);
        cells[waiting].Kl.copy_(stepKl);
        pending[waiting++] = (step, batch, weight);
    }

    /// <summary>Reads what waits.</summary>
    /// <returns>The first step with a loss that is not finite; <c>null</c> where all are.</returns>
    public StepLosses? Read(int epoch)
    {
        float[] numbers = waiting == 0 ? [] : TensorArrays.ToFloats(values);
        int count = waiting;
        waiting = 0;
        for (int row = 0; row < count; row++)
        {
            (int step, int batch, double weight) = pending[row];
            var losses = new StepLosses(epoch, step, numbers[2 * row], numbers[(2 * row) + 1]);
            if (!losses.IsFinite)
                return losses;
            LastFinite = losses;
            examples += batch;
            reconstruction += losses.Reconstruction * batch;
            kl += losses.Kl * batch;
            loss += (losses.Reconstruction + (weight * losses.Kl)) * batch;
        }

        return null;
    }

    /// <summary>Starts the next epoch's sums.</summary>
    public void Restart()
    {
        reconstruction = kl = loss = 0;
        examples = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((Tensor first, Tensor second) in cells)
        {
            first.Dispose();
            second.Dispose();
        }

        values.Dispose();
    }
}
