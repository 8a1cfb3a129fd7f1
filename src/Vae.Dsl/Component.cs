namespace Vae.Dsl;

/// <summary>
/// Something from a catalogue with its arguments: an optimizer, a schedule, a reconstruction loss, a plot.
/// In a spec: <c>adam</c>, <c>{leaky-relu: 0.2}</c>, <c>{adamw: {weight-decay: 1e-4}}</c>.
/// </summary>
/// <param name="Kind">The row's name.</param>
/// <param name="Arguments">Its values, defaults filled in.</param>
public record Component(string Kind, Arguments Arguments);
