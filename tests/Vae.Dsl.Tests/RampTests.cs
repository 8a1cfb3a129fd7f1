using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Vae.Dsl.Tests;

/// <summary>A weight that runs from one value to another, by its formula.</summary>
public class RampTests
{
    private static readonly Arbitrary<RampShape> Shapes = Gen.Elements(RampShape.Linear, RampShape.Cosine, RampShape.Sigmoid).ToArbitrary();

    // Lengths, and the numbers of cycles that they are cut into.
    private static readonly Arbitrary<(int Length, int Cycles)> Cuts = Gen.Choose(1, 200).Zip(Gen.Choose(1, 12)).ToArbitrary();

    private static readonly Arbitrary<(double From, double To)> Ends = Gen.Choose(0, 1000).Zip(Gen.Choose(0, 1000)).Select(pair => (pair.Item1 / 100.0, pair.Item2 / 100.0)).ToArbitrary();

    [Theory]
    [InlineData(RampShape.Linear, 0.25, 0.25)]
    [InlineData(RampShape.Linear, 0.75, 0.75)]
    [InlineData(RampShape.Cosine, 0.25, 0.14644660940672624)]
    [InlineData(RampShape.Cosine, 1.0 / 3, 0.25)]
    [InlineData(RampShape.Cosine, 0.75, 0.85355339059327376)]
    [InlineData(RampShape.Sigmoid, 0.25, 0.04517665973091212)]
    [InlineData(RampShape.Sigmoid, 0.75, 0.9548233402690879)]
    public void A_share_of_the_way_is_the_shape_s_closed_form(RampShape shape, double share, double expected)
    {
        Assert.Equal(expected, new WeightSpec.Ramp(0, 1, 12, TimeUnit.Steps, shape).At(12 * share), 12);
        Assert.Equal(3 - (2 * expected), new WeightSpec.Ramp(3, 1, 12, TimeUnit.Steps, shape).At(12 * share), 12);
    }

    [Property(MaxTest = 300)]
    public Property A_ramp_begins_at_from_and_stays_at_to() => Prop.ForAll(Ends, Cuts, Shapes, (ends, cut, shape) =>
    {
        WeightSpec.Ramp ramp = Ramp(ends, cut, shape);
        Assert.Equal(ends.From, ramp.At(0));
        Assert.Equal(ends.To, ramp.At(cut.Length));
        Assert.Equal(ends.To, ramp.At(cut.Length + 1234.5));
        Assert.Equal(ends.To, ramp.Final);
    });

    [Property(MaxTest = 300)]
    public Property The_middle_of_a_cycle_is_the_mean_of_its_ends_and_the_two_halves_mirror_each_other() => Prop.ForAll(Ends, Cuts, Shapes, (ends, cut, shape) =>
    {
        WeightSpec.Ramp ramp = Ramp(ends, cut, shape);
        double cycle = (double)cut.Length / cut.Cycles;
        for (int index = 0; index < cut.Cycles; index++)
        {
            double middle = (index + 0.5) * cycle;
            Assert.Equal((ends.From + ends.To) / 2, ramp.At(middle), 9);
            foreach (double share in new[] { 0.1, 0.25, 0.45 })
                Assert.Equal(ends.From + ends.To, ramp.At(middle - (share * cycle)) + ramp.At(middle + (share * cycle)), 9);
        }
    });

    [Property(MaxTest = 300)]
    public Property A_cycle_runs_one_way_within_its_ends() => Prop.ForAll(Ends, Cuts, Shapes, (ends, cut, shape) =>
    {
        WeightSpec.Ramp ramp = Ramp(ends, cut, shape);
        (double low, double high) = (Math.Min(ends.From, ends.To), Math.Max(ends.From, ends.To));
        double cycle = (double)cut.Length / cut.Cycles;
        for (int index = 0; index < cut.Cycles; index++)
        {
            double[] weights = [.. Enumerable.Range(1, 19).Select(part => ramp.At((index + (part / 20.0)) * cycle))];
            Assert.All(weights, weight => Assert.InRange(weight, low, high));
            Assert.All(weights.Zip(weights.Skip(1)), pair => Assert.True(ends.To > ends.From ? pair.Second > pair.First : ends.To < ends.From ? pair.Second < pair.First : pair.Second == pair.First));
        }
    });

    /// <summary>Also where the length divided by the cycles, or the reverse, is no binary fraction.</summary>
    [Property(MaxTest = 300)]
    public Property Every_cycle_begins_at_from() => Prop.ForAll(Gen.Choose(1, 50).ToArbitrary(), Gen.Choose(2, 50).ToArbitrary(), Shapes, (cycle, cycles, shape) =>
    {
        var ramp = new WeightSpec.Ramp(0.5, 2, cycle * cycles, TimeUnit.Steps, shape, cycles);
        Assert.All(Enumerable.Range(0, cycles), index => Assert.Equal(0.5, ramp.At(index * cycle)));
    });

    [Property(MaxTest = 300)]
    public Property A_cycle_is_a_ramp_of_its_own_length() => Prop.ForAll(Gen.Choose(1, 50).ToArbitrary(), Gen.Choose(2, 20).ToArbitrary(), Shapes, (cycle, cycles, shape) =>
    {
        WeightSpec.Ramp whole = new(0.5, 2, cycle * cycles, TimeUnit.Steps, shape, cycles), single = new(0.5, 2, cycle, TimeUnit.Steps, shape);
        Assert.All(Enumerable.Range(0, cycle * cycles), step => Assert.Equal(single.At(step % cycle), whole.At(step), 9));
    });

    private static WeightSpec.Ramp Ramp((double From, double To) ends, (int Length, int Cycles) cut, RampShape shape) =>
        new(ends.From, ends.To, cut.Length, TimeUnit.Epochs, shape, cut.Cycles);
}
