namespace Vae.Dsl.Diagnostics;

public static partial class DiagnosticTable
{
    /// <summary>VAE1xxx: text, keys, values and parameters of a spec.</summary>
    public static class Syntax
    {
        /// <summary>The parser gave up.</summary>
        public static readonly DiagnosticCode NotYaml = new(
            "VAE1001",
            "The text is not well-formed YAML",
            "Look at the place and just before it for a bracket, brace or quote that is not closed, a missing ':' or a wrong indentation.");

        /// <summary>A tab where only spaces may stand.</summary>
        public static readonly DiagnosticCode TabIndentation = new(
            "VAE1002",
            "A line is indented with a tab",
            "YAML allows only spaces there. Replace the tab by two spaces, and set your editor to do so in .yaml files.");

        /// <summary>A limit on the text was passed.</summary>
        public static readonly DiagnosticCode TooLarge = new(
            "VAE1003",
            "The spec is too large",
            "A spec may have 1 MiB, 64 levels and 20,000 values. Put data into data files, and repetition into parameters.");

        /// <summary>The file is missing or not text.</summary>
        public static readonly DiagnosticCode CannotRead = new(
            "VAE1004",
            "The spec cannot be read",
            "Check the path and its permissions, and that the file is saved as UTF-8.");

        /// <summary>A part of YAML that the language leaves out.</summary>
        public static readonly DiagnosticCode UnsupportedYaml = new(
            "VAE1005",
            "The spec uses a part of YAML that is not part of the language",
            "Tags, anchors, aliases, merge keys, several documents and keys that are lists or maps are left out on purpose. Repeat the text, or use a parameter.");

        /// <summary>The same key twice.</summary>
        public static readonly DiagnosticCode DuplicateKey = new(
            "VAE1006",
            "A key stands twice in the same map",
            "Remove one of the two: only one value can hold.");

        /// <summary>No map at the top.</summary>
        public static readonly DiagnosticCode NotASpec = new(
            "VAE1007",
            "The file holds no spec",
            "A spec is a map whose first key is 'vae: 1'.");

        /// <summary>The first key is not <c>vae: 1</c>.</summary>
        public static readonly DiagnosticCode Version = new(
            "VAE1101",
            "The language version is missing or unknown",
            "Write 'vae: 1' as the first line. A higher number needs a newer version of the tool.");

        /// <summary>A name with other characters than allowed.</summary>
        public static readonly DiagnosticCode BadName = new(
            "VAE1102",
            "A name has characters that are not allowed",
            "A spec's name becomes a folder: lower-case letters, digits and '-', beginning with a letter or digit. A layer's name: letters, digits, '_' and '-', beginning with a letter.");

        /// <summary>A key that is not known at its place.</summary>
        public static readonly DiagnosticCode UnknownKey = new(
            "VAE1201",
            "A key is not known at this place",
            "Every key is known or an error. Take the suggestion, or look the key up in the language's page.");

        /// <summary>A value of the wrong type.</summary>
        public static readonly DiagnosticCode WrongType = new(
            "VAE1203",
            "A value has the wrong type",
            "Whole numbers are written 128, numbers 0.5 or 2e-3, truth values true or false, without quotes. Lists are [1, 2], maps {key: value}.");

        /// <summary>A number beyond its bounds.</summary>
        public static readonly DiagnosticCode OutOfRange = new(
            "VAE1204",
            "A value is out of range",
            "The message names the bound. Choose a value within it.");

        /// <summary>A word that is not among the choices.</summary>
        public static readonly DiagnosticCode NotAChoice = new(
            "VAE1205",
            "A value is not one of the possible ones",
            "The message lists what is possible.");

        /// <summary>Something that must be there is not.</summary>
        public static readonly DiagnosticCode Missing = new(
            "VAE1206",
            "Something required is missing",
            "Add the key that the message names.");

        /// <summary>Keys that contradict each other.</summary>
        public static readonly DiagnosticCode Conflict = new(
            "VAE1207",
            "Two keys contradict each other",
            "Keep one of the two. A variant removes an inherited key with 'key: null'.");

        /// <summary>A layer, optimizer, plot … that there is not.</summary>
        public static readonly DiagnosticCode UnknownComponent = new(
            "VAE1208",
            "There is no such layer, activation, optimizer, schedule, loss or plot",
            "Take the suggestion, or look the name up in the language's page. The list is closed.");

        /// <summary>A list item or choice with more or fewer than one key.</summary>
        public static readonly DiagnosticCode NotOneKey = new(
            "VAE1209",
            "A layer, or another choice from a list, must be written with exactly one key",
            "Write '- linear: 128' or '- linear: {out: 128, act: relu}'. Arguments on lines of their own are indented deeper than the layer's name.");

        /// <summary>A parameter that is declared wrongly.</summary>
        public static readonly DiagnosticCode BadParameter = new(
            "VAE1301",
            "A parameter is declared wrongly",
            "Write 'beta: 0.001', or 'latent: {type: int, default: 16, min: 1}' with one of the types int, float, bool, string, int[].");

