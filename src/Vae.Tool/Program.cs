using System.Globalization;
using System.Runtime.InteropServices;
using Vae.Tool;
using Vae.Torch.Native;

// A number in a log must read the same on every machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// A response file is how the build asks for a training.
if (args is ["train" or "calibrate", ..] or [['@', ..], ..])
    WorkerProcess.Relaunch();

using var cancellation = new CancellationTokenSource();

void Cancel(PosixSignalContext context)
{
    // The training stops at the next batch; a second Ctrl-C ends the process at once.
    context.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

return VaeCommand.Run(args, ToolConsole.OfProcess(), cancellation.Token);
