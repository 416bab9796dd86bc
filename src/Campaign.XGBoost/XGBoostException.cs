using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Campaign.XGBoost;

/// <summary>XGBoost refused or failed: its own words, without its native stack.</summary>
/// <param name="operation">The C function that failed, for example XGBoosterUpdateOneIter.</param>
/// <param name="message">What XGBoost said.</param>
public sealed class XGBoostException(string operation, string message) : Exception(message)
{
    public string Operation { get; } = operation;

    /// <summary>Must run on the thread that made the native call: XGBoost keeps the text of an error by thread.</summary>
    internal static unsafe void ThrowIfFailed(int status, [CallerArgumentExpression(nameof(status))] string call = "")
    {
        if (status != 0)
        {
            var text = Marshal.PtrToStringUTF8((nint)NativeMethods.XGBGetLastError()) ?? "";
            throw new XGBoostException(OperationOf(call), WithoutStack(text));
        }
    }

    internal static string WithoutStack(string text)
    {
        var stack = text.IndexOf("Stack trace:", StringComparison.Ordinal);
        return (stack < 0 ? text : text[..stack]).Trim();
    }

    private static string OperationOf(string call)
    {
        var name = call[..Math.Max(0, call.IndexOf('(', StringComparison.Ordinal))];
        return name[(name.LastIndexOf('.') + 1)..];
    }
}
