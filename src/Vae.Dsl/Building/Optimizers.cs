namespace Vae.Dsl.Building;

/// <summary>The optimizers of the language. What is <c>null</c> takes the catalogue's default, which is PyTorch's.</summary>
public static class Optimizers
{
    /// <summary>Stochastic gradient descent.</summary>
    public static Component Sgd(double? momentum = null, bool? nesterov = null, double? weightDecay = null) =>
        ComponentCall.Written("Optimizers.Sgd", "sgd", ("momentum", momentum), ("nesterov", nesterov), ("weight-decay", weightDecay));

    /// <summary>Adam: Kingma and Ba 2015, arXiv:1412.6980.</summary>
    public static Component Adam(double? beta1 = null, double? beta2 = null, double? eps = null, double? weightDecay = null) =>
        ComponentCall.Written("Optimizers.Adam", "adam", ("beta1", beta1), ("beta2", beta2), ("eps", eps), ("weight-decay", weightDecay));

    /// <summary>Adam with decoupled weight decay: Loshchilov and Hutter 2019, arXiv:1711.05101.</summary>
    public static Component AdamW(double? beta1 = null, double? beta2 = null, double? eps = null, double? weightDecay = null) =>
        ComponentCall.Written("Optimizers.AdamW", "adamw", ("beta1", beta1), ("beta2", beta2), ("eps", eps), ("weight-decay", weightDecay));

    /// <summary>RMSprop: Tieleman and Hinton 2012.</summary>
    public static Component RmsProp(double? alpha = null, double? eps = null, double? momentum = null, bool? centered = null, double? weightDecay = null) =>
        ComponentCall.Written("Optimizers.RmsProp", "rmsprop", ("alpha", alpha), ("eps", eps), ("momentum", momentum), ("centered", centered), ("weight-decay", weightDecay));
}
