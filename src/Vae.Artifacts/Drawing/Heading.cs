namespace Vae.Artifacts.Drawing;

/// <summary>Title and explanation at the top of a picture.</summary>
internal sealed class Heading
{
    /// <summary>The margin around every picture.</summary>
    public const double Margin = 24;

    /// <summary>Sets both into the width of the picture.</summary>
    public Heading(string title, string explanation, double width)
    {
        double y = Margin + 14;
        var labels = new List<Mark.Label>();
        foreach (string line in TextStyle.Title.Wrap(title, width - (2 * Margin)))
        {
            labels.Add(new Mark.Label(line, new(Margin, y), TextStyle.Title));
            y += 22;
        }

        foreach (string line in TextStyle.Subtitle.Wrap(explanation, width - (2 * Margin)))
        {
            labels.Add(new Mark.Label(line, new(Margin, y), TextStyle.Subtitle));
            y += 18;
        }

        Marks = [new Mark.Titles(title, explanation, labels, y)];
        Bottom = y;
    }

    public IReadOnlyList<Mark> Marks { get; }

    /// <summary>Where the picture below may begin.</summary>
    public double Bottom { get; }
}
