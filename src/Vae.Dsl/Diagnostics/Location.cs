using System.Globalization;

namespace Vae.Dsl.Diagnostics;

/// <summary>A place in a file. Lines and columns count from 1; columns count UTF-16 units.</summary>
/// <param name="File">The path as the user wrote it, or the call for a spec that a program built.</param>
/// <param name="Line">The first line.</param>
/// <param name="Column">The first column.</param>
/// <param name="EndLine">The last line; 0 where only the start is known.</param>
/// <param name="EndColumn">The column behind the last character; 0 where only the start is known.</param>
public sealed record Location(string File, int Line, int Column, int EndLine = 0, int EndColumn = 0)
{
    /// <summary>How a message about another place names this one: <c>line 8</c>, or <c>line 8 of base.vae.yaml</c> where that is another file.</summary>
    internal string SeenFrom(Location? other) => Line == 0 ? File : $"line {Line.ToString(CultureInfo.InvariantCulture)}{(other is null || other.File == File ? "" : $" of {Path.GetFileName(File)}")}";

    /// <summary><c>file(line,column)</c>, or the file alone where no line is known (line 0).</summary>
    public override string ToString() => Line > 0 ? $"{File}({Line},{Column})" : File;
}
