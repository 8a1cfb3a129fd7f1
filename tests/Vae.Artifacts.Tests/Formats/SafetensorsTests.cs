using System.Buffers.Binary;
using System.Text;
using FsCheck.Xunit;
using Vae.Artifacts.Formats;
using Vae.Dsl;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Results;

namespace Vae.Artifacts.Tests.Formats;

public class SafetensorsTests
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    [Fact]
    public void What_is_written_is_read_back()
    {
        NamedArray[] arrays =
        [
            new("encoder.0.weight", [2, 3], [1, -2, 3.5f, 0, float.MinValue, 1e-42f]),
            new("encoder.1.num_batches_tracked", [], [469]),
            new("empty", [0, 4], []),
        ];

        SafetensorsFile file = SafetensorsReader.Read(SafetensorsWriter.ToBytes(arrays, new Dictionary<string, string> { ["format"] = "pt" }), "m");

        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(arrays.Select(a => a.Name).Order(), file.Arrays.Select(a => a.Name).Order());
        foreach (NamedArray array in arrays)
        {
            NamedArray read = file.Arrays.Single(a => a.Name == array.Name);
            Assert.Equal(array.Shape, read.Shape);
            Assert.Equal(array.Values, read.Values);
        }
    }

    [Property]
    public bool Any_numbers_survive(float[][] values, string key, string text)
    {
        NamedArray[] arrays = [.. values.Select((v, i) => new NamedArray($"a.{i}", [v.Length], v))];
        string safeKey = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(key ?? ""));
        string safeText = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
        byte[] bytes = SafetensorsWriter.ToBytes(arrays, new Dictionary<string, string> { [safeKey] = safeText });
        SafetensorsFile file = SafetensorsReader.Read(bytes, "m");
        return file.Metadata[safeKey] == safeText
            && bytes.SequenceEqual(SafetensorsWriter.ToBytes(file.Arrays, file.Metadata))
            && arrays.All(a => file.Arrays.Single(r => r.Name == a.Name).Values.SequenceEqual(a.Values, BitwiseComparer.Instance));
    }

    [Property(MaxTest = 500)]
    public bool Any_bytes_are_read_or_refused_with_a_code(byte[] content)
    {
        try
        {
            SafetensorsReader.Read(content, "m");
            return true;
        }
        catch (VaeException e)
        {
            return e.Diagnostics[0].Code == DiagnosticTable.Snapshots.WeightsUnreadable;
        }
    }

    [Property(MaxTest = 500)]
    public bool A_file_with_one_byte_changed_is_read_or_refused_with_a_code(int position, byte value)
    {
        byte[] content = SmallFile();
        content[(position & int.MaxValue) % content.Length] = value;
        return Any_bytes_are_read_or_refused_with_a_code(content);
    }

    [Fact]
    public void A_truncated_file_is_refused_at_every_length()
    {
        byte[] whole = SmallFile();
        for (int length = 0; length < whole.Length; length++)
            Refused(whole[..length], "");
    }

    [Fact]
    public void Trailing_bytes_are_refused() => Refused([.. SmallFile(), 0], "1 bytes behind the last array");

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "end not before begin")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""", 8, "too large")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "longer than")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,0]}}""", 0, "whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "whole number")]
    [InlineData("""{"a":{"dtype":"F4","shape":[4],"data_offsets":[0,2]}}""", 2, "'F4'")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "not a list")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""", 4, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", 4, "unknown key")]
    [InlineData("""{"a":3}""", 0, "not an object")]
    [InlineData("""{"__metadata__":{"n":3}}""", 0, "not a string")]
    [InlineData("""{"__metadata__":[]}""", 0, "not an object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", 4, "JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "JSON")]
    [InlineData("""[]""", 0, "start with '{'")]
    [InlineData(""" {}""", 0, "start with '{'")]
    [InlineData("", 0, "start with '{'")]
    public void A_header_that_lies_is_refused(string header, int dataLength, string why) =>
        Refused(FileOf(Encoding.UTF8.GetBytes(header), new byte[dataLength]), why);

    [Fact]
    public void A_header_that_is_not_utf8_is_refused() => Refused(FileOf([.. "{\""u8, 0xff, .. "\":1}"u8], []), "UTF-8");

    [Theory]
    [InlineData(100_000_001UL, "at most 100000000")]
    [InlineData(ulong.MaxValue, "at most 100000000")]
    [InlineData(99_999_999UL, "cut off")]
    public void A_huge_header_length_is_refused_before_anything_is_allocated(ulong length, string why)
    {
        var content = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(content, length);
        Refused(content, why);
    }

    [Theory]
    [InlineData("F64", "000000000000f83f", 1.5f)]
    [InlineData("F32", "0000c03f", 1.5f)]
    [InlineData("F16", "003e", 1.5f)]
    [InlineData("BF16", "c03f", 1.5f)]
    [InlineData("BF16", "c0bf", -1.5f)]
    [InlineData("I64", "feffffffffffffff", -2f)]
    [InlineData("I32", "feffffff", -2f)]
    [InlineData("U8", "fe", 254f)]
    [InlineData("I16", "feff", -2f)]
    [InlineData("I8", "fe", -2f)]
    [InlineData("U64", "0300000000000000", 3f)]
    [InlineData("U32", "feffff00", 16777214f)]
    [InlineData("U16", "feff", 65534f)]
    [InlineData("F8_E4M3", "3c", 1.5f)]
    [InlineData("F8_E4M3", "81", -0.001953125f)]
    [InlineData("F8_E4M3", "7e", 448f)]
    [InlineData("F8_E5M2", "3e", 1.5f)]
    [InlineData("BOOL", "01", 1f)]
    public void Every_type_becomes_floats(string type, string bytes, float expected)
    {
        byte[] data = Convert.FromHexString(bytes);
        string header = $$"""{"a":{"dtype":"{{type}}","shape":[],"data_offsets":[0,{{data.Length}}] } }""";
        SafetensorsFile file = SafetensorsReader.Read(FileOf(Encoding.UTF8.GetBytes(header), data), "m");
        Assert.Equal([expected], file.Arrays.Single().Values);
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        byte[] bytes = SmallFile();
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, (8 + length) % 8);
        Assert.Equal(
            """{"__metadata__":{"format":"pt"},"b.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""",
            Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal("07000000000000000000803F000000C0", Convert.ToHexString(bytes.AsSpan(8 + length)));
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_not_written()
    {
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.ToBytes([new NamedArray("a", [2], [1])], NoMetadata));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.ToBytes([new NamedArray("a", [1], [1]), new NamedArray("a", [1], [1])], NoMetadata));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.ToBytes([new NamedArray("__metadata__", [1], [1])], NoMetadata));
    }

    [Fact]
    public void A_missing_file_is_a_diagnostic_with_its_path()
    {
        VaeException e = Assert.Throws<VaeException>(() => SafetensorsReader.Read("no-such-file.safetensors"));
        Assert.Equal("no-such-file.safetensors", e.Diagnostics[0].Location!.File);
    }

    private static byte[] SmallFile() => SafetensorsWriter.ToBytes(
        [new NamedArray("a", [2], [1, -2]), new NamedArray("b.num_batches_tracked", [], [7])],
        new Dictionary<string, string> { ["format"] = "pt" });

    private static byte[] FileOf(byte[] header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return [.. length, .. header, .. data];
    }

    private static void Refused(byte[] content, string why)
    {
        VaeException e = Assert.Throws<VaeException>(() => SafetensorsReader.Read(content, "model.safetensors"));
        Assert.Equal("VAE5101", e.Diagnostics[0].Code.Id);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("model.safetensors: error VAE5101: ", e.Message, StringComparison.Ordinal);
    }

    private sealed class BitwiseComparer : IEqualityComparer<float>
    {
        public static BitwiseComparer Instance { get; } = new();

        public bool Equals(float x, float y) => BitConverter.SingleToInt32Bits(x) == BitConverter.SingleToInt32Bits(y);

        public int GetHashCode(float obj) => BitConverter.SingleToInt32Bits(obj);
    }
}
