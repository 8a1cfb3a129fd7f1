namespace Vae.Dsl.Catalogue;

/// <summary>What a label may become under <c>condition: label:</c>.</summary>
public static class ConditionCatalogue
{
    /// <summary>The most classes there may be; more are taken for numbers that are no labels at all.</summary>
    public const int MostClasses = 65_536;

    /// <summary>The rows.</summary>
    public static ComponentCatalogue Rows { get; } = new(
        "label form",
        new ComponentKind("one-hot", "A 1 at the label's place among zeros: as many numbers as there are classes.", []),
        new ComponentKind("embedding", "A row of a trained table, for many classes.", [
            new Argument("size", ArgumentType.Int, "How many numbers a label becomes.") { Default = 8, Min = 1, Max = 65_536 }], main: "size"));
}
