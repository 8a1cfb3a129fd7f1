namespace Vae.Dsl;

/// <summary>How raw values become numbers.</summary>
public enum Scaling
{
    /// <summary>0..1: bytes by 255; tables and float arrays by the training set's minimum and maximum of each feature.</summary>
    Unit,

    /// <summary>−1..1.</summary>
    Symmetric,

    /// <summary>Mean 0 and standard deviation 1 of each feature of the training set.</summary>
    Standard,

    /// <summary>As they are.</summary>
    None,
}
