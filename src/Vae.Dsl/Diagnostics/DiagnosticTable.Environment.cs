namespace Vae.Dsl.Diagnostics;

public static partial class DiagnosticTable
{
    /// <summary>VAE0xxx: the machine.</summary>
    public static class Environment
    {
        /// <summary>libtorch could not be loaded.</summary>
        public static readonly DiagnosticCode NativeLibrary = new(
            "VAE0001",
            "The native library could not be loaded",
            "Run 'vae doctor' to see which files were tried. Restore the project so that the libtorch-cpu package is in the NuGet cache, or set VAE_LIBTORCH to the folder that holds libtorch.");

        /// <summary>A package of native libraries could not be restored.</summary>
        public static readonly DiagnosticCode NativePackage = new(
            "VAE0002",
            "A package of native libraries could not be restored",
            "Training needs libtorch, which the first training of a user restores with 'dotnet restore' from the NuGet sources of the folder it runs in. Make one of them reachable, or copy the package that the message names into a folder that is a source ('dotnet nuget add source <folder>'), or set VAE_LIBTORCH to the folder of a libtorch that is here already.");

        /// <summary>The build did not find the trainer.</summary>
        public static readonly DiagnosticCode TrainerMissing = new(
            "VAE0020",
            "The build did not find the trainer",
            "Restore the project again, or set the MSBuild property VaeToolPath to the full path of vae.dll.");

        /// <summary>The trainer died, or left nothing, without saying why.</summary>
        public static readonly DiagnosticCode TrainerFailed = new(
            "VAE0021",
            "The trainer ended without a result and without an error of its own",
            "Run the command that the message shows: 'vae doctor' and 'vae train' by hand print more than a build does. Too little memory is a common cause.");

        /// <summary>Two specs of a project have one name.</summary>
        public static readonly DiagnosticCode SpecNameTwice = new(
            "VAE0022",
            "Two specs of a project have the same name",
            "The name gives the folder of the model, so it is unique in a project: rename a file, or set the item's metadata, <VaeSpec Update=\"path\" Name=\"other\" />.");

        /// <summary>The property VaeMode has an unknown value.</summary>
        public static readonly DiagnosticCode BuildMode = new(
            "VAE0023",
            "VaeMode has an unknown value",
            "Write Auto (train what changed) or Off (train nothing, take what is there).");

        /// <summary>An item VaeSpecPackage has no folder, one that is missing, or two.</summary>
        public static readonly DiagnosticCode SpecPackageFolder = new(
            "VAE0024",
            "A package of specs of the project has no folder",
            "Give the item its folder, relative to the project: <VaeSpecPackage Include=\"PackageId\" Path=\"folder\" />. A NuGet package of specs declares it in its own props, so restore the project first.");

        /// <summary>The backend cuda is asked for, and the libtorch that is here has none.</summary>
        public static readonly DiagnosticCode Backend = new(
            "VAE0025",
            "The backend that was asked for is not to be had",
            "The packages of libtorch that are restored by themselves are for the processor. Set VAE_LIBTORCH to the folder of a libtorch with CUDA, such as torch/lib of a PyTorch wheel, or leave VaeBackend (--backend) out to train with what is there.");

        /// <summary>Two specs of a project would become classes of one name.</summary>
        public static readonly DiagnosticCode ClassNameTwice = new(
            "VAE0035",
            "Two specs of a project would become classes of the same name",
            "Give one of them a name of its own: <VaeSpec Update=\"path\" ClassName=\"Other\" />.");

        /// <summary>Metadata of a spec ask for a class that C# cannot have.</summary>
        public static readonly DiagnosticCode ClassName = new(
            "VAE0036",
            "A name that a spec's class is to have is none of C#",
            "ClassName is letters, digits and '_', no keyword and no member of the class itself (Load, Sample …); Namespace is such names with dots between them; Access is public or internal.");

        /// <summary>The generator of classes died, or left nothing, without saying why.</summary>
        public static readonly DiagnosticCode GeneratorFailed = new(
            "VAE0037",
            "The classes of the specs could not be generated",
            "Run the command that the message shows. VaeGenerateClasses=false builds without them.");

        /// <summary>A project has generated classes, but no reference to what they rest on.</summary>
        public static readonly DiagnosticCode RuntimeMissing = new(
            "VAE0038",
            "The class of a spec needs the package Vae.Runtime, which the project does not reference",
            "Vae.MsBuild brings it, unless its reference has IncludeAssets or ExcludeAssets that leave 'compile' out: remove them, or add the package with 'dotnet add package Vae.Runtime', or set VaeGenerateClasses to false.");

        /// <summary>A package of specs would hold a spec that nobody can name.</summary>
        public static readonly DiagnosticCode SpecOutsidePackage = new(
            "VAE0045",
            "A spec of a package of specs lies outside the package's folder",
            "Others name a spec by its path from the project's folder, or from VaeSpecFolder where that is set: move the file there, or set VaeSpecFolder to a folder that holds all specs.");

        /// <summary>A model is to be packed that was not trained.</summary>
        public static readonly DiagnosticCode ModelToPackMissing = new(
            "VAE0046",
            "A model that is to be packed is not there",
            "PackVaeModels packs what the build of the same configuration trained: run 'dotnet pack' without --no-build and with a VaeMode that trains, or give the spec CopyToOutputDirectory=\"Never\" to leave it out.");

        /// <summary>A package's own props do not import those that say where its specs and models are.</summary>
        public static readonly DiagnosticCode PackagePropsWithoutImport = new(
            "VAE0047",
            "The package's own props leave its specs and models out",
            "The project packs a file <id>.props of its own, so the one that Vae.MsBuild writes lies in the package's folder vae only. Import it: <Import Project=\"../vae/<id>.props\" />.");

        /// <summary>The folder that is to be watched is missing.</summary>
        public static readonly DiagnosticCode WatchedFolder = new(
            "VAE0050",
            "The folder that is to be watched is not there",
            "Give 'vae watch' the folder of a project or of a solution, or start it there without one.");
    }
}
