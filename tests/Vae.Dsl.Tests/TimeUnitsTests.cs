namespace Vae.Dsl.Tests;

public sealed class TimeUnitsTests
{
    [Theory]
    [InlineData(TimeUnit.Epochs, 1, "1 epoch")]
    [InlineData(TimeUnit.Epochs, 100, "100 epochs")]
    [InlineData(TimeUnit.Steps, 10_000, "10,000 steps")]
    public void A_length_is_described_in_its_unit(TimeUnit unit, int length, string expected) =>
        Assert.Equal(expected, unit.Describe(length));
}
