namespace Vae.Dsl;

/// <summary>In which direction a number is better than its snapshot's, so that such a change passes.</summary>
public enum Better
{
    /// <summary>Smaller is better: only a rise counts.</summary>
    Lower,

    /// <summary>Larger is better: only a fall counts.</summary>
    Higher,
}
