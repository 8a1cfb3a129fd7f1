namespace Vae.Torch.Losses;

/// <summary>What may change in the formula of the loss while training.</summary>
/// <param name="KlWeight">β.</param>
/// <param name="Capacity">C, in nats; 0 where there is none.</param>
internal readonly record struct Coefficients(double KlWeight, double Capacity);
