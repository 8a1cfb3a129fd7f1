using System.Buffers.Binary;
using System.Text;

namespace Vae.Artifacts.Onnx;

/// <summary>Reads one protobuf message field by field (protobuf.dev, "Encoding"), and trusts no length. Field numbers are the caller's.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> rest = message;

    /// <summary>The number of the field at which the reader stands.</summary>
    public int Field { get; private set; }

    /// <summary>The content of a field with a length: a text, bytes, a message, or packed numbers.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The value of a field of a number; of one with a length, that length.</summary>
    public long Number { get; private set; }

    /// <summary>Whether the field has a length, so that <see cref="Bytes"/> holds it.</summary>
    public bool HasLength { get; private set; }

    /// <summary>The field as a text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="FormatException">The message is cut off, or no protobuf.</exception>
    public bool Next()
    {
        if (rest.IsEmpty)
            return false;
        ulong key = Varint();
        Field = (int)(key >> 3);
        if (Field == 0 || key >> 3 > (1 << 29))
            throw new FormatException($"{key} is no field of a message");
        HasLength = (key & 7) == 2;
        Bytes = default;
        switch (key & 7)
        {
            case 0:
                Number = (long)Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadInt64LittleEndian(Take(8));
                break;
            case 2:
                Number = (long)Varint();
                Bytes = Take(Number);
                break;
            case 5:
                Number = BinaryPrimitives.ReadInt32LittleEndian(Take(4));
                break;
            default:
                throw new FormatException($"field {Field} is of the unknown kind {key & 7}");
        }

        return true;
    }

    /// <summary>The whole numbers of a repeated field, which stand alone or are packed.</summary>
    public readonly void AddNumbersTo(ICollection<long> numbers)
    {
        if (!HasLength)
        {
            numbers.Add(Number);
            return;
        }

        var packed = new ProtobufReader(Bytes);
        while (!packed.rest.IsEmpty)
            numbers.Add((long)packed.Varint());
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > rest.Length)
            throw new FormatException("it is cut off");
        ReadOnlySpan<byte> taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new FormatException("a number has more than ten bytes");
    }
}
