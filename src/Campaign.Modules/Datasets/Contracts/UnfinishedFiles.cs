using Campaign.Modules.Platform;

namespace Campaign.Modules.Datasets.Contracts;

/// <summary>A file that has arrived and is not a dataset yet.</summary>
/// <param name="Words">Where it stands.</param>
/// <param name="NextStep">What a person does next.</param>
/// <param name="ShareDone">0 to 1 while its check waits or runs; null otherwise.</param>
public sealed record UnfinishedFile(Guid Id, string FileName, string Words, string NextStep, DateTime ReceivedUtc, double? ShareDone)
{
    public string Address => $"/datasets/received/{Id}";
}

/// <summary>The door to the files on their way in.</summary>
public sealed class UnfinishedFiles(ReceivedFiles received)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<UnfinishedFile>> ListAsync(CancellationToken cancellation = default) =>
        [.. (await received.ListAsync(cancellation)).Select(Describe)];

    private static UnfinishedFile Describe(ReceivedFileView view)
    {
        var (words, step) = view.State switch
        {
            ReceivedState.Checking => (view.Job!.State == JobState.Queued ? "Waiting for its check." : view.Job.Stage, "Follow"),
            ReceivedState.BadRows => ($"{InWords.Count(view.File.RejectedRowCount!.Value, "row")} can't be used: decide whether to go on without them.", "Decide"),
            ReceivedState.NotTaken => ($"Not taken. {view.Job!.Reason ?? "The check was stopped."}", "See why"),
            _ => ("Arrived. Look whether it is read right, then let it be checked.", "Look at it"),
        };
        return new(
            view.File.Id, view.File.FileName, words, step, view.File.ReceivedUtc, view.Job is { HasEnded: false } job ? job.ShareDone : null);
    }
}
