namespace Vae.Artifacts.Drawing;

/// <summary>The two weights that are embedded.</summary>
internal enum FontWeight
{
    Regular = 400,
    Medium = 500,
}
