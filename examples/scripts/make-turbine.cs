#!/usr/bin/env dotnet

// Simulates the series of examples/Turbine: dotnet run examples/scripts/make-turbine.cs -- examples/Turbine/data/turbine.csv
// It is made up, and says so; what it is made of is physics that a reader can check:
//
//   load         what the works asks for: two peaks a day, less at weekends, weather of an Ornstein-Uhlenbeck process, a stop every Sunday
//   rpm          follows the load with a lag of ten minutes; the governor hunts by some turns
//   temp         of a bearing, °C: follows the ambient (a sine a day, a slow warming, a random walk that returns) and two heats, friction by
//                the square of the speed and the load's, with a lag of 45 minutes
//   vibration    mm/s RMS: unbalance by the square of the speed, which grows with deposits and falls at a washing every 14 days, and two
//                resonances that the run-up has to pass, the upper one lower in a warm casing; the noise is proportional to the level
//
// One row every 5 minutes, 75 days from 2024-03-04 (a Monday), 21,600 rows. The same seed gives the same file.
using System.Globalization;
using System.Text;

const int seed = 2024, rows = 75 * 24 * 12;
const double step = 5, day = 24 * 60;

string path = args.Length > 0 ? args[0] : "turbine.csv";
var random = new Random(seed);
DateTime start = new(2024, 3, 4, 0, 0, 0, DateTimeKind.Utc);
var text = new StringBuilder("timestamp,rpm,temp,vibration\n");
double speed = 3000, bearing = 60, demand = 0, weather = 0, deposits = 0;
for (int row = 0; row < rows; row++)
{
    double minute = row * step, hour = minute / 60 % 24;
    int weekday = (int)(minute / day) % 7;
    demand = Returning(demand, lag: 180, deviation: 0.08);
    weather = Returning(weather, lag: 2 * day, deviation: 3);

    double load = Math.Clamp(0.55 + (0.20 * Peak(hour, 8.5)) + (0.25 * Peak(hour, 18)) - (weekday >= 5 ? 0.15 : 0) + demand, 0.15, 1);
    bool stopped = weekday == 6 && hour is >= 1 and < 7;
    double target = stopped ? 0 : 2300 + (1300 * load);
    speed += (target - speed) * (1 - Math.Exp(-step / (stopped ? 25 : 10)));
    double rpm = Math.Max(0, speed + (Normal() * (stopped ? 0.3 : 4)));

    double ambient = 9 + (0.12 * minute / day) - (5 * Math.Cos(2 * Math.PI * (hour - 3) / 24)) + weather;
    double share = rpm / 3600, heat = (22 * share * share) + (stopped ? 0 : 24 * load);
    bearing += (ambient + 12 + heat - bearing) * (1 - Math.Exp(-step / 45));

    // Washed at the end of every second Sunday's stop.
    deposits = (int)(minute / day) % 14 == 13 && stopped ? 0 : deposits + (load * step / (14 * day));
    double unbalance = 1.1 * (1 + (0.5 * deposits)) * share * share;
    double resonance = (2.8 * Resonance(rpm, 1450, 90)) + (1.6 * Resonance(rpm, 3240 - (2.5 * (bearing - 55)), 70));
    double vibration = (0.15 + unbalance + resonance) * Math.Exp(0.05 * Normal());

    string time = start.AddMinutes(minute).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    text.Append(CultureInfo.InvariantCulture, $"{time},{rpm:0.0},{bearing + (0.1 * Normal()):0.00},{vibration:0.000}\n");
}

File.WriteAllText(path, text.ToString());
Console.WriteLine(FormattableString.Invariant($"{rows} rows -> {path}"));

// Box and Muller: a standard normal number.
double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

// The next value of an Ornstein-Uhlenbeck process around 0 with that lag in minutes.
double Returning(double value, double lag, double deviation)
{
    double kept = Math.Exp(-step / lag);
    return (value * kept) + (deviation * Math.Sqrt(1 - (kept * kept)) * Normal());
}

// A bump of three hours around an hour of the day.
static double Peak(double hour, double centre) => Math.Exp(-Math.Pow((hour - centre) / 3, 2));

// The amplification of a damped oscillator near its own frequency, 1 at the top.
static double Resonance(double rpm, double centre, double width) => 1 / (1 + Math.Pow((rpm - centre) / width, 2));
