using System.Text;

namespace Vae.Artifacts.Snapshots;

/// <summary>A result in the layout of Verify's exception message.</summary>
internal static class SnapshotMessage
{
    public static string Write(SnapshotResult result)
    {
        var text = new StringBuilder();
        text.Append("Directory: ").Append(result.Directory).Append('\n');
        IReadOnlyList<SnapshotEntry> changes = result.Changes;
        SnapshotEntry[] ordered = [.. changes, .. result.Entries.Where(entry => entry.Status == SnapshotStatus.Equal)];
        foreach (SnapshotStatus status in Enum.GetValues<SnapshotStatus>())
        {
            SnapshotEntry[] entries = [.. ordered.Where(entry => entry.Status == status)];
            if (entries.Length == 0)
                continue;
            text.Append(status).Append(":\n");
            foreach (SnapshotEntry entry in entries)
            {
                if (status == SnapshotStatus.Delete)
                {
                    text.Append("  - ").Append(Path.GetFileName(entry.Verified)).Append('\n');
                    continue;
                }

                text.Append("  - Received: ").Append(Path.GetFileName(entry.Received)).Append('\n');
                text.Append("    Verified: ").Append(Path.GetFileName(entry.Verified)).Append('\n');
            }
        }

        if (changes.Any(entry => entry.Explanation.Length > 0))
            text.Append("\nFileContent:\n");
        Content(text, changes, SnapshotStatus.New);
        Content(text, changes, SnapshotStatus.NotEqual);
        if (result.Notes.Count > 0)
            text.Append('\n').AppendJoin('\n', result.Notes).Append('\n');
        if (result.Unwritten is { } reason)
            text.Append("\nThe .received. files could not be written: ").Append(reason).Append('\n');
        if (!result.Passed)
        {
            text.Append("\nIf the new result is right, accept it: 'vae accept', 'dotnet build -t:AcceptVaeSnapshots', or run the test once with VAE_SNAPSHOT=accept.")
                .Append("\nThat copies each .received. file over its .verified. one; look at the change and commit it.\n");
        }

        return text.ToString();
    }

    private static void Content(StringBuilder text, IEnumerable<SnapshotEntry> changes, SnapshotStatus status)
    {
        SnapshotEntry[] entries = [.. changes.Where(entry => entry.Status == status && entry.Explanation.Length > 0)];
        if (entries.Length == 0)
            return;
        text.Append('\n').Append(status).Append(":\n");
        foreach (SnapshotEntry entry in entries)
        {
            text.Append("\nReceived: ").Append(Path.GetFileName(entry.Received)).Append('\n');
            if (status == SnapshotStatus.NotEqual)
                text.Append("Verified: ").Append(Path.GetFileName(entry.Verified)).Append("\nCompare Result:\n");
            text.Append(entry.Explanation).Append('\n');
            if (entry.Difference is { } picture)
                text.Append("the differences are drawn in ").Append(Path.GetFileName(picture)).Append('\n');
        }
    }
}
