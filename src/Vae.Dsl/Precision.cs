namespace Vae.Dsl;

/// <summary>What tensors are computed in.</summary>
public enum Precision
{
    /// <summary>32-bit floats.</summary>
    Float32,

    /// <summary>64-bit floats: slower, to tell a rounding error from a fault.</summary>
    Float64,
}
