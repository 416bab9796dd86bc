using System.Diagnostics;
using Campaign.Learning;
using Campaign.Modules.Governance;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Governance;

public class ChromiumPrinterTests
{
    private const string Page = "<!doctype html><title>t</title><p>One page</p>";

    [Fact]
    public async Task Without_a_browser_it_says_what_to_install()
    {
        using var folder = new TempFolder();
        using var printer = new ChromiumPrinter(null, ChromiumPrinter.DefaultLimit);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => printer.PrintAsync(Page, folder.Combine("a.pdf")));

        Assert.Contains("install Chromium", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [FactWithTool("sh")]
    public async Task A_browser_that_hangs_is_ended_with_its_children_and_said_so()
    {
        using var folder = new TempFolder();
        using var printer = new ChromiumPrinter(Script(folder, "sleep 300 & echo $! > " + folder.Combine("child") + "; wait"), TimeSpan.FromSeconds(2));

        var watch = Stopwatch.StartNew();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => printer.PrintAsync(Page, folder.Combine("a.pdf")));

        Assert.Contains("within 2 seconds", refused.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 1, 60);
        var child = (await File.ReadAllTextAsync(folder.Combine("child"))).Trim();
        await Eventually(() => !IsRunning(child));
        Assert.False(File.Exists(folder.Combine("a.pdf")));
    }

    [FactWithTool("sh")]
    public async Task A_browser_that_fails_leaves_a_sentence_with_its_exit_code()
    {
        using var folder = new TempFolder();
        using var printer = new ChromiumPrinter(Script(folder, "exit 21"), ChromiumPrinter.DefaultLimit);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => printer.PrintAsync(Page, folder.Combine("a.pdf")));

        Assert.Contains("exit code 21", refused.Message, StringComparison.Ordinal);
    }

    [FactWithTool("sh")]
    public async Task A_browser_that_prints_nothing_is_no_success()
    {
        using var folder = new TempFolder();
        using var printer = new ChromiumPrinter(Script(folder, "exit 0"), ChromiumPrinter.DefaultLimit);

        await Assert.ThrowsAsync<RefusedException>(() => printer.PrintAsync(Page, folder.Combine("a.pdf")));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_sentence()
    {
        using var folder = new TempFolder();
        using var printer = new ChromiumPrinter(folder.Combine("nothing-here"), ChromiumPrinter.DefaultLimit);

        await Assert.ThrowsAsync<RefusedException>(() => printer.PrintAsync(Page, folder.Combine("a.pdf")));
    }

    [FactWithTool("chromium", "qpdf")]
    public async Task Documents_print_side_by_side()
    {
        using var folder = new TempFolder();
        using var printer = ChromiumPrinter.OfThisMachine();
        string[] paths = [folder.Combine("a.pdf"), folder.Combine("b.pdf"), folder.Combine("c.pdf")];

        await Task.WhenAll(paths.Select(path => printer.PrintAsync(Page, path)));

        foreach (var path in paths)
        {
            await Tool.RunAsync("qpdf", "--check", path);
        }
    }

    private static string Script(TempFolder folder, string body)
    {
        var path = folder.Combine("browser.sh");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private static bool IsRunning(string processId) =>
        File.Exists($"/proc/{processId}/stat") && !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static async Task Eventually(Func<bool> condition)
    {
        for (var tries = 0; tries < 100 && !condition(); tries++)
        {
            await Task.Delay(50);
        }

        Assert.True(condition());
    }
}
