namespace Vae.Dsl.Building;

/// <summary>What a label may become where layers join it. What is <c>null</c> takes the catalogue's default.</summary>
public static class Conditions
{
    /// <summary>A 1 at the label's place among zeros.</summary>
    public static Component OneHot() => ComponentCall.Written("Conditions.OneHot", "one-hot");

    /// <summary>A row of a trained table.</summary>
    public static Component Embedding(int? size = null) => ComponentCall.Written("Conditions.Embedding", "embedding", ("size", size));
}
