namespace Vae.Artifacts.Drawing;

/// <summary>
/// The colours of all pictures. The categories are the eight of Okabe and Ito (2008, "Color Universal Design"; the yellow a little
/// darker, so that it shows on white) and two more, chosen so that no pair that holds one of them is closer than the closest pair
/// of the eight, in OKLab, for normal vision and the three dichromacies (Machado, Oliveira and Fernandes 2009).
/// </summary>
internal static class Palette
{
    public static Paint Paper { get; } = new("paper", "#ffffff", "#14181f");

    public static Paint Ink { get; } = new("ink", "#1c2330", "#e8ecf2");

    public static Paint Muted { get; } = new("muted", "#5a6475", "#a3adbd");

    public static Paint Axis { get; } = new("axis", "#8b94a3", "#6b7686");

    public static Paint Grid { get; } = new("grid", "#e4e7ec", "#2b323d");

    public static IReadOnlyList<Paint> Categories { get; } =
    [
        new("c0", "#0072b2", "#3a8fd0"),
        new("c1", "#e69f00", "#f0a818"),
        new("c2", "#009e73", "#10b484"),
        new("c3", "#d55e00", "#e8702a"),
        new("c4", "#cc79a7", "#e29cc4"),
        new("c5", "#56b4e9", "#8ccbf2"),
        new("c6", "#e8db30", "#f0e442"),
        new("c7", "#1a1a1a", "#f5f5f5"),
        new("c8", "#903018", "#a8432a"),
        new("c9", "#1800a8", "#4f5bd0"),
    ];

    public static Paint Blue => Categories[0];

    public static Paint Orange => Categories[1];

    public static Paint Green => Categories[2];

    public static Paint Vermilion => Categories[3];

    /// <summary>Every paint, so that a page can state all dark values once.</summary>
    public static IReadOnlyList<Paint> All { get; } = [Paper, Ink, Muted, Axis, Grid, .. Categories];
}
