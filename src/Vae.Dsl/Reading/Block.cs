using Vae.Dsl.Text;

namespace Vae.Dsl.Reading;

/// <summary>A block as it is declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters in the order of the text.</param>
/// <param name="Layers">Its layers as written.</param>
internal sealed record Block(string Name, IReadOnlyList<KeyValuePair<string, ParameterDeclaration>> Parameters, ListNode Layers)
{
    /// <summary>The declaration of a parameter; <c>null</c> where there is none of that name.</summary>
    public ParameterDeclaration? Find(string parameter) => Parameters.FirstOrDefault(entry => entry.Key == parameter).Value;
}
