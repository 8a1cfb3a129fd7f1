// Draws eight hours that the turbine never ran: a code from the standard normal distribution, decoded by the model that the build trained.
//   dotnet run --project examples/Turbine -- [--seed n] [--every rows]

using System.Globalization;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

const int minutesARow = 5;

int seed = Number("--seed", 1);
int every = Number("--every", 6);

// The build put the model beside the program.
using var decoder = new InferenceSession(Path.Combine(AppContext.BaseDirectory, "models", "turbine", "decoder.onnx"));
int latent = decoder.InputMetadata["z"].Dimensions[^1];

var random = new Random(seed);
float[] code = [.. Enumerable.Range(0, latent).Select(_ => Normal(random))];
using var codeValue = OrtValue.CreateTensorValueFromMemory(code, [1, latent]);
using IDisposableReadOnlyCollection<OrtValue> decoded = decoder.Run(new RunOptions(), ["z"], [codeValue], ["x"]);
ReadOnlySpan<float> window = decoded[0].GetTensorDataAsSpan<float>();

// The model was trained on standardized numbers and brings the way back: raw = value · factor + offset, column by column.
string[] columns = Metadata<string[]>("columns");
double[] factors = Metadata<double[]>("data.factor"), offsets = Metadata<double[]>("data.offset");

Console.WriteLine("time " + string.Concat(columns.Select(column => column.PadLeft(12))));
for (int row = 0; row < window.Length / columns.Length; row += every)
{
    Console.Write(TimeSpan.FromMinutes(row * minutesARow).ToString(@"hh\:mm", CultureInfo.InvariantCulture));
    for (int column = 0; column < columns.Length; column++)
        Console.Write(((window[(row * columns.Length) + column] * factors[column]) + offsets[column]).ToString("F2", CultureInfo.InvariantCulture).PadLeft(12));
    Console.WriteLine();
}

T Metadata<T>(string key) => JsonSerializer.Deserialize<T>(decoder.ModelMetadata.CustomMetadataMap[key])!;

// Box and Muller: two uniform numbers give a normal one.
static float Normal(Random random) =>
    (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

int Number(string option, int otherwise) =>
    Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
