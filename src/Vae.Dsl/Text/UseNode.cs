using Vae.Dsl.Diagnostics;

namespace Vae.Dsl.Text;

/// <summary>What one use of a block became: its layers with all parameters in their places.</summary>
/// <param name="Use">The use.</param>
/// <param name="Items">The block's layers; further uses among them.</param>
/// <param name="Location">Where <c>use</c> is written.</param>
internal sealed record UseNode(BlockUse Use, IReadOnlyList<Node> Items, Location Location) : Node(Location)
{
    public override string Described => $"the block '{Use.Block}'";
}
