using System.Runtime.ExceptionServices;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Torch;

/// <summary>From a spec and its data to a trained model, as plain arrays.</summary>
public static class Trainer
{
    /// <summary>Part of every fingerprint: rises when the same spec, data and seed would train to something else than before.</summary>
    public const int SemanticVersion = 1;

    /// <summary>
    /// Trains, evaluates on the test split where there is one, and answers the requests. Works on a thread of its own and waits for
    /// it. The same spec, data, seed, threads, device and machine give the same bits.
    /// </summary>
    /// <param name="spec">What is trained.</param>
    /// <param name="data">What <see cref="DataSetLoader.Load(DataSpec, DataLoadOptions)"/> read for this spec.</param>
    /// <param name="options">Progress, cancellation, requests, threads, device, checkpoints; <c>null</c> for none of them.</param>
    /// <exception cref="VaeException">VAE0001: libtorch cannot be loaded. VAE4xxx: the training cannot start, or diverged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Checkpoints are asked for every so many epochs, and these are fewer than 1.</exception>
    /// <exception cref="OperationCanceledException">The options' token says so. Nothing is kept but what the options' checkpoints are saved to.</exception>
    public static TrainingResult Train(Spec spec, DataSet data, TrainOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new TrainOptions();
        if (options.CheckpointEvery is int every)
            ArgumentOutOfRangeException.ThrowIfLessThan(every, 1, nameof(options));
        options.Cancellation.ThrowIfCancellationRequested();

        // Dispose scopes, the gradient mode, threads and the treatment of denormals belong to a thread: this one is nobody else's.
        TrainingResult? result = null;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                result = new TrainingRun(spec, data, options).Run();
            }
#pragma warning disable CA1031 // The exception is thrown again where Train was called.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            Name = "Vae training",
            IsBackground = true,
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
