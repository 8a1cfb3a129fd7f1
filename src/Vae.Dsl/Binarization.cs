namespace Vae.Dsl;

/// <summary>Whether values in 0..1 become 0 or 1.</summary>
public enum Binarization
{
    /// <summary>They stay grey.</summary>
    None,

    /// <summary>Once, at 0.5.</summary>
    Static,

    /// <summary>Anew at every access: 1 with the value as probability.</summary>
    Dynamic,
}
