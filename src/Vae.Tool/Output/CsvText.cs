using System.Buffers;
using System.Globalization;
using System.Text;

namespace Vae.Tool.Output;

/// <summary>A table as csv: a line of names, LF, numbers in the shortest form that reads back the same.</summary>
internal sealed class CsvText
{
    /// <summary>What makes a field stand in quotes.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t|\"\n\r");

    private readonly StringBuilder text = new();
    private bool isInRow;

    /// <summary>Begins with the names of the columns.</summary>
    public CsvText(IEnumerable<string> names)
    {
        foreach (string name in names)
            Field(name);
        EndRow();
    }

    /// <summary>Adds a field to the row.</summary>
    public void Field(string value)
    {
        if (isInRow)
            text.Append(',');
        isInRow = true;
        text.Append(value.AsSpan().ContainsAny(Special) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value);
    }

    /// <summary>Adds a number.</summary>
    public void Field(int value) => Field(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds numbers.</summary>
    public void Fields(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            Field(value.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        text.Append('\n');
        isInRow = false;
    }

    /// <summary>The file's content.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(text.ToString());
}
