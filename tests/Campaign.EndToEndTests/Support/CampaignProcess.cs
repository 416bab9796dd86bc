using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Campaign.Tests.Support;

namespace Campaign.EndToEndTests.Support;

/// <summary>Campaign as a process of its own, as a person starts it, so that a test can end it the hard way.</summary>
public sealed class CampaignProcess : IDisposable
{
    private const string Ready = "Open ";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private readonly ConcurrentQueue<string> _log;

    private CampaignProcess(Process process, ConcurrentQueue<string> log, Uri opening)
    {
        _process = process;
        _log = log;
        Opening = opening;
    }

    /// <summary>The printed address with its one-time token.</summary>
    public Uri Opening { get; }

    /// <summary>What it said on the error stream so far.</summary>
    public string Log => string.Join('\n', _log);

    public static async Task<CampaignProcess> StartAsync(string dataFolder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { typeof(Web.Program).Assembly.Location, "--data", dataFolder, "--urls", "http://127.0.0.1:0" })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var opening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.IndexOf(Ready, StringComparison.Ordinal) is { } at and >= 0)
            {
                opening.TrySetResult(new Uri(line.Data[(at + Ready.Length)..].Trim()));
            }
        };
        process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => opening.TrySetException(new InvalidOperationException("Campaign ended at once: " + string.Join('\n', log)));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new(process, log, await opening.Task.WaitAsync(StartLimit));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The local owner's browser, let in by the printed address.</summary>
    public async Task<HttpClient> SignInAsync()
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(Opening.GetLeftPart(UriPartial.Authority)),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var answer = await client.GetAsync(Opening);
        return answer.StatusCode == HttpStatusCode.Redirect ? client : throw new InvalidOperationException($"The printed address answered {answer.StatusCode}.");
    }

    /// <summary>SIGKILL on Unix: nothing in the process gets a chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
