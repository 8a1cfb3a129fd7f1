using Vae.Dsl.Catalogue;
using Vae.Dsl.Text;

namespace Vae.Dsl.Language;

/// <summary>Finds what a user may have meant.</summary>
internal static class Suggestion
{
    private const int MaxLength = 64;

    /// <summary>What other tools call things, and what they are called here.</summary>
    private static readonly Dictionary<string, string> Foreign = new(StringComparer.Ordinal)
    {
        ["batch-size"] = "batch (under 'train')",
        ["num-epochs"] = "epochs (under 'train')",
        ["max-epochs"] = "epochs (under 'train')",
        ["n-epochs"] = "epochs (under 'train')",
        ["epoch"] = "epochs (under 'train')",
        ["learning-rate"] = "lr (under 'train')",
        ["random-seed"] = "seed (under 'train')",
        ["manual-seed"] = "seed (under 'train')",
        ["grad-clip"] = "clip-norm (under 'train')",
        ["gradient-clip-val"] = "clip-norm (under 'train')",
        ["initializer"] = "init (under 'train')",
        ["weight-init"] = "init (under 'train')",
        ["kernel-initializer"] = "init (under 'train')",
        ["weights-initializer"] = "init (under 'train')",
        ["early-stopping"] = "stop (under 'train')",
        ["scheduler"] = "schedule (under 'train')",
        ["lr-scheduler"] = "schedule (under 'train')",
        ["kld-weight"] = "kl (under 'loss')",
        ["kl-weight"] = "kl (under 'loss')",
        ["beta"] = "kl (under 'loss')",
        ["kld"] = "kl (under 'loss')",
        ["latent-dim"] = "latent",
        ["latent-size"] = "latent",
        ["z-dim"] = "latent",
        ["z"] = "latent",
        ["parameters"] = "params",
        ["val-split"] = "validation (under 'data')",
        ["normalize"] = "scale (under 'data')",
        ["outputs"] = "artifacts",
        ["profiles"] = "variants",
        ["inherits"] = "extends",
        ["inherit"] = "extends",
        ["base"] = "extends",
        ["parent"] = "extends",
        ["defaults"] = "extends",
        ["templates"] = "blocks",
        ["modules"] = "blocks",
        ["block"] = "blocks",
        ["grid"] = "sweep",
        ["grid-search"] = "sweep",
        ["matrix"] = "sweep",
        ["deconv2d"] = "conv-transpose2d",
        ["convtranspose2d"] = "conv-transpose2d",
        ["deconv"] = "conv-transpose2d",
        ["deconv1d"] = "conv-transpose1d",
        ["convtranspose1d"] = "conv-transpose1d",
        ["conv"] = "conv2d",
        ["dense"] = "linear",
        ["fc"] = "linear",
        ["fully-connected"] = "linear",
        ["swish"] = "silu",
        ["lrelu"] = "leaky-relu",
        ["bn"] = "batchnorm",
        ["batch-norm"] = "batchnorm",
        ["batchnorm1d"] = "batchnorm",
        ["batchnorm2d"] = "batchnorm",
        ["layer-norm"] = "layernorm",
        ["group-norm"] = "groupnorm",
        ["maxpool"] = "maxpool2d",
        ["avgpool"] = "avgpool2d",
        ["unflatten"] = "reshape",
        ["view"] = "reshape",
        ["repeat-vector"] = "repeat",
        ["skip"] = "residual",
        ["embed"] = "embedding",
        ["activation"] = "act",
        ["gpu"] = "cuda",
        ["double"] = "float64",
        ["out-features"] = "out",
        ["out-channels"] = "out",
        ["units"] = "out",
        ["filters"] = "out",
        ["hidden-size"] = "hidden",
        ["hidden-dim"] = "hidden",
        ["num-layers"] = "layers",
        ["n-layers"] = "layers",
        ["return-sequences"] = "return",
        ["num-embeddings"] = "num",
        ["embedding-dim"] = "dim",
        ["data-format"] = "channels-last",
        ["kernel-size"] = "kernel",
        ["negative-slope"] = "slope",
        ["scale-factor"] = "scale",
        ["binary-cross-entropy"] = "bce",
        ["bernoulli"] = "bce",
        ["l2"] = "mse",
        ["mae"] = "l1",
        ["glorot-uniform"] = "xavier-uniform",
        ["glorot-normal"] = "xavier-normal",
        ["he-uniform"] = "kaiming-uniform",
        ["he-normal"] = "kaiming-normal",
        ["betas"] = "beta1 and beta2",
        ["epsilon"] = "eps",
    };

    private const int MaxCandidates = 500;

    private static readonly Lazy<IReadOnlyList<(string Key, string Path)>> Everywhere = new(() => [.. Walk(Grammar.Root)]);

