using Vae.Dsl.Diagnostics;
using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>A length of time: exactly one of <c>epochs</c> and <c>steps</c>.</summary>
internal static class LengthReader
{
    public static (int Length, TimeUnit Unit)? Read(Fields fields, string owner, DiagnosticBag bag)
    {
        int? epochs = fields.Int("epochs"), steps = fields.Int("steps");
        if (fields.Has("epochs") && fields.Has("steps"))
            bag.Add(DiagnosticTable.Syntax.Conflict, fields.At("steps"), $"{owner} has both 'epochs' and 'steps'; keep one of the two (a variant removes the other with 'epochs: null')");
        else if (!fields.Has("epochs") && !fields.Has("steps") && !bag.IsExcused(fields.Map, "epochs") && !bag.IsExcused(fields.Map, "steps"))
            bag.Add(DiagnosticTable.Syntax.Missing, fields.Map.Location, $"{owner} needs 'epochs' or 'steps'");
        return epochs is int passes ? (passes, TimeUnit.Epochs) : steps is int batches ? (batches, TimeUnit.Steps) : null;
    }
}
