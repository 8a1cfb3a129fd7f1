namespace Vae.Artifacts.Drawing;

/// <summary>A place on a scene: x to the right, y downwards, in CSS pixels.</summary>
internal readonly record struct Point(double X, double Y);