    /// <summary>The candidate nearest to a word, if one is near enough.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates, DiagnosticBag bag) =>
        bag.MaySuggest() ? Nearest(word, candidates) : null;

    private static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string kebab = Kebab(word);
        // What another tool calls by this very name goes before what is merely spelt alike: 'l2' is mse, not l1.
        string? known = Foreign.TryGetValue(kebab, out string? foreign) ? foreign.Split(' ')[0] : null;
        // The language's own names are kebab-case; those of parameters, packages and files are as their authors like them.
        string lower = Lower(word);
        int nearest = kebab.Length <= 4 ? 2 : 3;
        string? found = null;
        // A spec may declare thousands of names and misspell each of them.
        foreach (string candidate in candidates.Take(MaxCandidates))
        {
            if (candidate == known)
                return known;
            int distance = Math.Min(Distance(kebab, candidate, nearest - 1), Distance(lower, Lower(candidate), nearest - 1));
            if (distance >= nearest)
                continue;
            nearest = distance;
            found = candidate;
        }

        return found;
    }

    /// <summary>A sentence for a key that is not known at its place; empty where nothing comes to mind.</summary>
    /// <param name="word">The key.</param>
    /// <param name="here">The keys known there.</param>
    /// <param name="bag">Where it is reported.</param>
    /// <param name="meant">The key of <paramref name="here"/> that was probably meant.</param>
    public static string For(string word, IReadOnlyCollection<string> here, DiagnosticBag bag, out string? meant)
    {
        meant = null;
        if (!bag.MaySuggest())
            return "";
        meant = Nearest(word, here);
        if (meant is not null)
            return $" Did you mean '{meant}'?";

        string kebab = Kebab(word);
        if (Everywhere.Value.FirstOrDefault(entry => entry.Key == kebab) is { Key: not null } elsewhere)
            return $" '{kebab}' belongs {(elsewhere.Path.Length == 0 ? "at the top of the spec" : $"under '{elsewhere.Path}'")}.";
        if (Foreign.TryGetValue(kebab, out string? known))
            return known.Contains(' ', StringComparison.Ordinal) ? $" Here it is {known}." : $" Here it is called '{known}'.";
        if (kebab is "in" or "in-features" or "in-channels" or "input-size")
            return " What comes in is inferred; leave it out.";

        if (LayerCatalogue.TryGet(kebab, out _) || kebab == "use")
            return $" '{kebab}' is a layer: it belongs in the lists 'encoder' and 'decoder'.";
        return Nearest(word, Everywhere.Value.Select(entry => entry.Key)) is string near
            ? $" Did you mean '{near}', which belongs {Belongs(near)}?"
            : "";
    }

    private static string Belongs(string key)
    {
        string path = Everywhere.Value.First(entry => entry.Key == key).Path;
        return path.Length == 0 ? "at the top of the spec" : $"under '{path}'";
    }

    private static IEnumerable<(string Key, string Path)> Walk(Place place)
    {
        // Nearer to the top first: 'lr' is found under 'train', not in a corner.
        foreach (Key key in place.Keys)
            yield return (key.Name, place.Path);
        foreach (Key key in place.Keys)
        {
            if (key.Content is Content.Map(Place inner))
            {
                foreach ((string Key, string Path) entry in Walk(inner))
                    yield return entry;
            }
        }
    }

    private static string Lower(string word) => (word.Length > MaxLength ? word[..MaxLength] : word).ToLowerInvariant();

    private static string Kebab(string word)
    {
        var kebab = new System.Text.StringBuilder();
        foreach (char letter in word.Length > MaxLength ? word[..MaxLength] : word)
        {
            if (char.IsAsciiLetterUpper(letter) && kebab.Length > 0 && kebab[^1] != '-')
                kebab.Append('-');
            kebab.Append(letter == '_' ? '-' : char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }

    /// <summary>Damerau–Levenshtein distance of adjacent transpositions; over <paramref name="allowed"/> as soon as that is sure.</summary>
    private static int Distance(string a, string b, int allowed)
    {
        if (Math.Abs(a.Length - b.Length) > allowed)
            return allowed + 1;
        // Three rows of the table: the one in work and the two above it.
        int width = b.Length + 1;
        Span<int> rows = stackalloc int[3 * width];
        Span<int> above = rows[..width], row = rows.Slice(width, width), higher = rows[(2 * width)..];
        for (int j = 0; j < width; j++)
            above[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            int least = i;
            for (int j = 1; j < width; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], higher[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }

            // From here on it only grows.
            if (least > allowed)
                return allowed + 1;

            Span<int> oldest = higher;
            higher = above;
            above = row;
            row = oldest;
        }

        return above[b.Length];
    }
}
