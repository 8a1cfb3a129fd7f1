using Vae.Dsl.Catalogue;
using Vae.Dsl.Diagnostics;
using Vae.Dsl.Language;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>The section <c>train</c>.</summary>
internal static class TrainReader
{
    public static TrainSpec? Read(MapNode map, DiagnosticBag bag)
    {
        var fields = new Fields(map, Grammar.Train, bag);
        (int Length, TimeUnit Unit)? length = LengthReader.Read(fields, "'train'", bag);
        int? batch = fields.Int("batch"), seed = fields.Int("seed"), threads = fields.Int("threads");
        double? rate = fields.Number("lr"), clip = fields.Number("clip-norm");
        string? device = fields.Text("device"), precision = fields.Text("precision");
        double? ema = fields.Number("ema");
        Node optimizerNode = map["optimizer"] ?? new ScalarNode("adam", IsQuoted: false, map.Location);
        Component? optimizer = ComponentReader.Read(optimizerNode, OptimizerCatalogue.Rows, bag);
        if (optimizer is { Kind: "sgd" } && optimizer.Arguments.Flag("nesterov") && optimizer.Arguments.Float("momentum") == 0)
            bag.Add(DiagnosticTable.Meaning.Combination, optimizerNode.Location, "'nesterov: true' of 'sgd' needs 'momentum' over 0, as in 'momentum: 0.9'");
        Component? schedule = map["schedule"] is Node scheduleNode ? ReadSchedule(scheduleNode, bag) : null;
        Component? init = map["init"] is Node initNode ? ComponentReader.Read(initNode, InitializationCatalogue.Rows, bag) : InitializationCatalogue.Default;
        StopSpec? stop = map["stop"] is MapNode stopMap ? ReadStop(stopMap, bag) : null;

        return length is null || batch is null || seed is null || rate is null || optimizer is null || init is null ? null : new TrainSpec
        {
            Length = length.Value.Length,
            Unit = length.Value.Unit,
            Batch = batch.Value,
            Optimizer = optimizer,
            LearningRate = rate.Value,
            Schedule = schedule,
            ClipNorm = clip,
            Seed = seed.Value,
            Init = init,
            Threads = threads,
            Device = Enum.TryParse(device, ignoreCase: true, out DeviceChoice choice) ? choice : DeviceChoice.Auto,
            Precision = Enum.TryParse(precision, ignoreCase: true, out Precision numbers) ? numbers : Precision.Float32,
            Ema = ema,
            Stop = stop,
        };
    }

    private static Component? ReadSchedule(Node node, DiagnosticBag bag)
    {
        Component? schedule = ComponentReader.Read(node, ScheduleCatalogue.Rows, bag);
        if (schedule is { Kind: "multi-step" } && schedule.Arguments.Ints("milestones") is var milestones && !milestones.Zip(milestones.Skip(1)).All(pair => pair.First < pair.Second))
            bag.Add(DiagnosticTable.Meaning.Milestones, node.Location, $"the milestones of 'multi-step' must ascend, got {milestones}");
        return schedule;
    }

    private static StopSpec? ReadStop(MapNode map, DiagnosticBag bag)
    {
        var fields = new Fields(map, Grammar.Stop, bag);
        string? on = fields.Text("on");
        int? patience = fields.Int("patience");
        double? delta = fields.Number("min-delta");
        bool? restore = fields.Flag("restore-best");
        return on is null || patience is null || delta is null || restore is null ? null : new StopSpec(on, patience.Value, delta.Value, restore.Value);
    }
}
