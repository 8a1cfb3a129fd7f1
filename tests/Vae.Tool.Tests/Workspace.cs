using System.Buffers.Binary;
using System.Globalization;

namespace Vae.Tool.Tests;

/// <summary>A folder of its own for one test, with a small data set and a spec that trains in a blink.</summary>
public sealed class Workspace : IDisposable
{
    public const string TinySpec = """
        vae: 1
        name: tiny
        data: {source: idx, path: images-idx3-ubyte, labels: labels-idx1-ubyte, shape: [36], test: 16}
        encoder:
          - linear: {out: 16, act: relu}
        latent: 2
        decoder:
          - linear: {out: 16, act: relu}
          - linear: {out: auto, act: sigmoid}
        loss: {reconstruction: bce, kl: 0.5}
        train: {epochs: 3, batch: 16, optimizer: adam, lr: 1e-2, seed: 7, threads: 1}
        artifacts: {plots: [loss]}
        checks: {metrics: {test.reconstruction: {max: 1000}}}
        variants:
          strict: {checks: {metrics: {test.reconstruction: {max: 0.001}}}}
          short: {train: {epochs: 1}}

        """;

    public Workspace()
    {
        Folder = Directory.CreateTempSubdirectory("vae-tool-").FullName;
        WriteImages();
    }

    public string Folder { get; }

    public string this[string name] => Path.Combine(Folder, name);

    public string Spec(string text = TinySpec, string name = "tiny.vae.yaml")
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public static Outcome Vae(params string[] args) => Vae(CancellationToken.None, args);

    public static Outcome Vae(CancellationToken cancellationToken, params string[] args)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int code = VaeCommand.Run(args, ToolConsole.Plain(output, error), cancellationToken);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>80 pictures of 6×6: a bright bar whose place is the label.</summary>
    private void WriteImages()
    {
        const int count = 80, side = 6;
        byte[] images = new byte[16 + (count * side * side)];
        byte[] labels = new byte[8 + count];
        BinaryPrimitives.WriteUInt32BigEndian(images, 0x00000803);
        BinaryPrimitives.WriteUInt32BigEndian(images.AsSpan(4), count);
        BinaryPrimitives.WriteUInt32BigEndian(images.AsSpan(8), side);
        BinaryPrimitives.WriteUInt32BigEndian(images.AsSpan(12), side);
        BinaryPrimitives.WriteUInt32BigEndian(labels, 0x00000801);
        BinaryPrimitives.WriteUInt32BigEndian(labels.AsSpan(4), count);
        for (int i = 0; i < count; i++)
        {
            int label = i % side;
            labels[8 + i] = (byte)label;
            for (int row = 0; row < side; row++)
                images[16 + (i * side * side) + (row * side) + label] = (byte)(200 + (i % 50));
        }

        File.WriteAllBytes(this["images-idx3-ubyte"], images);
        File.WriteAllBytes(this["labels-idx1-ubyte"], labels);
    }

    /// <summary>What a command left: exit code and both streams.</summary>
    public sealed record Outcome(int Code, string Out, string Error)
    {
        public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
