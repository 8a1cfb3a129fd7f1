using System.Text;

namespace Vae.Artifacts.Snapshots;

/// <summary>A result in the layout of Verify's exception message.</summary>
internal static class SnapshotMessage
{
    public static string Write(SnapshotResult result)
    {
        var text = new StringBuilder();
        text.Append("Directory: ").Append(result.Directory).Append('\n');
        foreach (SnapshotStatus status in Enum.GetValues<SnapshotStatus>())
        {
            SnapshotEntry[] entries = [.. result.Entries.Where(entry => entry.Status == status)];
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

        if (result.Entries.Any(entry => entry.Explanation.Length > 0))
            text.Append("\nFileContent:\n");
        Content(text, result, SnapshotStatus.New);
        Content(text, result, SnapshotStatus.NotEqual);
        if (!result.Passed)
        {
            text.Append("\nIf the new result is right, accept it: run the test once with VAE_SNAPSHOT=accept.")
                .Append("\nThat copies each .received. file over its .verified. one; look at the change and commit it.\n");
        }

        return text.ToString();
    }

    private static void Content(StringBuilder text, SnapshotResult result, SnapshotStatus status)
    {
        SnapshotEntry[] entries = [.. result.Entries.Where(entry => entry.Status == status && entry.Explanation.Length > 0)];
        if (entries.Length == 0)
            return;
        text.Append('\n').Append(status).Append(":\n");
        foreach (SnapshotEntry entry in entries)
        {
            text.Append("\nReceived: ").Append(Path.GetFileName(entry.Received)).Append('\n');
            if (status == SnapshotStatus.NotEqual)
                text.Append("Verified: ").Append(Path.GetFileName(entry.Verified)).Append("\nCompare Result:\n");
            text.Append(entry.Explanation).Append('\n');
        }
    }
}
