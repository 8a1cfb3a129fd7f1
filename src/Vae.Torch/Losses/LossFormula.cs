using Vae.Dsl;
using static TorchSharp.torch;

namespace Vae.Torch.Losses;

/// <summary>
/// How the parts make the loss: reconstruction + weight · KL + Σ weight · term. With free bits the KL is the floored one; with a
/// capacity C it is |KL − C|.
/// </summary>
internal sealed class LossFormula
{
    private readonly bool hasCapacity;
    private readonly double[] termWeights;
    private readonly ScheduledValue weight;
    private readonly ScheduledValue? capacity;

    /// <summary>Creates the formula of a loss.</summary>
    /// <param name="loss">What the spec says.</param>
    /// <param name="stepsAnEpoch">Steps of a whole epoch.</param>
    public LossFormula(LossSpec loss, int stepsAnEpoch)
    {
        weight = new ScheduledValue(loss.KlWeight, stepsAnEpoch);
        capacity = loss.Capacity is null ? null : new ScheduledValue(loss.Capacity, stepsAnEpoch);
        hasCapacity = capacity is not null;
        termWeights = [.. loss.Terms.Select(term => term.Arguments.Float("weight"))];
        Final = new Coefficients(loss.KlWeight.Final, loss.Capacity?.Final ?? 0);
    }

    /// <summary>The coefficients after the training has run its course: those of the test and of early stopping.</summary>
    public Coefficients Final { get; }

    /// <summary>The coefficients at a step, counted from 0 over the whole training.</summary>
    public Coefficients At(long step) => new(weight.At(step), capacity?.At(step) ?? 0);

    /// <summary>The loss of numbers.</summary>
    public double Total(LossParts parts, Coefficients now)
    {
        double kl = hasCapacity ? Math.Abs(parts.Kl - now.Capacity) : parts.FlooredKl;
        double loss = parts.Reconstruction + (now.KlWeight * kl);
        for (int term = 0; term < termWeights.Length; term++)
            loss += termWeights[term] * parts.Terms[term];
        return loss;
    }

    /// <summary>The loss of a batch, through which gradients flow.</summary>
    public Tensor Total(BatchLosses parts, Coefficients now)
    {
        Tensor kl = hasCapacity ? (parts.Kl - now.Capacity).abs() : parts.FlooredKl ?? parts.Kl;
        Tensor loss = parts.Reconstruction + (kl * now.KlWeight);
        for (int term = 0; term < termWeights.Length; term++)
            loss += parts.Terms[term] * termWeights[term];
        return loss;
    }
}
