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
    [InlineData("{multi-step: {milestones: [2, 5], gamma: 0.5}}", 1, 0.1)]
    [InlineData("{multi-step: {milestones: [2, 5], gamma: 0.5}}", 2, 0.05)]
    [InlineData("{multi-step: {milestones: [2, 5], gamma: 0.5}}", 4, 0.05)]
    [InlineData("{multi-step: {milestones: [2, 5], gamma: 0.5}}", 5, 0.025)]
    [InlineData("{multi-step: 3}", 3, 0.01)]
    [InlineData("{multi-step: {milestones: [6], warmup: 4}}", 3, 0.08)]
    [InlineData("{multi-step: {milestones: [6], warmup: 4}}", 5, 0.1)]
    [InlineData("{multi-step: {milestones: [6], warmup: 4}}", 6, 0.01)]
    [InlineData("{step: {every: 3, gamma: 0.5, warmup: 4}}", 3, 0.08)]
    [InlineData("{step: {every: 3, gamma: 0.5, warmup: 4}}", 6, 0.1)]
    [InlineData("{step: {every: 3, gamma: 0.5, warmup: 4}}", 7, 0.05)]
    [InlineData("{exponential: {gamma: 0.5, warmup: 1}}", 0, 0.05)]
    [InlineData("{exponential: {gamma: 0.5, warmup: 1}}", 1, 0.1)]
    [InlineData("{exponential: {gamma: 0.5, warmup: 1}}", 3, 0.025)]
    [InlineData("{warmup: 4}", 0, 0.02)]
    [InlineData("{warmup: 4}", 3, 0.08)]
    [InlineData("{warmup: 4}", 9, 0.1)]
    public void The_rate_follows_the_formula(string schedule, int epoch, double expected)
    {
        Spec spec = Specs.Mlp($"{{epochs: 10, optimizer: adam, lr: 0.1, schedule: {schedule}}}");
        Assert.Equal(expected, Rate(LearningRateSchedules.Create(spec.Train.Schedule), epoch, 10), 12);
    }

    // torch.optim.lr_scheduler.OneCycleLR of PyTorch 1.13, max_lr 0.1.
    [Theory]
    [InlineData("one-cycle", new[] { 0.0040000000000000036, 0.052000000000000005, 0.1, 0.09504846320134738, 0.0811745653949763, 0.06112620219362893, 0.03887419780637107, 0.0188258346050237, 0.004951936798652629, 4e-07 })]
    [InlineData("{one-cycle: {pct-start: 0.4, div-factor: 10, final-div-factor: 100, anneal: linear}}", new[] { 0.01, 0.06, 0.09524285714285716, 0.07145714285714286, 0.04767142857142857, 0.023885714285714288, 0.00010000000000000286 })]
    [InlineData("one-cycle", new[] { 0.09944154354509119, 0.046263710266697504, 4e-07 })]
    public void One_cycle_runs_step_by_step_as_in_PyTorch(string schedule, double[] expected)
    {
        ISchedule cycle = LearningRateSchedules.Create(Specs.Mlp($"{{epochs: 10, lr: 0.1, schedule: {schedule}}}").Train.Schedule);
        double[] rates = [.. Enumerable.Range(0, expected.Length).Select(step => cycle.Rate(new TrainingStep(0, 1, step, expected.Length), 0.1))];
        Assert.All(expected.Zip(rates), pair => Assert.Equal(pair.First, pair.Second, 12));
    }

    [Fact]
    public void A_plateau_lowers_the_rate_where_PyTorch_does()
    {
        double[] losses = [5, 4, 4, 4, 4, 3.9999, 3, 3, 3, 3, 3, 3, 3];
        double[] expected = [0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025, 0.025, 0.025];
        Assert.Equal(expected, Rates("{plateau: {factor: 0.5, patience: 1, cooldown: 2, min-lr: 0.02}}", losses));
    }

    [Fact]
    public void A_plateau_does_not_fall_below_its_minimum_and_waits_for_the_end_of_the_warm_up()
    {
        double[] flat = [.. Enumerable.Repeat(1.0, 9)];
        Assert.Equal([0.1, 0.1, 0.05, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03], Rates("{plateau: {factor: 0.5, patience: 0, min-lr: 0.03}}", flat));
        Assert.Equal([0.025, 0.05, 0.075, 0.1, 0.1, 0.05, 0.025, 0.0125, 0.00625], Rates("{plateau: {factor: 0.5, patience: 0, warmup: 3}}", flat).Select(rate => Math.Round(rate, 12)));
    }

    [Fact]
    public void A_plateau_takes_smaller_negative_losses_for_better() =>
        Assert.Equal([0.1, 0.1, 0.1, 0.1], Rates("{plateau: {patience: 0}}", [-1, -2, -3, -4]));

    [Fact]
    public void A_plateau_goes_on_from_its_state()
    {
        double[] losses = [5, 4, 4, 4, 4, 3.9999, 3, 3, 3, 3, 3, 3, 3];
        Component spec = Specs.Mlp("{epochs: 13, lr: 0.1, schedule: {plateau: {factor: 0.5, patience: 1, cooldown: 2}}}", data: ", validation: 0.1").Train.Schedule!;
        double[] whole = Rates(spec, losses);
        for (int cut = 0; cut < losses.Length; cut++)
        {
            var first = (IAdaptiveSchedule)LearningRateSchedules.Create(spec);
            for (int epoch = 0; epoch < cut; epoch++)
                first.Observe(epoch, losses[epoch]);
            var second = (IAdaptiveSchedule)LearningRateSchedules.Create(spec);
            second.State = first.State;
            for (int epoch = cut; epoch < losses.Length; epoch++)
            {
                Assert.Equal(whole[epoch], Rate(second, epoch, losses.Length));
                second.Observe(epoch, losses[epoch]);
            }
        }
    }

    [Fact]
    public void Without_a_schedule_the_rate_stays() => Assert.Equal(0.1, Rate(LearningRateSchedules.Create(null), 7, 10));

    [Fact]
    public void A_warmup_longer_than_the_training_never_arrives()
    {
        Spec spec = Specs.Mlp("{epochs: 3, optimizer: adam, lr: 0.1, schedule: {cosine: {warmup: 9}}}");
        Assert.Equal([0.01, 0.02, 0.03], Enumerable.Range(0, 3).Select(epoch => Math.Round(Rate(LearningRateSchedules.Create(spec.Train.Schedule), epoch, 3), 12)));
    }

    [Fact]
    public void Every_row_of_the_catalogue_has_a_schedule() =>
        Assert.Equal(ScheduleCatalogue.Rows.All.Select(row => row.Name).Order(), LearningRateSchedules.Names.Order());

    private static double[] Rates(string schedule, double[] losses) =>
        Rates(Specs.Mlp($"{{epochs: 100, lr: 0.1, schedule: {schedule}}}", data: ", validation: 0.1").Train.Schedule!, losses);

    private static double[] Rates(Component schedule, double[] losses)
    {
        var adaptive = (IAdaptiveSchedule)LearningRateSchedules.Create(schedule);
        double[] rates = new double[losses.Length];
        for (int epoch = 0; epoch < losses.Length; epoch++)
        {
            rates[epoch] = Rate(adaptive, epoch, losses.Length);
            adaptive.Observe(epoch, losses[epoch]);
        }

        return rates;
    }

    // Seven steps an epoch: all but one-cycle must not care.
    private static double Rate(ISchedule schedule, int epoch, int epochs) =>
        schedule.Rate(new TrainingStep(epoch, epochs, (epoch * 7) + 3, epochs * 7), 0.1);
}
