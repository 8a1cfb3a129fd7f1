using Vae.Artifacts.Formats;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File1 => Path.Combine(folder.Path, "deep", "out.checkpoint");

    [Fact]
    public void A_checkpoint_comes_back_bit_by_bit()
    {
        Checkpoint checkpoint = Some();
        CheckpointFile.Write(File1, checkpoint);
        CheckpointFile.Write(File1, checkpoint with { Epoch = 13 });
        Checkpoint read = CheckpointFile.Read(File1);

        Assert.Equal(13, read.Epoch);
        Assert.Equal(checkpoint.Inputs, read.Inputs);
        Assert.Equal(checkpoint.Arrays.Select(array => $"{array.Name} {array.Shape}"), read.Arrays.Select(array => $"{array.Name} {array.Shape}"));
        foreach ((NamedArray array, NamedArray other) in checkpoint.Arrays.Zip(read.Arrays))
            Assert.Equal(array.Values.Select(BitConverter.SingleToInt32Bits), other.Values.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(checkpoint.Numbers.Keys.Order(), read.Numbers.Keys.Order());
        foreach ((string name, double[] numbers) in checkpoint.Numbers)
            Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), read.Numbers[name].Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(checkpoint.Bytes, read.Bytes);
        Assert.Equal([File1], Directory.GetFiles(Path.GetDirectoryName(File1)!));
    }

    [Fact]
    public void It_is_a_safetensors_file()
    {
        CheckpointFile.Write(File1, Some());
        SafetensorsFile file = SafetensorsReader.Read(File1);
        Assert.Equal("12", file.Metadata["epoch"]);
        Assert.Equal([1, -0f, float.NaN, 1e-45f], file.Arrays.Single(array => array.Name == "model.w").Values);
        Assert.Equal("sha256", file.Arrays[^1].Name);
    }

    [Fact]
    public void Any_byte_that_is_altered_or_missing_is_noticed()
    {
        CheckpointFile.Write(File1, Some());
        byte[] whole = File.ReadAllBytes(File1);
        for (int i = 0; i < whole.Length; i++)
        {
            whole[i] ^= 0x10;
            Refused(whole);
            whole[i] ^= 0x10;
            if (i % 7 == 0)
                Refused(whole[..i]);
        }

        Refused([.. whole, 0]);
        File.WriteAllBytes(File1, whole);
        CheckpointFile.Read(File1);
    }

    [Fact]
    public void What_cannot_be_opened_or_is_something_else_is_refused()
    {
        Assert.Equal("VAE4021", Code(() => CheckpointFile.Read(File1)));
        Directory.CreateDirectory(Path.GetDirectoryName(File1)!);
        Refused(SafetensorsWriter.ToBytes([new NamedArray("w", [1], [1])], new Dictionary<string, string>()));
    }

    [Fact]
    public void Where_it_cannot_be_written_nothing_is_left()
    {
        Directory.CreateDirectory(File1);
        Assert.Equal("VAE4022", Code(() => CheckpointFile.Write(File1, Some())));
        Assert.Equal([File1], Directory.GetFileSystemEntries(Path.GetDirectoryName(File1)!));
    }

    [Fact]
    public void Removing_it_twice_is_no_error()
    {
        CheckpointFile.Write(File1, Some());
        CheckpointFile.Remove(File1);
        CheckpointFile.Remove(File1);
        Assert.False(File.Exists(File1));
    }

    [Fact]
    public void It_lies_beside_the_folder() => Assert.Equal(Path.Combine("a", "b.checkpoint"), CheckpointFile.PathFor(Path.Combine("a", "b") + Path.DirectorySeparatorChar));

    public void Dispose() => folder.Dispose();

    private static Checkpoint Some() => new()
    {
        Epoch = 12,
        Inputs = new Dictionary<string, string> { ["spec"] = "vae: 1\nname: \"ö\"\n", ["threads"] = "2" },
        Arrays = [new("model.w", [2, 2], [1, -0f, float.NaN, 1e-45f]), new("model.n", [], [16777216]), new("best.none", [0], [])],
        Numbers = new Dictionary<string, double[]> { ["curve"] = [1, 0.1, double.PositiveInfinity, double.NaN, -0.0, double.Epsilon], ["none"] = [] },
        Bytes = new Dictionary<string, byte[]> { ["generator.training"] = [1, 2, 255], ["optimizer"] = [] },
    };

    private void Refused(byte[] content)
    {
        File.WriteAllBytes(File1, content);
        Assert.Equal("VAE4021", Code(() => CheckpointFile.Read(File1)));
    }

    private static string Code(Action action) => Assert.Single(Assert.Throws<VaeException>(action).Diagnostics).Code.Id;
}
