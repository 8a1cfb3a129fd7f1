namespace Vae.Artifacts.Report.Sections;

/// <summary>A part of the page.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Html">What stands below that.</param>
internal sealed record Section(string Id, string Title, string Html);
