using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;

namespace Vae.Dsl.Tests;

/// <summary>Texts that may or may not be specs, and what must hold of the loader whatever the text.</summary>
internal static class Fuzz
{
    /// <summary>Whatever is wrong with a text, it is said within this time …</summary>
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    /// <summary>… and with this much memory. All that is allocated is counted: no more can be held at once.</summary>
    private const long Memory = 50 << 20;

    private static readonly string[] Cultures = ["", "de-DE", "tr-TR", "ar-SA"];

    /// <summary>Cases of all properties together: 2,000, or what the environment variable <c>VAE_FUZZ</c> says.</summary>
    public static int Cases { get; } = int.TryParse(Environment.GetEnvironmentVariable("VAE_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : 2_000;

    /// <summary>Marks of YAML, numbers and letters that trip parsers up, and every word of the language.</summary>
    public static string[] Tokens { get; } =
    [
        ":", ": ", "- ", "-", "\n", "\n  ", "\n    ", "\t", "{", "}", "[", "]", ",", "$(", "$(x)", "$(name)", ")", "\"", "'", "#", "&a", "*a", "!t", "!!int ", "<<", "<<: *a", "? ", "|", ">", "%", "@", "`", "---", "...",
        "null", "~", "auto", "true", "no", "1", "-1", "0", "2e-3", "010", "0x1F", "1:30", "1_000", "99999999999999999999", "1.5", "10%", "1e999", ".inf", ".nan", "vae: 1", "\u0000", "\u0085", "\u00a0", "\u2028", "\uFEFF", "é", "İ", "ı", "😀", "\ud800", "\r", "\r\n",
        "./base.vae.yaml", "../x.vae.yaml", "pkg:Acme.Specs/base.vae.yaml", "http://x/y", "use: {block: down, ch: 1}", "residual: {layers: [relu]}", "learned", "each: {ch: [1, 2]}", "extends: ./base.vae.yaml", "with: {hidden: 3}", "from: 2024-05-01",
        .. Words(Grammar.Root).Concat(Catalogues.SelectMany(catalogue => catalogue.All).SelectMany(row => row.Arguments.Select(argument => argument.Name).Prepend(row.Name))).Distinct(),
    ];

    private static ComponentCatalogue[] Catalogues => [Grammar.AllLayers, ReconstructionCatalogue.Rows, OptimizerCatalogue.Rows, ScheduleCatalogue.Rows, InitializationCatalogue.Rows, TermCatalogue.Rows, ConditionCatalogue.Rows, PlotCatalogue.Rows];

    /// <summary>A string of tokens.</summary>
    public static Gen<string> Soup { get; } = Gen.Elements(Tokens).ListOf().Select(tokens => string.Concat(tokens));

    /// <summary>One of the sources with up to six edits of letters, lines and values.</summary>
    public static Gen<string> Damaged(IReadOnlyList<string> sources)
    {
        Gen<int> at = Gen.Choose(0, 1_000_000);
        string[] numbers = ["0", "-7", "1", "2147483647", "2147483648", "1e308", "1e999", "1048576", "[1, 2, 3, 4, 5]", "\"3\"", "1e-320", "{}"];
        Gen<Func<string, string>> edit = Gen.Frequency(
            (3, from place in at from token in Gen.Elements(Tokens) select (Func<string, string>)(text => text.Insert(place % (text.Length + 1), token))),
            (2, from place in at from length in Gen.Choose(1, 12) select (Func<string, string>)(text => text.Remove(place % (text.Length + 1), Math.Min(length, text.Length - (place % (text.Length + 1)))))),
            (4, from place in at from number in Gen.Elements(numbers) select (Func<string, string>)(text => ReplaceWord(text, place, number, char.IsAsciiDigit))),
            (4, from place in at from token in Gen.Elements(Tokens) select (Func<string, string>)(text => ReplaceWord(text, place, token, letter => char.IsAsciiLetter(letter) || letter == '-'))),
            (2, from place in at select (Func<string, string>)(text => Lines(text, place, (lines, line) => lines.RemoveAt(line)))),
            (2, from place in at from to in at select (Func<string, string>)(text => Lines(text, place, (lines, line) => lines.Insert(to % lines.Count, lines[line])))),
            (2, from place in at from shift in Gen.Choose(-4, 4) select (Func<string, string>)(text => Lines(text, place, (lines, line) => lines[line] = shift < 0 ? lines[line][Math.Min(-shift, lines[line].Length)..] : new string(' ', shift) + lines[line]))),
            (1, from place in at from other in Gen.Elements<string>(sources) from start in at select (Func<string, string>)(text => Lines(text, place, (lines, line) => lines.InsertRange(line, other.Split('\n').Skip(start % 40).Take(5))))));
        return from source in Gen.Elements<string>(sources) from edits in edit.ListOf() select edits.Take(6).Aggregate(source, (text, one) => one(text));
    }

    /// <summary>Checks a property over so many parts of a hundred of all cases.</summary>
    public static void Check<T>(Gen<T> generator, int percent, Action<T> property) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(Math.Max(1, Cases * percent / 100)).WithQuietOnSuccess(true), Prop.ForAll(generator.ToArbitrary(), property));

    /// <summary>Loads, and looks at what comes back: a spec or an error, every message with a place in the text, in time and memory.</summary>
    /// <param name="text">What is loaded, for its length and lines.</param>
    /// <param name="load">Loads it.</param>
    public static SpecLoadResult Load(string text, Func<SpecLoadResult> load)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(Cultures[text.Length % Cultures.Length]);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            SpecLoadResult result = load();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

            Assert.True(allocated < Memory, $"{allocated:N0} bytes were allocated");
            // A busy machine makes anything slow: then it is the thread's own time that counts, the best of three.
            for (int again = 0; again < 3 && elapsed >= Time; again++)
            {
                TimeSpan begun = ThreadTime();
                load();
                elapsed = ThreadTime() - begun;
            }

            Assert.True(elapsed < Time, $"it took {elapsed}");
            Assert.True(result.Spec is not null || result.AbstractAt is not null || result.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error), "neither a spec nor an error came back");
            Assert.True(result.Diagnostics.Count <= 20);
            int lines = text.Count(letter => letter is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029') + 2;
            foreach (Diagnostic diagnostic in result.Diagnostics)
            {
                Assert.False(string.IsNullOrWhiteSpace(diagnostic.ToString()));
                Assert.InRange(diagnostic.Location?.Line ?? 0, 0, lines);
                Assert.DoesNotContain(diagnostic.ToString(), char.IsControl);
                Assert.InRange(diagnostic.Message.Length, 1, 2_001);
            }

            return result;
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>How long the thread has run on a processor; where the system does not say, how long it has been.</summary>
    private static TimeSpan ThreadTime()
    {
        const string Statistics = "/proc/thread-self/schedstat";
        return File.Exists(Statistics)
            ? TimeSpan.FromMicroseconds(double.Parse(File.ReadAllText(Statistics).Split(' ')[0], CultureInfo.InvariantCulture) / 1_000)
            : Stopwatch.GetElapsedTime(0);
    }

    private static IEnumerable<string> Words(Place place)
    {
        foreach (Key key in place.Keys)
        {
            yield return key.Name;
            Place? inner = key.Content switch
            {
                Content.Map(Place map) => map,
                Content.Named named when named.Each != Grammar.Variant => named.Each,
                _ => null,
            };
            foreach (string word in inner is null ? [] : Words(inner))
                yield return word;
            foreach (string word in key.Content is Content.Plain(Argument argument) ? argument.Choices : [])
                yield return word;
        }
    }

    private static string ReplaceWord(string text, int at, string replacement, Func<char, bool> isPart)
    {
        int start = at % (text.Length + 1);
        while (start < text.Length && !isPart(text[start]))
            start++;
        if (start == text.Length)
            return text;
        int end = start;
        while (end < text.Length && isPart(text[end]))
            end++;
        return text[..start] + replacement + text[end..];
    }

    private static string Lines(string text, int at, Action<List<string>, int> edit)
    {
        List<string> lines = [.. text.Split('\n')];
        edit(lines, at % lines.Count);
        return string.Join('\n', lines);
    }
}
