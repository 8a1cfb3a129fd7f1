using System.Globalization;
using Vae.Artifacts.Store;

namespace Vae.Artifacts.Tests.Store;

/// <summary>The entry point of this assembly: writes one model after another into one folder, a store and a lock file, until it is killed.</summary>
internal static class Writer
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [var output, var storeFolder, var lockFile, var first])
            return 64;
        ModelStore store = new(storeFolder);
        for (int number = int.Parse(first, CultureInfo.InvariantCulture); ; number++)
        {
            ArtifactWriter.Write(Results.Of(Specs.Tiny(), kl: number), output, FingerprintOf(number));
            store.Put(output);
            SpecLock.Empty.With("default", SpecLockEntry.Of(output)!).Write(lockFile);
            if (number > 0 && store.Find(FingerprintOf(number - 1)) is { Status: StoreStatus.Found } earlier)
                earlier.WriteTo(output);
            Console.WriteLine(number);
        }
    }

    /// <summary>A few of them, so that entries are replaced too.</summary>
    private static string FingerprintOf(int number) => new((char)('0' + (number % 5)), 64);
}
