namespace Vae.Dsl.Results;

/// <summary>
/// What was measured at each epoch: a table with a row an epoch. Columns: <c>epoch</c> (from 1), <c>train.loss</c>,
/// <c>train.reconstruction</c>, <c>train.kl</c>, the same three with <c>validation.</c> where there is a validation split,
/// <c>kl.weight</c>, <c>lr</c>. Losses are means over the epoch's examples.
/// </summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">One array an epoch, as long as <paramref name="Columns"/>.</param>
public sealed record Curve(IReadOnlyList<string> Columns, IReadOnlyList<double[]> Rows)
{
    /// <summary>One column, an entry an epoch; or <c>null</c> where there is no such column.</summary>
    public double[]? Column(string name)
    {
        int index = Columns.ToList().IndexOf(name);
        return index < 0 ? null : [.. Rows.Select(row => row[index])];
    }
}
