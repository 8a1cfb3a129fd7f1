using Vae.Dsl;
using Vae.Dsl.Diagnostics;

namespace Vae.Data.Tests;

/// <summary>Loads, and takes faults apart.</summary>
internal static class Loading
{
    public static DataSet Load(TempFolder folder, DataSpec spec, Func<DataLoadOptions, DataLoadOptions>? change = null)
    {
        DataLoadOptions options = new() { SpecDirectory = folder.Path, Offline = true };
        options = change?.Invoke(options) ?? options;
        DataSet set = DataSetLoader.Load(spec, options);
        Assert.Equal(set.Files, DataSetLoader.Digest(spec, options));
        return set;
    }

    /// <summary>Asserts that loading fails with this code, names the file, and says all of <paramref name="words"/>.</summary>
    public static Diagnostic Refused(TempFolder folder, DataSpec spec, DiagnosticCode code, string file, params string[] words)
    {
        VaeException fault = Assert.Throws<VaeException>(() => Load(folder, spec));
        Diagnostic diagnostic = Assert.Single(fault.Diagnostics);
        Assert.Equal(code, diagnostic.Code);
        Assert.EndsWith(file, diagnostic.Location?.File, StringComparison.Ordinal);
        foreach (string word in words)
            Assert.Contains(word, diagnostic.Message, StringComparison.Ordinal);
        return diagnostic;
    }

    /// <summary>Asserts that loading under a memory limit fails with this code and says all of <paramref name="words"/>.</summary>
    public static void Refused(TempFolder folder, DataSpec spec, long memoryLimit, DiagnosticCode code, params string[] words)
    {
        DataLoadOptions options = new() { SpecDirectory = folder.Path, Offline = true, MemoryLimit = memoryLimit };
        Diagnostic diagnostic = Assert.Single(Assert.Throws<VaeException>(() => DataSetLoader.Load(spec, options)).Diagnostics);
        Assert.Equal(code, diagnostic.Code);
        foreach (string word in words)
            Assert.Contains(word, diagnostic.Message, StringComparison.Ordinal);
    }

    public static float[][] Values(Examples examples) => [.. Enumerable.Range(0, examples.Count).Select(examples.Example)];
}
