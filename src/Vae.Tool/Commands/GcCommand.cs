using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;
using Vae.Artifacts;
using Vae.Artifacts.Store;
using Vae.Dsl.Diagnostics;
using Vae.Tool.Output;

namespace Vae.Tool.Commands;

/// <summary><c>vae gc</c>: what is in the store of trained models, and away with what nobody needs.</summary>
internal static class GcCommand
{
    private const int ShortFingerprint = 12;

    public static Command Create(ToolConsole console)
    {
        var store = new Option<string?>("--store") { Description = "The store; the user's own unless given.", HelpName = "folder" };
        var olderThan = new Option<string?>("--older-than") { Description = "Remove models that were last used longer ago: 12h, 90d, 4w.", HelpName = "time" };
        var maxSize = new Option<string?>("--max-size") { Description = "Remove the models that were used the longest time ago until the rest takes no more: 500MB, 20GB.", HelpName = "size" };
        var of = new Option<string[]>("--of") { Description = "Remove the models of a lock file, of a folder of a trained spec, or of all of these below a folder. May be given several times.", HelpName = "path" };
        var keepLocked = new Option<string[]>("--keep-locked") { Description = "Keep, whatever else is said, the models of the lock files below a folder. May be given several times.", HelpName = "folder" };
        var all = new Option<bool>("--all") { Description = "Remove every model." };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Say what would be removed, and remove nothing." };
        olderThan.Validators.Add(result => Check(result, text => Quantity.TryTime(text, out _), "--older-than expects a time, 12h, 90d or 4w"));
        maxSize.Validators.Add(result => Check(result, text => Quantity.TryBytes(text, out _), "--max-size expects a size, 500MB or 20GB"));
        var command = new Command("gc", "List the store of trained models, and remove what is old, too much, or broken.") { store, olderThan, maxSize, of, keepLocked, all, dryRun };
        command.SetAction(parsed =>
        {
            if ((parsed.GetValue(store) ?? ModelStore.DefaultFolder) is not { } folder)
            {
                console.Error.WriteLine("vae: the user has no home folder, so there is no store; name one with --store");
                return ExitCode.Failure;
            }

            StoreCleaning cleaning = new()
            {
                OlderThan = Quantity.TryTime(parsed.GetValue(olderThan) ?? "", out TimeSpan age) ? age : null,
                MaxBytes = Quantity.TryBytes(parsed.GetValue(maxSize) ?? "", out long bytes) ? bytes : null,
                All = parsed.GetValue(all),
                Named = FingerprintsOf(parsed.GetValue(of) ?? []),
                Kept = FingerprintsOf(parsed.GetValue(keepLocked) ?? []),
            };
            return Clean(new ModelStore(folder), cleaning, parsed.GetValue(dryRun), console);
        });
        return command;
    }

    private static int Clean(ModelStore store, StoreCleaning cleaning, bool dryRun, ToolConsole console)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        IReadOnlyList<StoreEntry> entries = store.List();
        Dictionary<string, string> chosen = cleaning.Choose(entries, now).ToDictionary(StringComparer.Ordinal);
        List<StoreEntry> removed = [];
        try
        {
            foreach (StoreEntry entry in entries.Where(entry => chosen.ContainsKey(entry.Fingerprint)))
            {
                if (dryRun || store.Remove(entry.Fingerprint))
                    removed.Add(entry);
                else
                    chosen[entry.Fingerprint] = "in use, kept";
            }

            if (entries.Count > 0)
                console.Ansi.Write(TableOf(entries, chosen, now));
            long remains = store.RemoveRemains(now, dryRun);
            string rest = remains > 0 ? $" and {Quantity.Bytes(remains)} of unfinished ones" : "";
            console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(dryRun ? "would remove" : "removed")} {removed.Count} of {entries.Count} models, {Quantity.Bytes(removed.Sum(entry => entry.Bytes))} of {Quantity.Bytes(entries.Sum(entry => entry.Bytes))}{rest}: {store.Folder}"));
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            console.Error.WriteLine($"vae: the store {store.Folder} cannot be cleaned: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private static Table TableOf(IReadOnlyList<StoreEntry> entries, Dictionary<string, string> chosen, DateTimeOffset now)
    {
        Table table = new Table().Border(TableBorder.None).AddColumn("model").AddColumn("fingerprint").AddColumn(new TableColumn("size").RightAligned()).AddColumn(new TableColumn("last used").RightAligned()).AddColumn("removed for");
        foreach (StoreEntry entry in entries.OrderByDescending(entry => entry.LastUsed))
        {
            table.AddRow(
                Markup.Escape(entry.Spec.Length > 0 ? entry.Spec : "?"),
                entry.Fingerprint[..ShortFingerprint],
                Quantity.Bytes(entry.Bytes),
                Quantity.Ago(now - entry.LastUsed),
                chosen.GetValueOrDefault(entry.Fingerprint, ""));
        }

        return table;
    }

    /// <summary>The fingerprints that lock files and folders of trained specs name.</summary>
    /// <exception cref="VaeException">VAE6005: a path leads to nothing of the kind. VAE6004: a lock file cannot be read.</exception>
    private static HashSet<string> FingerprintsOf(IEnumerable<string> paths)
    {
        HashSet<string> fingerprints = new(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            if (File.Exists(path))
                fingerprints.UnionWith(FingerprintsOfLock(path));
            else if (ArtifactFolder.InputsOf(path) is { } inputs)
                fingerprints.Add(inputs.Fingerprint);
            else if (Directory.Exists(path))
                fingerprints.UnionWith(FingerprintsBelow(path));
            else
                throw new VaeException(DiagnosticTable.Store.CleaningTarget.At(new Location(path, 0, 0), "there is no such file or folder, so no model of the store is named by it"));
        }

        return fingerprints;
    }

    private static IEnumerable<string> FingerprintsBelow(string folder)
    {
        EnumerationOptions everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };
        return Directory.EnumerateFiles(folder, "*.vae" + SpecLock.Extension, everywhere).SelectMany(FingerprintsOfLock)
            .Concat(Directory.EnumerateFiles(folder, ArtifactFolder.Manifest, everywhere).Select(file => ArtifactFolder.InputsOf(Path.GetDirectoryName(file)!)?.Fingerprint).OfType<string>());
    }

    private static IEnumerable<string> FingerprintsOfLock(string path) => (SpecLock.Read(path) ?? SpecLock.Empty).Entries.Values.Select(entry => entry.Inputs.Fingerprint);

    private static void Check(OptionResult result, Func<string, bool> understood, string otherwise)
    {
        if (result.Tokens is [var token] && !understood(token.Value))
            result.AddError($"{otherwise}, got '{token.Value}'");
    }
}
