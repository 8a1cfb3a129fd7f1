namespace Vae.Dsl;

/// <summary>Whether values in 0..1 become 0 or 1.</summary>
public enum Binarization
{
    /// <summary>They stay grey.</summary>
    None,

    /// <summary>1 from 0.5 on.</summary>
    Threshold,

    /// <summary>Drawn once, 1 with the value as probability, as the binarized MNIST of Salakhutdinov and Murray 2008 was.</summary>
    Static,

    /// <summary>Drawn anew at every access, 1 with the value as probability.</summary>
    Dynamic,
}
