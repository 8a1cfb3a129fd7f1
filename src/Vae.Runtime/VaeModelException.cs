namespace Vae.Runtime;

/// <summary>A model's files are missing, broken, or not those of the model that is asked for. The message says which, and what to do.</summary>
public sealed class VaeModelException : Exception
{
    /// <summary>Creates an exception without a message of its own.</summary>
    public VaeModelException()
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public VaeModelException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">What was thrown below.</param>
    public VaeModelException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
