using Vae.Data;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary>Tells of the rows of a series that were too few for one more window.</summary>
internal static class RowsLeft
{
    public static void Tell(StoredExamples examples, ToolConsole console)
    {
        if (examples.RowsLeft > 0)
            console.Out.WriteLine($"left out at the end: {Counted.Of(examples.RowsLeft, "row")}, too few for one more window");
    }
}
