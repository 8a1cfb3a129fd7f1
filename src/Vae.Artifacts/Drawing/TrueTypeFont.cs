using System.Buffers.Binary;
using System.Text;

namespace Vae.Artifacts.Drawing;

/// <summary>
/// A TrueType font as far as pictures need it: which glyph a character has, how wide it is, and its outline. Reads the tables
/// head, hhea, maxp, hmtx, cmap (format 4), loca and glyf of the OpenType specification; no hinting, no kerning.
/// </summary>
internal sealed class TrueTypeFont
{
    // A composite glyph refers to others; a font that refers in circles must not end the process.
    private const int DeepestComposite = 6;

    // Straight pieces of a quadratic curve. At the sizes of pictures the error is below a hundredth of a pixel.
    private const int PiecesOfACurve = 6;

    private readonly byte[] data;
    private readonly Dictionary<string, (int Offset, int Length)> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> glyphs = [];
    private readonly int[] advances;
    private readonly int[] starts;
    private readonly int glyf;

    /// <exception cref="InvalidDataException">It is no such font, or it is cut short.</exception>
    public TrueTypeFont(byte[] data)
    {
        this.data = data;
        if (U32(0) != 0x00010000)
            throw new InvalidDataException("the font is not TrueType: its first four bytes are not 00 01 00 00");
        int count = U16(4);
        for (int i = 0; i < count; i++)
        {
            int record = 12 + (16 * i);
            string tag = string.Concat(Enumerable.Range(0, 4).Select(k => (char)U8(record + k)));
            (int Offset, int Length) table = ((int)U32(record + 8), (int)U32(record + 12));
            if (table.Offset < 0 || table.Length < 0 || (long)table.Offset + table.Length > data.Length)
                throw new InvalidDataException($"the font is cut short: its table '{tag}' ends behind the file");
            tables[tag] = table;
        }

        int head = Table("head");
        UnitsPerEm = U16(head + 18);
        if (UnitsPerEm == 0)
            throw new InvalidDataException("the font says 0 units per em");
        bool longOffsets = I16(head + 50) != 0;
        int glyphCount = U16(Table("maxp") + 4);
        int measured = U16(Table("hhea") + 34);
        if (measured == 0 || measured > glyphCount)
            throw new InvalidDataException($"the font gives {measured} widths for {glyphCount} glyphs");

        int hmtx = Table("hmtx");
        advances = [.. Enumerable.Range(0, glyphCount).Select(glyph => U16(hmtx + (4 * Math.Min(glyph, measured - 1))))];
        int loca = Table("loca");
        starts = [.. Enumerable.Range(0, glyphCount + 1).Select(glyph => longOffsets ? (int)U32(loca + (4 * glyph)) : 2 * U16(loca + (2 * glyph)))];
        glyf = Table("glyf");
        for (int glyph = 0; glyph < glyphCount; glyph++)
        {
            if (starts[glyph] < 0 || starts[glyph + 1] < starts[glyph] || starts[glyph + 1] > tables["glyf"].Length)
                throw new InvalidDataException($"the font places glyph {glyph} outside its outlines");
        }

        ReadCharacterMap(Table("cmap"));
    }

    public int UnitsPerEm { get; }

    /// <summary>The glyph of a character; 0, an empty box, where the font has none.</summary>
    public int Glyph(Rune character) => glyphs.GetValueOrDefault(character.Value);

    /// <summary>The width of a text, in em.</summary>
    public double Measure(string text) => text.EnumerateRunes().Sum(rune => (double)advances[Glyph(rune)]) / UnitsPerEm;

    /// <summary>How far the next glyph is, in em.</summary>
    public double Advance(int glyph) => (double)advances[glyph] / UnitsPerEm;

