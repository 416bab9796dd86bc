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

    private readonly Lock _gate = new();
    private readonly List<StageTime> _stages = [];
    private readonly List<string> _sentences = [];
    private readonly Stopwatch _clock = new();
    private string? _current;
    private int _lastDrawnPercent = -1;

    public IReadOnlyList<StageTime> Stages => _stages;

    /// <summary>What was said, in order.</summary>
    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>A sentence of its own, for example a column that was left out.</summary>
    public void Say(string sentence)
    {
        lock (_gate)
        {
            ClearBar();
            _sentences.Add(sentence);
            error.WriteLine(TerminalText.Escape(sentence));
        }
    }

    /// <param name="share">0 to 1 over the stage's job; drawn on a terminal only.</param>
    public void Report(string stage, double share)
    {
        lock (_gate)
        {
            if (stage != _current)
            {
                FinishStage();
                _current = stage;
                _clock.Restart();
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
        lock (_gate)
        {
            FinishStage();
            ClearBar();
        }
    }

    private void FinishStage()
    {
        if (_current is null)
        {
            return;
        }

        _stages.Add(new StageTime(_current, Math.Round(_clock.Elapsed.TotalSeconds, 3)));
        _current = null;
    }

    private void DrawBar(string stage, double share)
    {
        var percent = (int)(Math.Clamp(share, 0, 1) * 100);
        if (!isTerminal || percent == _lastDrawnPercent)
        {
            return;
        }

        _lastDrawnPercent = percent;
        var filled = percent * BarWidth / 100;
        error.Write($"\r\u001b[K[{new string('#', filled)}{new string('.', BarWidth - filled)}] {percent,3} % {TerminalText.Escape(stage)}");
    }

    private void ClearBar()
    {
        if (isTerminal && _lastDrawnPercent >= 0)
        {
            error.Write("\r\u001b[K");
            _lastDrawnPercent = -1;
        }
    }
}
