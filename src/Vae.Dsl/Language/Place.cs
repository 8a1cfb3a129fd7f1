namespace Vae.Dsl.Language;

/// <summary>A map with a closed list of keys.</summary>
/// <param name="Path">Where it stands, for messages: <c>train.stop</c>; empty for the top.</param>
/// <param name="Keys">The keys in the order of the docs page.</param>
/// <param name="Short">The key whose value may stand in place of the whole map (<c>latent: 2</c>); or <c>null</c>.</param>
internal sealed record Place(string Path, IReadOnlyList<Key> Keys, string? Short = null)
{
    public string Described => Path.Length == 0 ? "a spec" : $"'{Path}'";

    public Key? Find(string name) => Keys.FirstOrDefault(key => key.Name == name);
}
