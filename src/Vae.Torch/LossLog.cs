using TorchSharp;
using Vae.Torch.Losses;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The losses of the steps of an epoch. They are written to a small tensor on the device and read from there now and then, all at once:
/// at every step on the CPU, where reading is free, seldom on a device that would have to be waited for. Each step's numbers survive
/// until they are read, so that a NaN is pinned down to its step. Sums are kept in double precision.
/// </summary>
internal sealed class LossLog : IDisposable
{
    private readonly LossFormula formula;
    private readonly bool hasFloor;
    private readonly int width;
    private readonly Tensor values;
    private readonly Tensor[,] cells;
    private readonly (int Step, int Examples, Coefficients Coefficients)[] pending;
    private readonly double[] sums;
    private int waiting;
    private double loss;
    private long examples;

    /// <summary>Creates a log.</summary>
    /// <param name="formula">How the parts make the loss.</param>
    /// <param name="hasFloor">Whether batches come with a floored KL.</param>
    /// <param name="terms">How many regularizers batches come with.</param>
    /// <param name="capacity">How many steps are kept between two readings.</param>
    /// <param name="type">What the losses are computed in.</param>
    /// <param name="device">Where the losses are.</param>
    public LossLog(LossFormula formula, bool hasFloor, int terms, int capacity, ScalarType type, Device device)
    {
        this.formula = formula;
        this.hasFloor = hasFloor;
        width = (hasFloor ? 3 : 2) + terms;
        sums = new double[width];
        pending = new (int, int, Coefficients)[capacity];
        cells = new Tensor[capacity, width];
        using DisposeScope scope = NewDisposeScope();
        values = zeros([capacity, width], type, device).DetachFromDisposeScope();
        for (int row = 0; row < capacity; row++)
        {
            for (int column = 0; column < width; column++)
                cells[row, column] = values[row, column].DetachFromDisposeScope();
        }
    }

    /// <summary>Whether it must be read before the next step is written.</summary>
    public bool IsFull => waiting == pending.Length;

    /// <summary>How many steps have not been read yet.</summary>
    public int WaitingSteps => waiting;

    /// <summary>The means over the examples read so far in this epoch.</summary>
    public EpochLosses Means => new(loss / examples, Parts(column => sums[column] / examples));

    /// <summary>The step read last whose losses are finite, with its losses; <c>null</c> before there was one.</summary>
    public StepLosses? LastFinite { get; set; }

    /// <summary>Writes the losses of a step.</summary>
    public void Add(BatchLosses losses, int step, int batch, Coefficients coefficients)
    {
        using IDisposable frozen = no_grad();
        int column = 0;
        cells[waiting, column++].copy_(losses.Reconstruction);
        cells[waiting, column++].copy_(losses.Kl);
        if (hasFloor)
            cells[waiting, column++].copy_(losses.FlooredKl!);
        foreach (Tensor term in losses.Terms)
            cells[waiting, column++].copy_(term);
        pending[waiting++] = (step, batch, coefficients);
    }

    /// <summary>Reads what waits.</summary>
    /// <returns>The first step with a loss that is not finite; <c>null</c> where all are.</returns>
    public StepLosses? Read(int epoch)
    {
        double[] numbers = waiting == 0 ? [] : TensorArrays.ToDoubles(values);
        int count = waiting;
        waiting = 0;
        for (int row = 0; row < count; row++)
        {
            (int step, int batch, Coefficients coefficients) = pending[row];
            int start = row * width;
            var losses = new StepLosses(epoch, step, Parts(column => numbers[start + column]));
            if (!losses.Parts.IsFinite)
                return losses;
            LastFinite = losses;
            examples += batch;
            for (int column = 0; column < width; column++)
                sums[column] += numbers[start + column] * batch;
            loss += formula.Total(losses.Parts, coefficients) * batch;
        }

        return null;
    }

    /// <summary>Starts the next epoch's sums.</summary>
    public void Restart()
    {
        Array.Clear(sums);
        loss = 0;
        examples = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor cell in cells)
            cell.Dispose();
        values.Dispose();
    }

    private LossParts Parts(Func<int, double> at)
    {
        int first = hasFloor ? 3 : 2;
        double[] terms = width == first ? [] : new double[width - first];
        for (int term = 0; term < terms.Length; term++)
            terms[term] = at(first + term);
        return new LossParts(at(0), at(1), at(hasFloor ? 2 : 1), terms);
    }
}
