using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Vae.Data;
using Vae.Data.Named;
using Vae.Tool.Output;
using Vae.Torch.Native;

namespace Vae.Tool.Commands;

/// <summary><c>vae doctor</c>: what this machine offers, and what is missing.</summary>
internal static class DoctorCommand
{
    private const int LabelWidth = 16;

    public static Command Create(ToolConsole console, CancellationToken cancellationToken)
    {
        var restore = new Option<bool>("--restore") { Description = "Restore libtorch and ONNX Runtime first where they are missing, as the first training would." };
        var command = new Command("doctor", "Show the libraries, devices and data folders that were found.") { restore };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(restore))
            {
                LibTorch.EnsureLoaded(backend: null, console.Error.WriteLine, cancellationToken);
                OnnxRuntimeLibrary.TryLoad(console.Error.WriteLine, cancellationToken);
            }

            return Run(console);
        });
        return command;
    }

    private static int Run(ToolConsole console)
    {
        void Line(string label, string value) => console.Out.WriteLine(label.PadRight(LabelWidth) + value);

        Line("vae", typeof(DoctorCommand).Assembly.GetName().Version!.ToString(3));
        Line("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}");

        if (TorchRuntime.MissingPackage() is { } package)
            Line("libtorch", $"not here; the first training restores {package.Id} {package.Version}, or 'vae doctor --restore' now");
        TorchInspection inspection = TorchRuntime.Inspect();
        if (inspection.Info is { } info)
        {
            Line("TorchSharp", info.TorchSharpVersion + (info.Patched ? " (a private copy that asks for no newer C++ library)" : ""));
            Line("libtorch", $"{info.LibTorchVersion}, found by {info.Origin}");
            foreach (string file in info.Files)
                Line("", file);
            Line("processor", $"{info.CpuCapability}, {ProcessorBudget.PhysicalCores().ToString(CultureInfo.InvariantCulture)} physical cores, {info.Threads.ToString(CultureInfo.InvariantCulture)} threads");
            Line("CUDA", info.CudaAvailable ? string.Join(", ", info.CudaDevices) : "none");
        }

        Line("ONNX Runtime", OnnxRuntimeLibrary.TryLoad(tell: null, CancellationToken.None) is string reason ? $"cannot be loaded: {reason}" : OnnxRuntimeLibrary.BuiltFor);
        if (OnnxRuntimeLibrary.LoadedFrom.Length > 0)
            Line("", OnnxRuntimeLibrary.LoadedFrom);
        foreach (NamedSetLocation set in NamedSetLocation.FindAll(new DataLoadOptions { SpecDirectory = Directory.GetCurrentDirectory() }))
            Line(set.Name, set.Folder ?? "not here; it is downloaded when a spec asks for it");

        DiagnosticPrinter.Print(inspection.Diagnostics, console);
        console.Out.WriteLine();
        console.Out.WriteLine(inspection.Info is null ? "Training cannot run here." : "Training can run here.");
        return inspection.Info is null ? ExitCode.Failure : ExitCode.Success;
    }
}
