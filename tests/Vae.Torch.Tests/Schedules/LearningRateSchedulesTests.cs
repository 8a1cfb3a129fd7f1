using Vae.Dsl;
using Vae.Dsl.Catalogue;
using Vae.Torch.Schedules;

namespace Vae.Torch.Tests.Schedules;

public class LearningRateSchedulesTests
{
    // The expected numbers are those of PyTorch's schedulers of the same name, from a rate of 0.1 over 10 epochs.
    [Theory]
    [InlineData("{step: {every: 3, gamma: 0.5}}", 0, 0.1)]
    [InlineData("{step: {every: 3, gamma: 0.5}}", 2, 0.1)]
    [InlineData("{step: {every: 3, gamma: 0.5}}", 3, 0.05)]
    [InlineData("{step: {every: 3, gamma: 0.5}}", 9, 0.0125)]
    [InlineData("{exponential: 0.9}", 0, 0.1)]
    [InlineData("{exponential: 0.9}", 5, 0.059049)]
    [InlineData("{cosine: {min-lr: 0.01}}", 0, 0.1)]
    [InlineData("{cosine: {min-lr: 0.01}}", 3, 0.08145033635316129)]
    [InlineData("{cosine: {min-lr: 0.01}}", 5, 0.055)]
    [InlineData("{cosine: {min-lr: 0.01}}", 9, 0.01220245676671809)]
    [InlineData("{linear: {min-lr: 0.02}}", 0, 0.1)]
    [InlineData("{linear: {min-lr: 0.02}}", 5, 0.06)]
    [InlineData("{cosine: {warmup: 4}}", 0, 0.02)]
    [InlineData("{cosine: {warmup: 4}}", 3, 0.08)]
    [InlineData("{cosine: {warmup: 4}}", 4, 0.1)]
    [InlineData("{cosine: {warmup: 4}}", 7, 0.05)]
    [InlineData("{linear: {warmup: 2, min-lr: 0.02}}", 6, 0.06)]
    public void The_rate_follows_the_formula(string schedule, int epoch, double expected)
    {
        Spec spec = Specs.Mlp($"{{epochs: 10, optimizer: adam, lr: 0.1, schedule: {schedule}}}");
        Assert.Equal(expected, LearningRateSchedules.Create(spec.Train.Schedule).Rate(epoch, 10, 0.1), 12);
    }

    [Fact]
    public void Without_a_schedule_the_rate_stays() => Assert.Equal(0.1, LearningRateSchedules.Create(null).Rate(7, 10, 0.1));

    [Fact]
    public void A_warmup_longer_than_the_training_never_arrives()
    {
        Spec spec = Specs.Mlp("{epochs: 3, optimizer: adam, lr: 0.1, schedule: {cosine: {warmup: 9}}}");
        Assert.Equal([0.01, 0.02, 0.03], Enumerable.Range(0, 3).Select(epoch => Math.Round(LearningRateSchedules.Create(spec.Train.Schedule).Rate(epoch, 3, 0.1), 12)));
    }

    [Fact]
    public void Every_row_of_the_catalogue_has_a_schedule() =>
        Assert.Equal(ScheduleCatalogue.Rows.All.Select(row => row.Name).Order(), LearningRateSchedules.Names.Order());
}
