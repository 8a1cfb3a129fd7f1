namespace Vae.Tool.Watching;

/// <summary>What a training does at the moment.</summary>
internal enum TrainingStage
{
    /// <summary>Loads libtorch and data, or waits for the graphics card.</summary>
    Preparing,

    /// <summary>Goes through its epochs.</summary>
    Training,

    /// <summary>Evaluates, draws and writes its files.</summary>
    Finishing,
}
