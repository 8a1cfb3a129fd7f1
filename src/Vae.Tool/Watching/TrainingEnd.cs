namespace Vae.Tool.Watching;

/// <summary>How a training ended.</summary>
internal enum TrainingEnd
{
    /// <summary>With a model.</summary>
    Trained,

    /// <summary>Without one: by an error, or because it was cancelled.</summary>
    WithoutResult,

    /// <summary>Its process is gone and could not clean up.</summary>
    Killed,
}
