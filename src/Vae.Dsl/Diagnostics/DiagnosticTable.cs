using System.Reflection;

namespace Vae.Dsl.Diagnostics;

/// <summary>
/// Every code there is: VAE0xxx environment, 1xxx syntax and keys, 2xxx meaning and shapes, 3xxx data,
/// 4xxx training, 5xxx snapshots and checks, 6xxx cache and lock. One nested class a range, each in a file of its own.
/// The docs page is made from this table.
/// </summary>
public static partial class DiagnosticTable
{
    private static readonly Lazy<IReadOnlyList<DiagnosticCode>> AllCodes = new(() =>
    [
        .. typeof(DiagnosticTable).GetNestedTypes(BindingFlags.Public)
            .SelectMany(range => range.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticCode>()
            .OrderBy(code => code.Id, StringComparer.Ordinal),
    ]);

    /// <summary>All codes, ordered by id.</summary>
    public static IReadOnlyList<DiagnosticCode> All => AllCodes.Value;
}
