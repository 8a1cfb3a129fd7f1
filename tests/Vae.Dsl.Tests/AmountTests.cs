namespace Vae.Dsl.Tests;

public class AmountTests
{
    [Theory]
    [InlineData(0.29, true, 100, 29)]
    [InlineData(0.57, true, 6000, 3420)]
    [InlineData(0.1, true, 39, 3)]
    [InlineData(0.001, true, 10, 0)]
    [InlineData(1, true, 7, 7)]
    [InlineData(5, false, 7, 5)]
    [InlineData(9, false, 7, 7)]
    public void A_part_is_what_a_person_would_count(double value, bool isFraction, int total, int expected) =>
        Assert.Equal(expected, new Amount(value, isFraction).Of(total));
}
