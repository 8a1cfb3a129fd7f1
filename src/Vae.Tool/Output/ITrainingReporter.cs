using Vae.Artifacts;
using Vae.Artifacts.Store;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;
using Vae.Torch;

namespace Vae.Tool.Output;

/// <summary>Tells a person or a program how a training goes.</summary>
internal interface ITrainingReporter
{
    /// <summary>Something is wrong, or worth a warning.</summary>
    void Report(Diagnostic diagnostic);

    /// <summary>Which files the result depends on beside the trainer: full paths, a folder for all that is in it.</summary>
    void Reads(IReadOnlyList<string> paths);

    /// <summary>What the training starts from, by name, and all of it as one number.</summary>
    void StartsFrom(InputRecord inputs, IReadOnlyList<KeyValuePair<string, string>> asked);

    /// <summary>Another process has what is wanted: the training of the same model, or the graphics card.</summary>
    void Waits(LockOwner? owner, string what);

    /// <summary>Nothing that is there fits, and it is trained, for these reasons; at least one.</summary>
    void Trains(Spec spec, IReadOnlyList<string> reasons);

    /// <summary>The model was in the store, and is now in the output.</summary>
    void Restored(Spec spec, string output, string store);

    /// <summary>What is in the output at the end: the digests of the files that hold the result, by path.</summary>
    void Leaves(IReadOnlyDictionary<string, string> outputs);

    /// <summary>Something that a person may want to know, and that is no fault of the spec.</summary>
    void Note(Spec spec, string text);

    /// <summary>The inputs are those of the files that are there; nothing is trained.</summary>
    void UpToDate(Spec spec, string output);

    /// <summary>The training goes on from a checkpoint after so many epochs; 0 where there is none, though one was asked for.</summary>
    void Resumes(string checkpoint, int epoch);

    /// <summary>There is a checkpoint, and nobody asked to go on from it.</summary>
    void IgnoresCheckpoint(string checkpoint);

    /// <summary>The training is cancelled, and its last whole epoch is kept.</summary>
    void Keeps(string checkpoint, int epoch);

    /// <summary>Runs the training between the first and the last line of its display.</summary>
    TrainingResult Run(Spec spec, int threads, string device, Func<IProgress<TrainingProgress>, TrainingResult> train);

    /// <summary>The files are written.</summary>
    void Done(TrainingResult result, string output);

    /// <summary>The spec is only a base for others, and the caller wants such specs passed over.</summary>
    void Abstract(string specPath);

    /// <summary>A point of a sweep comes next.</summary>
    void Point(SweepPoint point, int number, int count);

    /// <summary>
    /// The sweep is at its end, or was cancelled: then there are fewer outcomes than points. <paramref name="path"/> holds the table of the outcomes.
    /// </summary>
    void Swept(IReadOnlyList<SweepOutcome> outcomes, int count, string path);
}
