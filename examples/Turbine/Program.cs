// Draws eight hours that the turbine never ran: a code from the standard normal distribution, decoded by the model that the build trained.
//   dotnet run --project examples/Turbine -- [--seed n] [--every rows]

using System.Globalization;
using Turbine.Models;

const int minutesARow = 5;

int seed = Number("--seed", 1);
int every = Number("--every", 6);

// The build wrote the class from turbine.vae.yaml, and put the model beside the program. The model was trained on standardized numbers and
// brings the way back, so these are turns a minute, degrees and so on.
using TurbineModel model = TurbineModel.Load();
float[] window = model.Sample(1, seed);
IReadOnlyList<string> columns = model.Model.Columns;

Console.WriteLine("time " + string.Concat(columns.Select(column => column.PadLeft(12))));
for (int row = 0; row < TurbineModel.Steps; row += every)
{
    Console.Write(TimeSpan.FromMinutes(row * minutesARow).ToString(@"hh\:mm", CultureInfo.InvariantCulture));
    for (int column = 0; column < TurbineModel.Features; column++)
        Console.Write(window[TurbineModel.Index(0, row, column)].ToString("F2", CultureInfo.InvariantCulture).PadLeft(12));
    Console.WriteLine();
}

int Number(string option, int otherwise) =>
    Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
