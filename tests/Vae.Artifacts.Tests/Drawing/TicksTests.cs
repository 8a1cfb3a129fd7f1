using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Vae.Artifacts.Drawing;

namespace Vae.Artifacts.Tests.Drawing;

public class TicksTests
{
    [Property(MaxTest = 500)]
    public Property Ticks_lie_within_increase_and_are_neither_too_few_nor_too_many() => Prop.ForAll(
        Gen.Choose(-1_000_000, 1_000_000).Zip(Gen.Choose(1, 1_000_000)).ToArbitrary(),
        Gen.Choose(-9, 9).ToArbitrary(),
        Gen.Choose(5, 12).ToArbitrary(),
        (range, power, most) =>
        {
            (int start, int length) = range;
            double unit = Math.Pow(10, power);
            (double low, double high) = (start * unit, (start + length) * unit);
            double[] ticks = Ticks.Linear(low, high, most);
            Assert.InRange(ticks.Length, 2, most);
            Assert.All(ticks, tick => Assert.InRange(tick, low, high));
            for (int i = 1; i < ticks.Length; i++)
                Assert.True(ticks[i] > ticks[i - 1]);
            string[] labels = Ticks.Format(ticks);
            Assert.Equal(labels.Length, labels.Distinct().Count());
        });

    [Theory]
    [InlineData(0, 1, 6, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0.0392, 0.0617, 6, new[] { 0.04, 0.045, 0.05, 0.055, 0.06 })]
    [InlineData(1, 100, 6, new[] { 20.0, 40, 60, 80, 100 })]
    [InlineData(-2.3, 2.3, 5, new[] { -2.0, -1, 0, 1, 2 })]
    [InlineData(105.2, 545.9, 6, new[] { 200.0, 300, 400, 500 })]
    public void Ticks_are_multiples_of_1_2_or_5(double low, double high, int most, double[] expected) =>
        Assert.Equal(expected, Ticks.Linear(low, high, most));

    [Fact]
    public void Epochs_are_whole_numbers()
    {
        Assert.Equal([1.0, 2], Ticks.Linear(1, 2, 8, smallestStep: 1));
        Assert.Equal([1.0], Ticks.Linear(0.5, 1.5, 8, smallestStep: 1));
        Assert.Equal([100.0, 200, 300, 400, 500, 600, 700, 800, 900, 1000], Ticks.Linear(1, 1000, 10, smallestStep: 1));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(0, double.NaN)]
    [InlineData(0, double.PositiveInfinity)]
    public void A_range_without_length_has_no_ticks(double low, double high) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Ticks.Linear(low, high, 6));

    [Fact]
    public void All_labels_of_an_axis_have_the_same_decimals()
    {
        Assert.Equal(["0.040", "0.045", "0.050"], Ticks.Format([0.04, 0.045, 0.05]));
        Assert.Equal(["−1.0", "−0.5", "0.0"], Ticks.Format([-1, -0.5, 0]));
        Assert.Equal(["10,000", "20,000"], Ticks.Format([10_000, 20_000]));
        Assert.Equal(["1e9", "1.5e9"], Ticks.Format([1e9, 1.5e9]));
    }

    [Fact]
    public void A_logarithmic_axis_counts_1_2_5_or_powers_alone()
    {
        Assert.Equal([0.1, 0.2, 0.5, 1], Ticks.Logarithmic(0.09, 1.2, 8));
        Assert.Equal([0.01, 0.1, 1, 10, 100], Ticks.Logarithmic(0.01, 100, 8));
        Assert.Equal(["0.01", "1", "1,000"], Ticks.Format([0.01, 1, 1000], logarithmic: true));
    }
}
