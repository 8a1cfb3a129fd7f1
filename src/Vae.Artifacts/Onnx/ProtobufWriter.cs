using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Vae.Artifacts.Onnx;

/// <summary>
/// Writes one protobuf message: the three wire types that ONNX needs (protobuf.dev, "Encoding"). Field numbers are the caller's.
/// </summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public void Int(int field, long value)
    {
        Key(field, 0);
        Varint((ulong)value);
    }

    public void Float(int field, float value)
    {
        Key(field, 5);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        buffer.Write(bytes);
    }

    public void String(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, 2);
        Varint((ulong)value.Length);
        buffer.Write(value);
    }

    public void Message(int field, Action<ProtobufWriter> write)
    {
        var message = new ProtobufWriter();
        write(message);
        Bytes(field, message.buffer.WrittenSpan);
    }

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();

    private void Key(int field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }
}
