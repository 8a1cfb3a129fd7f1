// Draws digits that nobody wrote: codes from the standard normal distribution, decoded by the model that the build trained.
//   dotnet run --project examples/Mnist -- [--seed n] [--count n] [--out file.pgm]

using System.Globalization;
using System.Text;
using Microsoft.ML.OnnxRuntime;

int seed = Number("--seed", 1);
int count = Number("--count", 8);
string? file = Text("--out");

// The build put the model beside the program.
using var decoder = new InferenceSession(Path.Combine(AppContext.BaseDirectory, "models", "mnist-mlp", "decoder.onnx"));
int latent = decoder.InputMetadata["z"].Dimensions[^1];

var random = new Random(seed);
float[] codes = [.. Enumerable.Range(0, count * latent).Select(_ => Normal(random))];
using var codesValue = OrtValue.CreateTensorValueFromMemory(codes, [count, latent]);
using IDisposableReadOnlyCollection<OrtValue> decoded = decoder.Run(new RunOptions(), ["z"], [codesValue], ["x"]);
ReadOnlySpan<float> pixels = decoded[0].GetTensorDataAsSpan<float>();

var pictures = new PictureGrid(pixels, count);
Console.OutputEncoding = Encoding.UTF8;
Console.Write(pictures.ToText(width: Console.IsOutputRedirected ? 120 : Console.WindowWidth));
if (file is not null)
{
    File.WriteAllBytes(file, pictures.ToPgm(columns: 8));
    Console.WriteLine($"{count} digits -> {file}");
}

// Box and Muller: two uniform numbers give a normal one.
static float Normal(Random random) =>
    (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

int Number(string option, int otherwise) =>
    Text(option) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;

string? Text(string option) => Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
