using FsCheck.Xunit;
using Vae.Artifacts.Snapshots;

namespace Vae.Artifacts.Tests.Snapshots;

public class ToleranceTests
{
    [Theory]
    [InlineData(1.019, 1, 0, 0.02, true)]
    [InlineData(0.97, 1, 0, 0.02, false)]
    [InlineData(1.5, 1, 0.5, 0, true)]
    [InlineData(1.51, 1, 0.5, 0.02, true)]
    [InlineData(1.53, 1, 0.5, 0.02, false)]
    [InlineData(0.1, 0, 0, 0.5, false)]
    [InlineData(-1.02, -1, 0, 0.021, true)]
    [InlineData(double.NaN, double.NaN, 9, 9, false)]
    [InlineData(double.NaN, 1, 9, 9, false)]
    [InlineData(1, double.NaN, 9, 9, false)]
    [InlineData(double.PositiveInfinity, 1, 9, 9, false)]
    [InlineData(1, double.PositiveInfinity, 9, 9, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 0, 0, true)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, 9, 9, false)]
    public void Absolute_and_relative_parts_add_up_and_no_NaN_is_equal(double received, double verified, double absolute, double relative, bool within) =>
        Assert.Equal(within, new Tolerance(absolute, relative).Used(received, verified) <= 1);

    [Fact]
    public void A_direction_lets_better_numbers_pass()
    {
        Assert.True(new Tolerance(0, 0.01, Direction.LowerIsBetter).Used(0.5, 1) <= 1);
        Assert.False(new Tolerance(0, 0.01, Direction.LowerIsBetter).Used(1.5, 1) <= 1);
        Assert.True(new Tolerance(0, 0.01, Direction.HigherIsBetter).Used(1.5, 1) <= 1);
        Assert.False(new Tolerance(0, 0.01, Direction.HigherIsBetter).Used(0.5, 1) <= 1);
        Assert.False(new Tolerance(0, 0.01, Direction.LowerIsBetter).Used(double.NaN, 1) <= 1);
    }

    [Fact]
    public void The_deviation_reads_well()
    {
        Assert.Equal("4.91, verified 4.32, +13.7 % > 2 %", new Tolerance(0, 0.02).Describe(4.91, 4.32));
        Assert.Equal("5.1204, verified 5.02, +2.0 % > 2 %".Replace("2.0 %", "2.0001 %", StringComparison.Ordinal), new Tolerance(0, 0.02).Describe(5.120405, 5.02));
        Assert.Equal("5.11, verified 5.02, +1.8 % ≤ 2 %", new Tolerance(0, 0.02).Describe(5.11, 5.02));
        Assert.Equal("0.3, verified 0, +0.3 > 0.1", new Tolerance(0.1, 0.02).Describe(0.3, 0));
        Assert.Equal("NaN, verified 1", new Tolerance(0.1, 0.02).Describe(double.NaN, 1));
    }

    [Property]
    public bool Every_number_but_NaN_is_within_every_tolerance_of_itself(double value, double absolute, double relative) =>
        (new Tolerance(Positive(absolute), Positive(relative)).Used(value, value) <= 1) == !double.IsNaN(value);

    [Property]
    public bool Exact_equality_is_symmetric(double left, double right) =>
        (Tolerance.Exact.Used(left, right) <= 1) == (Tolerance.Exact.Used(right, left) <= 1);

    [Property]
    public bool A_change_is_found_exactly_when_it_exceeds_what_is_allowed(int verified, int change, ushort absolute)
    {
        double deviation = Math.Abs((double)change);
        bool within = new Tolerance(absolute, 0).Used(verified + (double)change, verified) <= 1;
        return within == (deviation <= absolute);
    }

    private static double Positive(double value) => double.IsFinite(value) ? Math.Abs(value) : 0;
}
