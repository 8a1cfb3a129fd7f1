namespace Vae.Dsl.Results;

/// <summary>The answer to an <see cref="EvaluationRequest"/>.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Arrays">The arrays that the request's documentation names.</param>
public sealed record Evaluation(EvaluationRequest Request, IReadOnlyList<NamedArray> Arrays)
{
    /// <summary>The array of that name, or <c>null</c>.</summary>
    public NamedArray? Find(string name) => Arrays.FirstOrDefault(array => array.Name == name);

    /// <summary>The array of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public NamedArray Get(string name) => Find(name) ?? throw new KeyNotFoundException($"the evaluation {Request} has no array '{name}'");
}
