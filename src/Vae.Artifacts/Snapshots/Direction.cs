namespace Vae.Artifacts.Snapshots;

/// <summary>Which deviations of a number count.</summary>
public enum Direction
{
    /// <summary>Both: a better result is a change as well, and is looked at before it is accepted.</summary>
    Both,

    /// <summary>Smaller is better: only a rise counts.</summary>
    LowerIsBetter,

    /// <summary>Larger is better: only a fall counts.</summary>
    HigherIsBetter,
}
