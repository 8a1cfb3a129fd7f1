namespace Vae.Testing;

/// <summary>xunit.v3 knows an exception that is a failed assertion, and no fault of the test itself, by an interface of this name, wherever it is declared.</summary>
internal interface IAssertionException;
