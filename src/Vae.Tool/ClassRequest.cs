using Vae.Dsl;

namespace Vae.Tool;

/// <summary>
/// What a build asks <c>vae generate</c> for: a text file of lines <c>key TAB value</c>. The project's own come first; a line
/// <c>spec</c> begins each spec.
/// </summary>
internal sealed record ClassRequest
{
    /// <summary>The project file, which messages about its items name.</summary>
    public string Project { get; private set; } = "";

    /// <summary>The project's root namespace.</summary>
    public string RootNamespace { get; private set; } = "";

    /// <summary>The folder of the models beside the program.</summary>
    public string ModelsFolder { get; private set; } = "models";

    /// <summary>Whether the project's compiler knows annotations of nullable references.</summary>
    public bool IsNullableAware { get; private set; }

    /// <summary>The folders of packages of specs, by their ids.</summary>
    public Dictionary<string, string> Packages { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The specs, in the order of the file.</summary>
    public List<Item> Specs { get; } = [];

    /// <summary>Reads a request.</summary>
    /// <exception cref="FormatException">A line is not understood.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ClassRequest Read(string path)
    {
        ClassRequest request = new();
        foreach (string line in File.ReadLines(path))
        {
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0 || !request.Add(line[..tab], line[(tab + 1)..]))
                throw new FormatException($"the request '{path}' has a line that this version does not know: '{line}'");
        }

        return request;
    }

    private bool Add(string key, string value)
    {
        if (key == "spec")
        {
            Specs.Add(new Item(value));
            return true;
        }

        if (Specs.Count > 0)
            return Specs[^1].Add(key, value);
        switch (key)
        {
            case "project":
                Project = value;
                return true;
            case "namespace":
                RootNamespace = value;
                return true;
            case "models":
                ModelsFolder = value;
                return true;
            case "nullable":
                IsNullableAware = value == "true";
                return true;
            case "package" when value.IndexOf('=', StringComparison.Ordinal) is > 0 and int equals:
                Packages[value[..equals]] = value[(equals + 1)..];
                return true;
            default:
                return false;
        }
    }

    /// <summary>One spec and the class that is asked for.</summary>
    /// <param name="path">The <c>.vae.yaml</c> file.</param>
    internal sealed class Item(string path)
    {
        private readonly List<string> sets = [];
        private readonly List<string> parameters = [];
        private string? variant;

        /// <summary>The <c>.vae.yaml</c> file.</summary>
        public string Path => path;

        /// <summary>The folder of the model.</summary>
        public string Name { get; private set; } = "";

        /// <summary>The file to write.</summary>
        public string Output { get; private set; } = "";

        /// <summary>The class's name where the project gives one.</summary>
        public string? ClassName { get; private set; }

        /// <summary>Its namespace where the project gives one.</summary>
        public string? Namespace { get; private set; }

        /// <summary><c>public</c> or <c>internal</c>.</summary>
        public string Access { get; private set; } = "public";

        /// <summary>What is laid over the spec.</summary>
        public SpecLoadOptions Options(IReadOnlyDictionary<string, string> packages) => new() { Variant = variant, Sets = sets, Parameters = parameters, Packages = packages };

        /// <summary>Takes a line; <c>false</c> where its key is not known.</summary>
        public bool Add(string key, string value)
        {
            switch (key)
            {
                case "name":
                    Name = value;
                    return true;
                case "output":
                    Output = value;
                    return true;
                case "class":
                    ClassName = value;
                    return true;
                case "in":
                    Namespace = value;
                    return true;
                case "access":
                    Access = value;
                    return true;
                case "variant":
                    variant = value;
                    return true;
                case "set":
                    sets.Add(value);
                    return true;
                case "param":
                    parameters.Add(value);
                    return true;
                default:
                    return false;
            }
        }
    }
}