    /// <summary>The closed outlines of a glyph, in em: x to the right, y downwards from the baseline. Curves are cut into straight pieces.</summary>
    /// <exception cref="InvalidDataException">The glyph is broken.</exception>
    public IReadOnlyList<Point[]> Outline(int glyph)
    {
        var contours = new List<Point[]>();
        Read(glyph, 1, 0, 0, 1, 0, 0, 0, contours);
        return contours;
    }

    /// <summary>
    /// The same font with the outlines of all other characters left out: what an SVG file carries. Glyph numbers, and so all
    /// other tables, stay as they are.
    /// </summary>
    public byte[] Subset(IEnumerable<Rune> characters)
    {
        var kept = new SortedSet<int> { 0 };
        foreach (Rune character in characters)
            Keep(Glyph(character), kept, 0);

        using var outlines = new MemoryStream();
        byte[] offsets = new byte[4 * starts.Length];
        for (int glyph = 0; glyph < starts.Length; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(4 * glyph), (uint)outlines.Length);
            if (!kept.Contains(glyph) || glyph == starts.Length - 1)
                continue;
            outlines.Write(data, glyf + starts[glyph], starts[glyph + 1] - starts[glyph]);
            while (outlines.Length % 4 != 0)
                outlines.WriteByte(0);
        }

        byte[] head = Bytes("head");

