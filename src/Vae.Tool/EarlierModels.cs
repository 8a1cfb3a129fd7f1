using Vae.Artifacts;
using Vae.Artifacts.Store;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;

namespace Vae.Tool;

/// <summary>Looks for a model that was trained before: in the output folder, then in the store.</summary>
/// <param name="spec">What is asked for.</param>
/// <param name="inputs">What it would be trained from.</param>
/// <param name="values">Every value of the resolved spec.</param>
/// <param name="output">The output folder.</param>
/// <param name="store">The store, or <c>null</c>.</param>
/// <param name="reporter">Told what is found.</param>
internal sealed class EarlierModels(Spec spec, InputRecord inputs, IReadOnlyList<Origin> values, string output, ModelStore? store, ITrainingReporter reporter)
{
    private string Short => inputs.Fingerprint[..12];

    /// <summary>
    /// Waits while another process trains the same. Whoever has this alone looks for the model, trains where there is none, and puts it
    /// into the store; <c>null</c> where there is no store, or one that can only be read.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled while it waited.</exception>
    public FileLock? Enter(CancellationToken cancellationToken)
    {
        try
        {
            return store is null ? null : FileLock.Take(store.LockOf(inputs.Fingerprint), owner => reporter.Waits(owner, "which trains the same"), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Has the output folder hold the model, if that is possible without a training.</summary>
    /// <param name="expected">The lock file's entry, whose files it must be; <c>null</c> where any result of the inputs will do.</param>
    /// <param name="specPath">The spec, for messages.</param>
    /// <exception cref="VaeException">VAE6003: there are models, but not those of the entry.</exception>
    public bool Find(SpecLockEntry? expected, string specPath)
    {
        string? difference = null;
        if (ArtifactFolder.VerifiedInputsOf(output)?.Fingerprint == inputs.Fingerprint)
        {
            difference = expected?.DifferenceTo(SpecLockEntry.Of(output)!.Outputs);
            if (difference is null)
            {
                reporter.UpToDate(spec, output);
                if (store?.Has(inputs.Fingerprint) == false)
                    Keep();
                return true;
            }
        }

        if (store is not null && store.Find(inputs.Fingerprint) is { Status: not StoreStatus.Missing } answer)
        {
            if (answer.Status == StoreStatus.Broken)
            {
                reporter.Note(spec, $"the store's entry {Short} is broken and was dropped: {answer.Reason}");
            }
            else if (expected?.DifferenceTo(answer.Outputs) is { } other)
            {
                difference = other;
            }
            else
            {
                answer.WriteTo(output);
                reporter.Restored(spec, output, store.Folder);
                return true;
            }
        }

        return difference is null
            ? false
            : throw new VaeException(DiagnosticTable.Store.ModelDiffers.At(
                new Location(specPath, 1, 1),
                $"the model that is here was trained from the same inputs, but is not the one of the lock file: {difference}"));
    }

    /// <summary>Puts the output into the store.</summary>
    public void Keep()
    {
        if (store?.Put(output) is { } why)
            reporter.Note(spec, $"the model could not be put into the store {store.Folder}: {why}");
    }

    /// <summary>Why a training is needed, compared with the result that is there, or else with the lock file.</summary>
    /// <param name="locked">The lock file's entry, or <c>null</c>.</param>
    public IReadOnlyList<string> Reasons(SpecLockEntry? locked)
    {
        if (ArtifactFolder.InputsOf(output) is { } before)
            return before.ChangesTo(inputs, SpecValues.Of(output), values) is { Count: > 0 } changes ? changes : ["a file of the earlier result is missing or altered"];
        if (locked is null)
            return ["there is no earlier result"];
        return locked.Inputs.ChangesTo(inputs, store?.ValuesOf(locked.Inputs.Fingerprint) ?? [], values) is { Count: > 0 } since
            ? since
            : ["the model of the lock file is neither here nor in the store"];
    }
}
