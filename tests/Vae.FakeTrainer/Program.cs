using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

// The spec's text says what to play: a line `fake: <part>` is one of
//   spec-error, training-error, check-error, warning, abstract, crash, silent, waits (until it is asked to stop), deaf (never stops),
//   stored (it was trained before), queued (another process trains the same first).
// Beside the output folder it appends its arguments to <name>.arguments and writes its process id to <name>.pid.
// Asked to verify or accept snapshots it appends its arguments to <artifacts>.verifications, and finds that of a spec with `snapshots: differ` one differs.
string[] arguments = args is [['@', .. string responseFile]] ? File.ReadAllLines(responseFile) : args;
if (arguments is ["generate", var request])
{
    return Generate(request);
}

string spec = arguments[1];
if (arguments[0] is "verify" or "accept")
{
    return Compare();
}

string output = Value("--output") ?? throw new InvalidOperationException("--output is missing");
string text = File.ReadAllText(spec);
string part = text.Split('\n').FirstOrDefault(line => line.StartsWith("fake:", StringComparison.Ordinal))?[5..].Trim() ?? "";

File.AppendAllText(output + ".arguments", JsonSerializer.Serialize(arguments) + "\n");
File.WriteAllText(output + ".pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

switch (part)
{
    case "spec-error":
        Say(new { @event = "diagnostic", severity = "error", code = "VAE1201", message = "unknown key 'latnet' {in braces}. Did you mean 'latent'?", file = spec, line = 3, column = 1, endLine = 3, endColumn = 7 });
        return 1;
    case "training-error":
        Say(new { @event = "epoch", epoch = 1, of = 10, loss = 0.5, reconstruction = 0.4, kl = 3.7, seconds = 0.9, left = 8.1 });
        Say(new { @event = "diagnostic", severity = "error", code = "VAE4001", message = "the loss is not a number in epoch 2", file = spec, line = 0, column = 0, endLine = 0, endColumn = 0 });
        return 1;
    case "crash":
        await Console.Error.WriteLineAsync("Segmentation fault of the fake");
        return 134;
    case "silent":
        return 0;
    case "message":
        Say(new { @event = "diagnostic", severity = "message", code = "VAE4051", message = "2 of {3} are active", file = spec, line = 2, column = 5, endLine = 2, endColumn = 6 });
        break;
    case "warning":
        Say(new { @event = "diagnostic", severity = "warning", code = "VAE2301", message = "kl is 0", file = spec, line = 2, column = 5, endLine = 2, endColumn = 6 });
        break;
    case "abstract":
        Say(new { @event = "inputs", inputs = new[] { spec } });
        Say(new { @event = "abstract", spec });
        return 0;
    case "waits":
    case "deaf":
        Say(new { @event = "start", spec = "fake", epochs = 10, parameters = 1, threads = 1, device = "cpu" });
        string cancelFile = Value("--cancel-file") ?? "";
        while (part == "deaf" || !File.Exists(cancelFile))
        {
            Thread.Sleep(20);
        }

        return 130;
}

string fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\n{Value("--variant")}\n{string.Join(";", Values("--set"))}\n{string.Join(";", Values("--param"))}")));
string manifest = Path.Combine(output, "manifest.json");
string[] files = ["decoder.onnx", "encoder.onnx", "model.py", "model.safetensors", "metrics.json", "spec.resolved.yaml", "loss.csv", "report.html", "run.json", "plots/loss.svg"];
Say(new { @event = "fingerprint", fingerprint, values = new Dictionary<string, string> { ["spec"] = "fake", ["device"] = "cpu" } });
if (part == "queued")
{
    Say(new { @event = "waiting", text = "process 4711 (since 14:32:10), which trains the same" });
}

if (arguments.Contains("--if-changed") && files.All(name => File.Exists(Path.Combine(output, name))) && await File.ReadAllTextAsync(manifest) == fingerprint)
{
    Say(new { @event = "up-to-date", output });
    return Checked();
}

if (part == "stored")
{
    await WriteAsync();
    Say(new { @event = "restored", output, store = "/store of models" });
    return 0;
}

Say(new { @event = "reason", spec = "fake", text = "latent.dim is 3, it was 2" });

string data = Path.Combine(Path.GetDirectoryName(spec)!, "data.csv");
Say(new { @event = "start", spec = "fake", epochs = 20, parameters = 202516, threads = 1, device = "cpu" });
await Console.Out.WriteLineAsync("[W] a native library says something");
for (int epoch = 1; epoch <= 20; epoch++)
{
    Say(new { @event = "epoch", epoch, of = 20, loss = 0.0625, reconstruction = 0.058, kl = 3.7, seconds = 0.9, left = 8.1 });
}

await WriteAsync();
Say(new { @event = "done", output, seconds = 9.87654, metrics = new Dictionary<string, double> { ["test.reconstruction"] = 0.0441 }, inputs = File.Exists(data) ? [spec, data] : new[] { spec } });
Say(new { @event = "outputs", files = new Dictionary<string, string> { ["decoder.onnx"] = "abcd" } });
Say(new { @event = "note", spec = "fake", message = "the lock file could not be written" });
return Checked();

async Task WriteAsync()
{
    Directory.CreateDirectory(Path.Combine(output, "plots"));
    foreach (string name in files)
    {
        await File.WriteAllTextAsync(Path.Combine(output, name), name + " of " + fingerprint);
    }

    await File.WriteAllTextAsync(manifest, fingerprint);
}

int Checked()
{
    if (part != "check-error")
    {
        return 0;
    }

    Say(new { @event = "diagnostic", severity = "error", code = "VAE5001", message = "test.reconstruction is 0.0441, the check allows at most 0.04", file = spec, line = 1, column = 1, endLine = 0, endColumn = 0 });
    return 1;
}

int Compare()
{
    File.AppendAllText(Value("--artifacts") + ".verifications", JsonSerializer.Serialize(arguments) + "\n");
    if (arguments[0] == "accept")
    {
        Directory.CreateDirectory(Value("--snapshots")!);
        File.WriteAllText(Path.Combine(Value("--snapshots")!, Value("--name") + ".loss.verified.csv"), "accepted");
        Say(new { @event = "note", message = "new      loss.verified.csv" });
        return 0;
    }

    bool differs = File.ReadAllText(spec).Contains("snapshots: differ", StringComparison.Ordinal);
    if (differs)
    {
        Say(new { @event = "diagnostic", severity = "error", code = "VAE5003", message = "epoch 7 train.kl 4.91, verified 4.32, +13.7 % > 2 % {in braces}", file = spec, line = 2, column = 1, endLine = 2, endColumn = 7 });
    }

    Say(new { @event = "note", message = "mnist.metrics.json is near the end of its tolerance" });
    Say(new { @event = "verified", equal = 4, different = differs ? 1 : 0 });
    return differs ? 1 : 0;
}

// A class without members for each spec; a spec `fake: abstract` has none, and `fake: class-error` a mistake.
int Generate(string request)
{
    File.AppendAllText(request + ".runs", "1\n");
    int exitCode = 0;
    string path = "", name = "";
    foreach (string[] line in File.ReadLines(request).Select(line => line.Split('\t', 2)))
    {
        (path, name) = (line[0] == "spec" ? line[1] : path, line[0] == "name" ? line[1] : name);
        if (line[0] != "output")
        {
            continue;
        }

        string content = File.ReadAllText(path);
        Say(new { @event = "inputs", inputs = new[] { path } });
        if (content.Contains("fake: class-error", StringComparison.Ordinal))
        {
            Say(new { @event = "diagnostic", severity = "error", code = "VAE1201", message = "unknown key 'latnet' {in braces}", file = path, line = 3, column = 1, endLine = 3, endColumn = 7 });
            exitCode = 1;
        }
        else if (content.Contains("fake: crash", StringComparison.Ordinal))
        {
            Console.Error.WriteLine("Segmentation fault of the fake");
            return 134;
        }
        else if (!content.Contains("fake: abstract", StringComparison.Ordinal))
        {
            File.WriteAllText(line[1], $"// {name}\n");
            Say(new { @event = "class", spec = path, file = line[1] });
        }
    }

    return exitCode;
}

string? Value(string option) => Values(option).LastOrDefault();

IEnumerable<string> Values(string option) => arguments.Zip(arguments.Skip(1)).Where(pair => pair.First == option).Select(pair => pair.Second);

static void Say(object what) => Console.Out.WriteLine(JsonSerializer.Serialize(what));