        // The sum in the head is taken with itself as 0; loca has 32-bit offsets from here on.
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        return Assemble(tables.Keys.Order(StringComparer.Ordinal).Select(tag => (tag, tag switch
        {
            "glyf" => outlines.ToArray(),
            "loca" => offsets,
            "head" => head,
            _ => Bytes(tag),
        })).ToList());
    }

    private static byte[] Assemble(List<(string Tag, byte[] Bytes)> parts)
    {
        int start = 12 + (16 * parts.Count);
        byte[] file = new byte[start + parts.Sum(part => Padded(part.Bytes.Length))];
        int power = (int)Math.Log2(parts.Count);
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4), (ushort)parts.Count);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(6), (ushort)(16 << power));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), (ushort)((16 * parts.Count) - (16 << power)));
        int head = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            (string tag, byte[] bytes) = parts[i];
            bytes.CopyTo(file, start);
            Span<byte> record = file.AsSpan(12 + (16 * i), 16);
            Encoding.ASCII.GetBytes(tag, record);
            BinaryPrimitives.WriteUInt32BigEndian(record[4..], Checksum(file.AsSpan(start, Padded(bytes.Length))));
            BinaryPrimitives.WriteUInt32BigEndian(record[8..], (uint)start);
            BinaryPrimitives.WriteUInt32BigEndian(record[12..], (uint)bytes.Length);
            head = tag == "head" ? start : head;
            start += Padded(bytes.Length);
        }

        // The specification's magic constant makes the sum of the whole file come out the same for every font.
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(head + 8), 0xB1B0AFBA - Checksum(file));
        return file;

        static int Padded(int length) => (length + 3) / 4 * 4;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 4)
            sum += BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]);
        return sum;
    }

    private byte[] Bytes(string tag) => data.AsSpan(tables[tag].Offset, tables[tag].Length).ToArray();

    private void Keep(int glyph, SortedSet<int> kept, int depth)
    {
        kept.Add(glyph);
        foreach (Part part in Parts(glyph, depth))
            Keep(part.Glyph, kept, depth + 1);
    }

    private void ReadCharacterMap(int cmap)
    {
        int count = U16(cmap + 2);
        int subtable = Enumerable.Range(0, count)
            .Select(i => cmap + (int)U32(cmap + 8 + (8 * i)))
            .FirstOrDefault(offset => U16(offset) == 4, -1);
        if (subtable < 0)
            throw new InvalidDataException("the font has no character map of format 4");
        int segments = U16(subtable + 6) / 2;
        for (int i = 0; i < segments; i++)
        {
            int end = U16(subtable + 14 + (2 * i));
            int first = U16(subtable + 16 + (2 * segments) + (2 * i));
            int delta = U16(subtable + 16 + (4 * segments) + (2 * i));
            int rangeAt = subtable + 16 + (6 * segments) + (2 * i);
            int range = U16(rangeAt);
            for (int character = first; character <= end && character != 0xFFFF; character++)
            {
                int glyph = range == 0 ? character : U16(rangeAt + range + (2 * (character - first)));
                if (range == 0 || glyph != 0)
                    glyph = (glyph + delta) & 0xFFFF;
                if (glyph >= advances.Length)
                    throw new InvalidDataException($"the font maps U+{character:X4} to glyph {glyph} of {advances.Length}");
                if (glyph != 0)
                    glyphs[character] = glyph;
            }
        }
    }

    // The matrix (a b; c d) and the shift (e, f) lead from this glyph's units to those of the glyph asked for.
    private void Read(int glyph, double a, double b, double c, double d, double e, double f, int depth, List<Point[]> contours)
    {
        Part[] parts = [.. Parts(glyph, depth)];
        foreach (Part p in parts)
        {
            Read(
                p.Glyph,
                (a * p.A) + (c * p.B), (b * p.A) + (d * p.B), (a * p.C) + (c * p.D), (b * p.C) + (d * p.D),
                (a * p.X) + (c * p.Y) + e, (b * p.X) + (d * p.Y) + f,
                depth + 1, contours);
        }

        if (parts.Length == 0)
            ReadSimple(glyph, (x, y) => new Point(((a * x) + (c * y) + e) / UnitsPerEm, -((b * x) + (d * y) + f) / UnitsPerEm), contours);
    }

    private IEnumerable<Part> Parts(int glyph, int depth)
    {
        if (starts[glyph + 1] == starts[glyph] || I16(glyf + starts[glyph]) >= 0)
            yield break;
        if (depth >= DeepestComposite)
            throw new InvalidDataException($"glyph {glyph} of the font refers to other glyphs more than {DeepestComposite} levels deep");
        int at = glyf + starts[glyph] + 10;
        int flags;
        do
        {
            flags = U16(at);
            int component = U16(at + 2);
            if (component >= advances.Length)
                throw new InvalidDataException($"glyph {glyph} of the font refers to glyph {component} of {advances.Length}");
            at += 4;
            bool words = (flags & 0x1) != 0;
            if ((flags & 0x2) == 0)
                throw new InvalidDataException($"glyph {glyph} of the font places a part by point numbers, which is not supported");
            double x = words ? I16(at) : (sbyte)U8(at);
            double y = words ? I16(at + 2) : (sbyte)U8(at + 1);
            at += words ? 4 : 2;
            (double A, double B, double C, double D) m = (1, 0, 0, 1);
            if ((flags & 0x8) != 0)
            {
                m = (F2Dot14(at), 0, 0, F2Dot14(at));
                at += 2;
            }
            else if ((flags & 0x40) != 0)
            {
                m = (F2Dot14(at), 0, 0, F2Dot14(at + 2));
                at += 4;
            }
            else if ((flags & 0x80) != 0)
            {
                m = (F2Dot14(at), F2Dot14(at + 2), F2Dot14(at + 4), F2Dot14(at + 6));
                at += 8;
            }

            yield return new Part(component, m.A, m.B, m.C, m.D, x, y);
        }
        while ((flags & 0x20) != 0);
    }

    private void ReadSimple(int glyph, Func<double, double, Point> place, List<Point[]> contours)
    {
        if (starts[glyph + 1] == starts[glyph])
            return;
        int at = glyf + starts[glyph];
        int contourCount = I16(at);
        if (contourCount <= 0)
            return;
        int[] ends = [.. Enumerable.Range(0, contourCount).Select(i => U16(at + 10 + (2 * i)))];
        at += 10 + (2 * contourCount);
        at += 2 + U16(at);

        int pointCount = ends[^1] + 1;
        byte[] flags = new byte[pointCount];
        for (int i = 0; i < pointCount; i++)
        {
            byte flag = U8(at++);
            flags[i] = flag;
            if ((flag & 0x8) == 0)
                continue;
            for (int repeat = U8(at++); repeat > 0 && i + 1 < pointCount; repeat--)
                flags[++i] = flag;
        }

        double[] xs = Coordinates(flags, ref at, 0x2, 0x10);
        double[] ys = Coordinates(flags, ref at, 0x4, 0x20);
        int first = 0;
        foreach (int end in ends)
        {
            if (end < first || end >= pointCount)
                throw new InvalidDataException($"glyph {glyph} of the font has contours out of order");
            (Point Point, bool OnCurve)[] points = [.. Enumerable.Range(first, end - first + 1).Select(i => (place(xs[i], ys[i]), (flags[i] & 1) != 0))];
            if (points.Length > 2)
                contours.Add(Flatten(points));
            first = end + 1;
        }
    }

    private double[] Coordinates(byte[] flags, ref int at, int shortBit, int sameBit)
    {
        double[] values = new double[flags.Length];
        double value = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            if ((flags[i] & shortBit) != 0)
            {
                value += (flags[i] & sameBit) != 0 ? U8(at) : -U8(at);
                at++;
            }
            else if ((flags[i] & sameBit) == 0)
            {
                value += I16(at);
                at += 2;
            }

            values[i] = value;
        }

        return values;
    }

    // Points off the curve are controls of quadratic curves; between two of them lies an implied point on the curve.
    private static Point[] Flatten((Point Point, bool OnCurve)[] points)
    {
        var line = new List<Point>();
        int count = points.Length;
        int firstOn = Array.FindIndex(points, p => p.OnCurve);
        Point start = firstOn >= 0 ? points[firstOn].Point : Middle(points[^1].Point, points[0].Point);
        int offset = firstOn >= 0 ? firstOn + 1 : 0;
        int steps = firstOn >= 0 ? count - 1 : count;
        line.Add(start);
        Point? control = null;
        for (int i = 0; i < steps; i++)
        {
            (Point point, bool onCurve) = points[(offset + i) % count];
            if (onCurve)
            {
                To(point);
            }
            else
            {
                if (control is { } previous)
                    To(Middle(previous, point));
                control = point;
            }
        }

        To(start);
        line.RemoveAt(line.Count - 1);
        return [.. line];

        void To(Point end)
        {
            if (control is { } c)
            {
                Point begin = line[^1];
                for (int i = 1; i < PiecesOfACurve; i++)
                {
                    double t = (double)i / PiecesOfACurve;
                    double u = 1 - t;
                    line.Add(new Point((u * u * begin.X) + (2 * u * t * c.X) + (t * t * end.X), (u * u * begin.Y) + (2 * u * t * c.Y) + (t * t * end.Y)));
                }
            }

            line.Add(end);
            control = null;
        }

        static Point Middle(Point p, Point q) => new((p.X + q.X) / 2, (p.Y + q.Y) / 2);
    }

    private int Table(string tag) => tables.TryGetValue(tag, out (int Offset, int Length) table)
        ? table.Offset
        : throw new InvalidDataException($"the font has no table '{tag}'");

    private byte U8(int offset) => Slice(offset, 1)[0];

    private int U16(int offset) => BinaryPrimitives.ReadUInt16BigEndian(Slice(offset, 2));

    private int I16(int offset) => BinaryPrimitives.ReadInt16BigEndian(Slice(offset, 2));

    private uint U32(int offset) => BinaryPrimitives.ReadUInt32BigEndian(Slice(offset, 4));

    private double F2Dot14(int offset) => I16(offset) / 16384.0;

    private ReadOnlySpan<byte> Slice(int offset, int length) =>
        offset >= 0 && offset <= data.Length - length
            ? data.AsSpan(offset, length)
            : throw new InvalidDataException($"the font is cut short: {data.Length} bytes, but byte {(long)offset + length} is needed");

    private readonly record struct Part(int Glyph, double A, double B, double C, double D, double X, double Y);
}
