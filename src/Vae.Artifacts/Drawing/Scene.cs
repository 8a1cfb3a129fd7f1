namespace Vae.Artifacts.Drawing;

/// <summary>A picture as a list of marks, drawn in order. The back ends are <see cref="SvgWriter"/> and <see cref="Canvas"/>.</summary>
/// <param name="width">In CSS pixels.</param>
/// <param name="height">In CSS pixels.</param>
/// <param name="title">What the picture is, in a few words: an SVG's <c>title</c>.</param>
/// <param name="description">What it shows, for those who cannot see it: an SVG's <c>desc</c>.</param>
internal sealed class Scene(double width, double height, string title, string description)
{
    private readonly List<Mark> marks = [];

    public double Width { get; } = width;

    public double Height { get; } = height;

    public string Title { get; } = title;

    public string Description { get; } = description;

    public IReadOnlyList<Mark> Marks => marks;

    /// <summary>Every text, those in clips too.</summary>
    public IEnumerable<Mark.Label> Labels => All(marks).OfType<Mark.Label>();

    public void Add(Mark mark) => marks.Add(mark);

    public void Add(IEnumerable<Mark> more) => marks.AddRange(more);

    private static IEnumerable<Mark> All(IEnumerable<Mark> marks) =>
        marks.SelectMany(mark => mark switch { Mark.Clip clip => All(clip.Marks), Mark.Titles titles => titles.Lines, _ => [mark] });
}
