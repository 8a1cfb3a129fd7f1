using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Building;

/// <summary>A catalogue's row, written by a call.</summary>
internal static class ComponentCall
{
    /// <summary>The row with what was given; <c>null</c> values are left out, so that the catalogue's default holds.</summary>
    /// <param name="method">The call: <c>Optimizers.Adam</c>.</param>
    /// <param name="kind">The row's name.</param>
    /// <param name="arguments">The row's arguments.</param>
    public static Component Written(string method, string kind, params (string Key, object? Value)[] arguments)
    {
        KeyValuePair<string, object>[] given = [.. arguments.Where(argument => argument.Value is not null).Select(argument => KeyValuePair.Create(argument.Key, argument.Value!))];
        Location origin = CallSite.Whole(method, given);
        return new Component(kind, new Arguments(given)) { Origin = origin };
    }
}
