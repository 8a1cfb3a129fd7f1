namespace Vae.Artifacts.Drawing;

/// <summary>
/// The embedded fonts: parts of Roboto (Latin-1, Greek letters, subscripts, superscripts, mathematical signs). Pictures never
/// ask the system for a font, so they look the same everywhere, on machines without any font too.
/// </summary>
internal static class Fonts
{
    /// <summary>The CSS name of the embedded font; a system font of that name is never meant.</summary>
    public const string Family = "Vae Roboto";

    private static readonly Lazy<TrueTypeFont> Regular = new(() => Load("Roboto-Regular.ttf"));

    private static readonly Lazy<TrueTypeFont> Medium = new(() => Load("Roboto-Medium.ttf"));

    /// <summary>The font of that weight.</summary>
    public static TrueTypeFont Of(FontWeight weight) => weight == FontWeight.Medium ? Medium.Value : Regular.Value;

    private static TrueTypeFont Load(string file)
    {
        string name = $"Vae.Artifacts.Drawing.Fonts.{file}";
        using Stream stream = typeof(Fonts).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {name}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new TrueTypeFont(bytes);
    }
}
