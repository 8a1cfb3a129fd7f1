namespace Vae.Runtime.Tests;

public class NormalDrawsTests
{
    [Fact]
    public void Draws_are_standard_normal()
    {
        double[] draws = [.. NormalDraws.Of(100_000, 1).Select(draw => (double)draw)];

        // Four standard errors of each: 1/√n, √(2/n), √(15/n), √(96/n).
        Assert.InRange(draws.Average(), -0.013, 0.013);
        Assert.InRange(draws.Average(draw => draw * draw), 0.982, 1.018);
        Assert.InRange(draws.Average(draw => draw * draw * draw), -0.05, 0.05);
        Assert.InRange(draws.Average(draw => draw * draw * draw * draw), 2.87, 3.13);
        // Neighbours come from one pair of uniform numbers and are independent all the same.
        Assert.InRange(draws.Chunk(2).Average(pair => pair[0] * pair[1]), -0.018, 0.018);
    }

    [Fact]
    public void A_seed_means_the_same_numbers_for_ever()
    {
        // By the published algorithms in another language.
        AssertDraws([0.8822489f, 1.3884733f, -0.4508499f, 0.6707164f], 42);
        AssertDraws([0.8822489f, 1.3884733f, -0.4508499f], 42);
        AssertDraws([0.3379611f, -0.4702641f], -42);
        AssertDraws([], 42);
    }

    private static void AssertDraws(float[] expected, int seed)
    {
        float[] draws = NormalDraws.Of(expected.Length, seed);
        Assert.Equal(expected.Length, draws.Length);
        Assert.All(expected.Zip(draws), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }
}
