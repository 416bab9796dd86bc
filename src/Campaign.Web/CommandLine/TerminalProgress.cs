using System.Diagnostics;
using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Web.CommandLine;

/// <summary>
/// Progress on stderr: a bar that redraws on a terminal, one line a stage otherwise. Keeps each stage's wall time. Not for use from several
/// threads at once but for <see cref="Report"/>, which may be called from any.
/// </summary>
public sealed class TerminalProgress(TextWriter error, bool isTerminal)
{
    private const int BarWidth = 24;

    private readonly Lock gate = new();
    private readonly List<StageTime> stages = [];
    private readonly Stopwatch clock = new();
    private string? current;
    private int lastDrawnPercent = -1;

    public IReadOnlyList<StageTime> Stages => stages;

    /// <summary>A sentence of its own, for example a column that was left out.</summary>
    public void Say(string sentence)
    {
        lock (gate)
        {
            ClearBar();
            error.WriteLine(TerminalText.Escape(sentence));
        }
    }

    /// <param name="share">0 to 1 over the stage's job; drawn on a terminal only.</param>
    public void Report(string stage, double share)
    {
        lock (gate)
        {
            if (stage != current)
            {
                FinishStage();
                current = stage;
                clock.Restart();
                if (!isTerminal)
                {
                    error.WriteLine(TerminalText.Escape(stage));
                }
            }

            DrawBar(stage, share);
        }
    }

    /// <summary>Ends the last stage, so that its time counts.</summary>
    public void Finish()
    {
        lock (gate)
        {
            FinishStage();
            ClearBar();
        }
    }

    private void FinishStage()
    {
        if (current is null)
        {
            return;
        }

        stages.Add(new StageTime(current, Math.Round(clock.Elapsed.TotalSeconds, 3)));
        current = null;
    }

    private void DrawBar(string stage, double share)
    {
        var percent = (int)(Math.Clamp(share, 0, 1) * 100);
        if (!isTerminal || percent == lastDrawnPercent)
        {
            return;
        }

        lastDrawnPercent = percent;
        var filled = percent * BarWidth / 100;
        error.Write($"\r\u001b[K[{new string('#', filled)}{new string('.', BarWidth - filled)}] {percent,3} % {TerminalText.Escape(stage)}");
    }

    private void ClearBar()
    {
        if (isTerminal && lastDrawnPercent >= 0)
        {
            error.Write("\r\u001b[K");
            lastDrawnPercent = -1;
        }
    }
}
