using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Campaign.Learning;

namespace Campaign.Modules.Governance;

/// <summary>
/// Prints a self-contained HTML page to PDF with Chromium, Chrome or Edge: a process of its own for each document, with its own empty
/// profile and no network, ended with all its children when it takes too long. At most two at a time.
/// </summary>
/// <param name="browser">The program; null where none was found.</param>
/// <param name="limit">How long one document may take.</param>
public sealed class ChromiumPrinter(string? browser, TimeSpan limit) : IDisposable
{
    /// <summary>Names the browser where it is not found by itself.</summary>
    public const string BrowserVariable = "CAMPAIGN_BROWSER";

    public const string NoBrowser =
        "No browser was found to print the PDF: install Chromium, Chrome or Edge (Debian: apt install chromium), or name the program in " + BrowserVariable + ".";

    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(90);

    private static readonly string[] ProgramNames =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    private readonly SemaphoreSlim _gate = new(2);

    /// <summary>The printer with this machine's browser.</summary>
    public static ChromiumPrinter OfThisMachine() => new(FindBrowser(), DefaultLimit);

    /// <exception cref="RefusedException">There is no browser, it failed, or it took longer than the limit.</exception>
    public async Task PrintAsync(string html, string pdfPath, CancellationToken cancellation = default)
    {
        if (browser is null)
        {
            throw new RefusedException(NoBrowser);
        }

        await _gate.WaitAsync(cancellation);
        var folder = Directory.CreateTempSubdirectory("campaign-print-").FullName;
        try
        {
            var page = Path.Combine(folder, "document.html");
            var printed = Path.Combine(folder, "document.pdf");
            await File.WriteAllTextAsync(page, html, new UTF8Encoding(false), cancellation);
            await RunAsync(browser, Arguments(page, printed, folder), cancellation);
            if (!File.Exists(printed))
            {
                throw new RefusedException($"The browser ended without a PDF: try again, or name another browser in {BrowserVariable}.");
            }

            File.Move(printed, pdfPath, overwrite: true);
        }
        finally
        {
            Remove(folder);
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>The browser that the variable names; else the first of the known ones on the path or where they are installed; else null.</summary>
    internal static string? FindBrowser()
    {
        if (Environment.GetEnvironmentVariable(BrowserVariable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : null;
        }

        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var onPath = from name in ProgramNames
                     from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                     where folder.Length > 0
                     select Path.Combine(folder, name + suffix);
        var installed = new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData }
            .Select(Environment.GetFolderPath)
            .Where(folder => OperatingSystem.IsWindows() && folder.Length > 0)
            .SelectMany(folder => new[]
            {
                Path.Combine(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
                Path.Combine(folder, "Google", "Chrome", "Application", "chrome.exe"),
            });
        string[] onMac =
        [
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        ];
        return onPath.Concat(installed).Concat(onMac).FirstOrDefault(File.Exists);
    }

    private static List<string> Arguments(string page, string printed, string folder)
    {
        List<string> arguments =
        [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-quic", "--disable-sync",
            "--disable-extensions", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
            $"--user-data-dir={Path.Combine(folder, "profile")}",
            "--no-pdf-header-footer", "--generate-pdf-document-outline", $"--print-to-pdf={printed}",
        ];
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            // Chromium refuses to start as root with its sandbox. The page is our own, without scripts or network.
            arguments.Add("--no-sandbox");
        }

        arguments.Add(new Uri(page).AbsoluteUri);
        return arguments;
    }

    private async Task RunAsync(string program, List<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Start(start);
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timed.CancelAfter(limit);

        // Nobody reads what it says, but a full pipe would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(timed.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            throw new RefusedException($"The browser did not finish the PDF within {limit.TotalSeconds:0} seconds: try again when the machine is less busy.");
        }

        if (process.ExitCode != 0)
        {
            throw new RefusedException($"The browser could not print the PDF (exit code {process.ExitCode}): try again, or name another browser in {BrowserVariable}.");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new RefusedException($"The browser could not be started to print the PDF: name a working one in {BrowserVariable}.");
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser may still be closing its profile; the system clears temporary folders.
        }
    }
}
