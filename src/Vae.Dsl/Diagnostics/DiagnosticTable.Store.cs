namespace Vae.Dsl.Diagnostics;

public static partial class DiagnosticTable
{
    /// <summary>VAE6xxx: the store of trained models and the lock files.</summary>
    public static class Store
    {
        /// <summary>The lock file does not fit what the build would train.</summary>
        public static readonly DiagnosticCode LockDiffers = new(
            "VAE6001",
            "The lock file does not fit the spec",
            "With VaeMode=Locked nothing is trained. Build once without it, look at the new model, and commit the changed .vae.lock beside the spec; or take back the change that the message names.");

        /// <summary>A locked build finds the model nowhere.</summary>
        public static readonly DiagnosticCode ModelMissing = new(
            "VAE6002",
            "The model of the lock file is neither in the output nor in the store",
            "With VaeMode=Locked nothing is trained. Let this machine share the store of one that trained it (VaeCacheDirectory), or build here once without VaeMode=Locked.");

        /// <summary>The model that is there is another result of the same inputs.</summary>
        public static readonly DiagnosticCode ModelDiffers = new(
            "VAE6003",
            "The model is not the one of the lock file",
            "The same inputs were trained twice, on machines whose last digits differ. Use the store of the machine that wrote the lock file; or delete the lock file, build without VaeMode=Locked, and commit the new one.");

        /// <summary>The lock file is no lock file.</summary>
        public static readonly DiagnosticCode LockUnreadable = new(
            "VAE6004",
            "The lock file cannot be read",
            "Resolve the merge in it, or delete it and build without VaeMode=Locked: it is written again.");

        /// <summary>An argument of <c>vae gc</c> names nothing that has models in the store.</summary>
        public static readonly DiagnosticCode CleaningTarget = new(
            "VAE6005",
            "There is no lock file and no model there",
            "Name a .vae.lock, a folder of a trained spec, or a folder that has such files in it.");
    }
}
