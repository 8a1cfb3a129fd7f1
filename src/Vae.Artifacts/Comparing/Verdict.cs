namespace Vae.Artifacts.Comparing;

/// <summary>How a number of one training stands to that of another.</summary>
public enum Verdict
{
    /// <summary>Equal within the tolerance.</summary>
    Same,

    /// <summary>Better by more than the tolerance.</summary>
    Better,

    /// <summary>Worse by more than the tolerance.</summary>
    Worse,

    /// <summary>Different by more than the tolerance, and nobody said which direction is good.</summary>
    Different,

    /// <summary>Only one of the two has it.</summary>
    Missing,
}
