// Draws digits that nobody wrote: codes from the standard normal distribution, decoded by the model that the build trained.
//   dotnet run --project examples/Mnist -- [--seed n] [--count n] [--out file.pgm]

using System.Globalization;
using System.Text;
using Mnist.Models;

int seed = Number("--seed", 1);
int count = Number("--count", 8);
string? file = Text("--out");

// The build wrote the class from mnist-mlp.vae.yaml, and put the model beside the program.
using MnistMlp model = MnistMlp.Load();
float[] pixels = model.Sample(count, seed);

var pictures = new PictureGrid(pixels, count);
Console.OutputEncoding = Encoding.UTF8;
Console.Write(pictures.ToText(width: Console.IsOutputRedirected ? 120 : Console.WindowWidth));
if (file is not null)
{
    File.WriteAllBytes(file, pictures.ToPgm(columns: 8));
    Console.WriteLine($"{count} digits -> {file}");
}

int Number(string option, int otherwise) =>
    Text(option) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;

string? Text(string option) => Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
