using Vae.Dsl;

namespace Vae.Torch.Losses.Terms;

/// <summary>Every regularizer by its row's name. A new one is a file here and a line in the table.</summary>
internal static class LossTerms
{
    private static readonly Dictionary<string, Func<Arguments, LossTerm>> Rows = new(StringComparer.Ordinal)
    {
        ["dip"] = arguments => new DipTerm(arguments),
        ["mmd"] = arguments => new MmdTerm(arguments),
        ["tc"] = arguments => new TcTerm(arguments),
    };

    /// <summary>The names there are.</summary>
    public static IEnumerable<string> Names => Rows.Keys;

    /// <summary>The regularizer of a spec's row.</summary>
    public static LossTerm Create(Component term) => Rows[term.Kind](term.Arguments);
}
