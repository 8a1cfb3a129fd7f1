namespace Vae.Data.Named;

/// <summary>A step of the search for a named set.</summary>
/// <param name="Description">What a message calls it.</param>
/// <param name="Folders">Where the set's files may be, the nearest first; none where the machine has no such place.</param>
internal sealed record SearchPlace(string Description, IReadOnlyList<string> Folders);
