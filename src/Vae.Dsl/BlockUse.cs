using Vae.Dsl.Diagnostics;

namespace Vae.Dsl;

/// <summary>The use of a block that a layer came from.</summary>
/// <param name="Block">The block's name.</param>
/// <param name="Origin">Where <c>use</c> is written.</param>
/// <param name="Index">Which of the uses that <c>each</c> makes, from 0.</param>
public sealed record BlockUse(string Block, Location Origin, int Index);
