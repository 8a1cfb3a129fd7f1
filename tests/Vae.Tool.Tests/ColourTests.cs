using StbImageSharp;

namespace Vae.Tool.Tests;

/// <summary>Colour from a folder of pictures to the plots.</summary>
public sealed class ColourTests : IDisposable
{
    /// <summary>8×8 pixels of the colour (200, 100, 50).</summary>
    private const string Orange = "/9j/2wBDAAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAj/wAARCAAIAAgDAREAAhEAAxEA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACAAMAAD8Ajcq7Z//Z";

    private readonly Workspace workspace = new();

    [Theory]
    [InlineData("[3, 8, 8]", "flatten, linear: {out: 8, act: relu}")]
    [InlineData("[192]", "linear: {out: 8, act: relu}")]
    public void Pictures_are_shown_in_their_colours(string shape, string encoder)
    {
        for (int i = 0; i < 12; i++)
        {
            Directory.CreateDirectory(workspace["pictures"]);
            File.WriteAllBytes(workspace[$"pictures/{i}.jpg"], Convert.FromBase64String(Orange));
        }

        string spec = workspace.Spec($$"""
            vae: 1
            name: colour
            data: {source: images, path: pictures, shape: {{shape}}, test: 2}
            encoder: [{{encoder}}]
            latent: 2
            decoder: [linear: {out: 8, act: relu}, linear: {out: auto, act: sigmoid}]
            loss: {reconstruction: mse, kl: 0.01}
            train: {epochs: 60, batch: 10, lr: 3e-2, seed: 7, threads: 1}
            artifacts: {plots: [reconstructions: {count: 2}, samples: 4], onnx: [], report: none}
            """, "colour.vae.yaml");

        Workspace.Outcome outcome = Workspace.Vae("train", spec, "--output", workspace["colour"]);

        Assert.Equal((ExitCode.Success, ""), (outcome.Code, outcome.Error));
        Assert.InRange(Share("reconstructions"), 0.02, 1);
        Assert.InRange(Share("samples"), 0.02, 1);
    }

    public void Dispose() => workspace.Dispose();

    /// <summary>How much of a plot has the pictures' colour, give or take a little.</summary>
    private double Share(string plot)
    {
        ImageResult image = ImageResult.FromMemory(File.ReadAllBytes(workspace[$"colour/plots/{plot}.png"]), ColorComponents.RedGreenBlue);
        int near = Enumerable.Range(0, image.Width * image.Height).Count(pixel =>
            Math.Abs(image.Data[3 * pixel] - 200) < 25 && Math.Abs(image.Data[(3 * pixel) + 1] - 100) < 25 && Math.Abs(image.Data[(3 * pixel) + 2] - 50) < 25);
        return (double)near / (image.Width * image.Height);
    }
}
