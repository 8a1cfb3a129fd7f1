namespace Vae.Dsl;

/// <summary>What a length of training is counted in.</summary>
public enum TimeUnit
{
    /// <summary>Passes over the training set.</summary>
    Epochs,

    /// <summary>Batches.</summary>
    Steps,
}
