namespace Campaign.Learning;

/// <summary>
/// An input or a request that Campaign can't take, in one plain sentence for the person who sent it: what is wrong, where, and what to do.
/// Pages show it on the form; the command line prints it and exits with <see cref="ExitCode"/>. Never holds a stack trace or personal data.
/// </summary>
public class RefusedException(string sentence) : Exception(sentence)
{
    /// <summary>1: the result is not what it should be; 2: the input is refused; 3: the recall promise can't be made.</summary>
    public int ExitCode { get; init; } = 2;
}
