namespace Vae.Artifacts.Drawing;

/// <summary>A colour by its part in a picture: one value on white paper, one on a dark screen. PNG shows the light one.</summary>
/// <param name="Name">The end of the CSS classes <c>f-…</c> (fill) and <c>s-…</c> (stroke) that carry the dark value.</param>
internal sealed record Paint(string Name, Colour Light, Colour Dark)
{
    public Paint(string name, string light, string dark)
        : this(name, Colour.Parse(light), Colour.Parse(dark))
    {
    }
}
