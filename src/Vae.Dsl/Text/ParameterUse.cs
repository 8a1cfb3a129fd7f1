using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Text;

/// <summary>A parameter that gave a value.</summary>
/// <param name="Name">The name between <c>$(</c> and <c>)</c>; several joined with commas where a text is put together from several.</param>
/// <param name="Place">Where the value was written: a default, <c>with:</c>, an argument of <c>use:</c>, or <c>--param</c>.</param>
internal sealed record ParameterUse(string Name, Location Place);
