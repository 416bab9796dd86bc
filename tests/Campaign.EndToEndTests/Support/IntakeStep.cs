namespace Campaign.EndToEndTests.Support;

/// <summary>What a file is going through on its way in, and out again.</summary>
public enum IntakeStep
{
    /// <summary>Its bytes arrive.</summary>
    Arriving,

    /// <summary>All were sent; the answer is not there yet.</summary>
    Arrived,

    /// <summary>The check was asked for.</summary>
    Checking,

    /// <summary>The check has read every row; the dataset is not saved yet.</summary>
    Saving,

    /// <summary>Columns are confirmed, one of them as something else than before.</summary>
    Confirming,

    /// <summary>The profile and the quality report are made.</summary>
    Profiling,

    /// <summary>Bytes and columns are deleted.</summary>
    Deleting,
}

/// <summary>The moment at which a process is to be killed: a delay after a step began; for arriving bytes, after a share of them was sent.</summary>
/// <param name="shareSent">0 to 1.</param>
public sealed class KillMoment(IntakeStep step, double shareSent, TimeSpan delay)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IntakeStep Step => step;

    public double ShareSent => shareSent;

    public Task Reached => _reached.Task;

    public TimeSpan Delay => delay;

    public void Begin(IntakeStep begun)
    {
        if (begun == step)
        {
            _reached.TrySetResult();
        }
    }
}
