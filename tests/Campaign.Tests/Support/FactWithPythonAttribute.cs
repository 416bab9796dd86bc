using System.Diagnostics;
using Xunit;

namespace Campaign.Tests.Support;

/// <summary>A test that needs the system's Python with modules; it is skipped, with the names of what is missing, where one is not there.</summary>
public sealed class FactWithPythonAttribute : FactAttribute
{
    /// <summary>The system's own, which its packages are installed for; another one may come first on the path.</summary>
    public const string Python = "/usr/bin/python3";

    public FactWithPythonAttribute(params string[] modules)
    {
        if (!File.Exists(Python))
        {
            Skip = $"Not on this machine: {Python}.";
        }
        else if (modules.Where(module => !HasModule(module)).ToArray() is { Length: > 0 } missing)
        {
            Skip = $"Not on this machine: {string.Join(", ", missing.Select(module => "python3-" + module))}.";
        }
    }

    private static bool HasModule(string module)
    {
        // Asks where it is, without loading it.
        var start = new ProcessStartInfo(Python, ["-c", $"import importlib.util, sys; sys.exit(importlib.util.find_spec('{module}') is None)"]);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
