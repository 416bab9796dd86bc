using System.Diagnostics;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Modeling;

/// <summary>A job's named stages: tells the job's record where it is, and keeps each stage's wall time.</summary>
internal sealed class StageClock(JobContext job)
{
    private readonly List<StageTime> _times = [];
    private readonly Stopwatch _clock = new();
    private string _stage = "";

    /// <summary>The stages that have ended.</summary>
    public IReadOnlyList<StageTime> Times => _times;

    /// <param name="share">0 to 1 over the whole job.</param>
    public void Start(string stage, double share)
    {
        End();
        WorkMemory.Return();
        _stage = stage;
        _clock.Restart();
        job.Report(stage, share);
    }

    public void End()
    {
        if (_clock.IsRunning)
        {
            _clock.Stop();
            _times.Add(new StageTime(_stage, Math.Round(_clock.Elapsed.TotalSeconds, 3)));
        }
    }

    /// <summary>Maps the current stage's own share onto a part of the whole job's.</summary>
    public IProgress<double> Between(double from, double to) => job.Part(_stage, from, to);
}
