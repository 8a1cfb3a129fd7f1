namespace Vae.Dsl;

/// <summary>What a label is to the networks.</summary>
public enum ConditionKind
{
    /// <summary>A 1 at the label's place among zeros.</summary>
    OneHot,

    /// <summary>A row of a trained table.</summary>
    Embedding,
}
