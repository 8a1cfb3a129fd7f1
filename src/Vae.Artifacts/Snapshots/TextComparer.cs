namespace Vae.Artifacts.Snapshots;

/// <summary>Texts, exactly; only the kind of line ends and the last one do not count.</summary>
internal sealed class TextComparer : SnapshotComparer
{
    private const int MaxLinesCompared = 2000;

    public override Comparison Compare(byte[] received, byte[] verified)
    {
        string[] left = Lines(verified);
        string[] right = Lines(received);
        return left.SequenceEqual(right) ? Comparison.Equal : Comparison.Different(Difference(left, right));
    }

    // Lines only in the accepted text are marked −, lines only in the new one +, by a longest common subsequence of what lies
    // between the equal beginning and the equal end.
    private static List<string> Difference(string[] verified, string[] received)
    {
        int start = 0;
        while (start < verified.Length && start < received.Length && verified[start] == received[start])
            start++;
        int end = 0;
        while (end < verified.Length - start && end < received.Length - start && verified[^(end + 1)] == received[^(end + 1)])
            end++;
        string[] old = [.. verified[start..^end].Take(MaxLinesCompared)];
        string[] now = [.. received[start..^end].Take(MaxLinesCompared)];
        var common = new int[old.Length + 1, now.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var lines = new List<string>();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                i++;
                j++;
            }
            else if (i < old.Length && (j == now.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add($"verified line {start + i + 1}: − {old[i++]}");
            }
            else
            {
                lines.Add($"received line {start + j + 1}: + {now[j++]}");
            }
        }

        return lines;
    }

    private static string[] Lines(byte[] content) =>
        Text(content).TrimEnd('\n').Split('\n');
}