        /// <summary>A parameter that is not declared.</summary>
        public static readonly DiagnosticCode UnknownParameter = new(
            "VAE1302",
            "A parameter is not declared",
            "Declare it under 'params', or correct its name.");

        /// <summary><c>$(</c> without an identifier.</summary>
        public static readonly DiagnosticCode ReservedExpression = new(
            "VAE1303",
            "'$(' must be followed by a parameter's name and ')'",
            "There is no arithmetic: '$(' with anything else is reserved. Declare a second parameter for the other value.");

        /// <summary>A parameter's value of the wrong type.</summary>
        public static readonly DiagnosticCode ParameterType = new(
            "VAE1304",
            "A parameter's value has the wrong type",
            "Give a value of the type that the parameter declares, or change the declaration.");

        /// <summary>A parameter's value beyond its bounds or choices.</summary>
        public static readonly DiagnosticCode ParameterRange = new(
            "VAE1305",
            "A parameter's value is out of range",
            "Give a value within the bounds that the parameter declares, or change the declaration.");

        /// <summary><c>--param</c> or <c>--set</c> that is not <c>name=value</c>.</summary>
        public static readonly DiagnosticCode BadOverride = new(
            "VAE1306",
            "An override from outside the spec cannot be read",
            "Write '--param name=value' or '--set path.to.key=value'; in a shell, put single quotes around it.");

        /// <summary>A variant that is not there.</summary>
        public static readonly DiagnosticCode UnknownVariant = new(
            "VAE1307",
            "The spec has no such variant",
            "Declare it under 'variants', or correct its name.");

        /// <summary><c>extends</c> with something that is no reference.</summary>
        public static readonly DiagnosticCode BadBase = new(
            "VAE1310",
            "A reference to a base has the wrong form",
            "Write './base.vae.yaml' or '../base.vae.yaml', relative to the spec that extends it, or 'pkg:PackageId/base.vae.yaml'. Addresses and absolute paths are left out on purpose.");

        /// <summary>A base that is not there.</summary>
        public static readonly DiagnosticCode BaseNotFound = new(
            "VAE1311",
            "A base is not there",
            "Check the path: it is relative to the folder of the spec that says 'extends', or to the folder of the package.");

        /// <summary>A package of specs that is not known.</summary>
        public static readonly DiagnosticCode UnknownPackage = new(
            "VAE1312",
            "A package of specs is not known",
            "Reference the package in the project, or pass its folder: '--package Id=folder'. Only packages that are named this way are looked at.");

        /// <summary>A base outside its package.</summary>
        public static readonly DiagnosticCode OutsidePackage = new(
            "VAE1313",
            "A base points outside its package",
            "A package is complete in itself: its specs extend specs of the same package, or of another by 'pkg:'.");

        /// <summary>Bases in a circle.</summary>
        public static readonly DiagnosticCode BaseCycle = new(
            "VAE1314",
            "Specs extend each other in a circle",
            "The message shows the circle. Remove one 'extends' of it.");

        /// <summary>A chain beyond the limit.</summary>
        public static readonly DiagnosticCode ChainTooLong = new(
            "VAE1315",
            "A chain of bases is too long",
            "A chain may have 8 specs, the first included. Put some of them together.");

        /// <summary>Training a spec that is only a base.</summary>
        public static readonly DiagnosticCode Abstract = new(
            "VAE1316",
            "The spec is abstract",
            "A spec with 'abstract: true' is a base for others. Write a spec that extends it, and train that one.");

        /// <summary>A block that is not there.</summary>
        public static readonly DiagnosticCode UnknownBlock = new(
            "VAE1317",
            "There is no such block",
            "Declare it under 'blocks', or correct its name.");

        /// <summary>Blocks in a circle.</summary>
        public static readonly DiagnosticCode BlockCycle = new(
            "VAE1318",
            "Blocks use each other in a circle",
            "The message shows the circle. Remove one 'use' of it.");

        /// <summary>An <c>each</c> that gives no number of uses.</summary>
        public static readonly DiagnosticCode BadEach = new(
            "VAE1319",
            "'each' does not say how often a block is used",
            "Write a list of values for at least one parameter, as in 'each: {ch: [32, 64]}'. Lists of several parameters have the same length.");

        /// <summary>A sweep that is written wrongly.</summary>
        public static readonly DiagnosticCode BadSweep = new(
            "VAE1320",
            "A sweep is written wrongly",
            "Write a list of values for each parameter, as in 'sweep: {beta: [0.1, 1, 4]}'. A parameter that is swept is not given by '--param' as well.");

        /// <summary>A sweep beyond the limit.</summary>
        public static readonly DiagnosticCode SweepTooLarge = new(
            "VAE1321",
            "A sweep has too many points",
            "A sweep is every combination of its values, and may have 1,000. Sweep fewer values or fewer parameters at once.");
    }
}
