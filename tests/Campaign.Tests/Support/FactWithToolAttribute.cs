using System.Diagnostics;
using Xunit;

namespace Campaign.Tests.Support;

/// <summary>A test that needs programs of the machine; it is skipped, with the name of what is missing, where one is not there.</summary>
public sealed class FactWithToolAttribute : FactAttribute
{
    public FactWithToolAttribute(params string[] tools)
    {
        var missing = tools.Where(tool => Tool.Find(tool) is null).ToArray();
        if (missing.Length > 0)
        {
            Skip = $"Not on this machine: {string.Join(", ", missing)}.";
        }
    }
}

/// <summary>Programs that tests check documents with.</summary>
public static class Tool
{
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end within two minutes; its output where it answered 0.</summary>
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{name} did not end within two minutes.");
        }

        Assert.True(process.ExitCode == 0, $"{name} ended with {process.ExitCode}: {await error}");
        return await output;
    }
}
