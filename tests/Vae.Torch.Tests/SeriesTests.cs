using System.Diagnostics;
using TorchSharp;
using Vae.Data;
using Vae.Dsl;
using Vae.Dsl.Results;
using Vae.Torch.Native;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Windows of a series, which are a view over its rows.</summary>
public class SeriesTests
{
    private const int Rows = 500;
    private const int Features = 3;
    private const int Length = 24;

    private static readonly Shape Shape = [Length, Features];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_of_windows_is_what_explicit_copies_give(bool bytes)
    {
        TorchRuntime.EnsureLoaded();
        int[] starts = [0, 3, 6, 300, 33, Rows * Features - Length * Features];
        Examples windows = bytes ? new(Shape, Bytes(), 0.5f, -1, starts: starts) : new(Shape, Series(), starts: starts);
        float[] copies = [.. Enumerable.Range(0, windows.Count).SelectMany(windows.Example)];
        using ExampleTensor view = new(windows, binarize: false, float32, CPU);
        using ExampleTensor copied = new(new Examples(Shape, copies), binarize: false, float32, CPU);
        using Generator noise = new(1);
        using Tensor indices = tensor(new long[] { 5, 0, 2, 2, 4 });

        using Tensor fromView = view.Batch(indices, noise), fromCopies = copied.Batch(indices, noise);
        using Tensor range = view.Range(1, 3, noise), rangeOfCopies = copied.Range(1, 3, noise);

        Assert.Equal([5, Length, Features], fromView.shape);
        Assert.Equal(TensorArrays.ToFloats(fromCopies), TensorArrays.ToFloats(fromView));
        Assert.Equal(TensorArrays.ToFloats(rangeOfCopies), TensorArrays.ToFloats(range));
        Assert.True(view.Bounds().Min <= copied.Bounds().Min && view.Bounds().Max >= copied.Bounds().Max);
    }

    [Fact]
    public void Training_on_windows_gives_the_bits_of_training_on_copies()
    {
        Spec spec = Specs.Parse("""
            name: series
            data: {source: csv, path: x.csv, columns: [a, b, c], window: {length: 24, stride: 2}, scale: none}
            encoder: [flatten, {linear: {out: 16, act: relu}}]
            latent: 2
            decoder: [{linear: {out: 16, act: relu}}, {linear: {out: [24, 3]}}]
            loss: {reconstruction: mse, kl: 0.1}
            train: {epochs: 2, batch: 32, lr: 2e-3, seed: 7, threads: 1, device: cpu}
            """);
        Examples train = Windows(2), held = Windows(7);
        DataSet views = new() { Name = "series", Shape = Shape, Train = train, Validation = held, Test = held, Files = [] };
        DataSet copies = views with { Train = Copy(train), Validation = Copy(held), Test = Copy(held) };

        TrainingResult first = Trainer.Train(spec, views), second = Trainer.Train(spec, copies);

        Assert.True(Specs.SameBits(first.Weights, second.Weights));
        Assert.Equal(first.Metrics, second.Metrics);
    }

    [Fact]
    public void The_view_over_a_long_series_takes_no_memory_of_its_own()
    {
        TorchRuntime.EnsureLoaded();
        // 200,000 rows of 3 numbers are 2.4 MB; copied windows of 500 rows would be 1.2 GB.
        const int rows = 200_000, length = 500;
        Examples windows = new([length, Features], new float[rows * Features], starts: [.. Enumerable.Range(0, rows - length).Select(row => row * Features)]);
        using Process process = Process.GetCurrentProcess();
        long before = process.PrivateMemorySize64;

        using ExampleTensor view = new(windows, binarize: false, float32, CPU);
        using Generator noise = new(1);
        using Tensor batch = view.Batch(arange(0, 100_000, 1000), noise);

        process.Refresh();
        Assert.Equal([100, length, Features], batch.shape);
        Assert.InRange(process.PrivateMemorySize64 - before, long.MinValue, 300_000_000);
    }

    private static Examples Windows(int stride) =>
        new(Shape, Series(), starts: [.. Enumerable.Range(0, (Rows - Length) / stride).Select(window => window * stride * Features)]);

    private static Examples Copy(Examples windows) => new(windows.Shape, [.. Enumerable.Range(0, windows.Count).SelectMany(windows.Example)]);

    private static float[] Series()
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, Rows * Features).Select(i => (float)(Math.Sin(i * 0.05) + (0.1 * random.NextDouble())))];
    }

    private static byte[] Bytes() => [.. Enumerable.Range(0, Rows * Features).Select(i => (byte)(i * 7))];
}
