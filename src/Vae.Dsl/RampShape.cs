namespace Vae.Dsl;

/// <summary>How a weight goes from one value to another.</summary>
public enum RampShape
{
    /// <summary>A straight line.</summary>
    Linear,

    /// <summary>Half a cosine: slow, fast, slow.</summary>
    Cosine,

    /// <summary>A logistic curve: longer at both ends than the cosine.</summary>
    Sigmoid,
}
