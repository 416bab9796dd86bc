using System.Security.Cryptography;
using System.Text;

namespace Campaign.Modules.Platform;

/// <summary>
/// How a fault of ours is told. People get a reference; the log gets the reference, the kinds of exception and where they were thrown.
/// Their messages stay out of it: they may quote a customer's value or a connection.
/// </summary>
public static class Fault
{
    public static string NewReference() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    public static string Sentence(string reference) => $"Something went wrong on our side (reference {reference}).";

    /// <summary>Kind and stack of the exception and of those inside it, without their messages.</summary>
    public static string Describe(Exception exception)
    {
        var text = new StringBuilder();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            text.AppendLine(inner.GetType().FullName).AppendLine(inner.StackTrace);
        }

        return text.ToString();
    }
}
