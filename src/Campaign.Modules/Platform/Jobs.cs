using Campaign.Learning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.Platform;

public enum JobState
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>One piece of background work: exactly one end state, progress in named stages.</summary>
public sealed class JobRecord
{
    public Guid Id { get; set; }

    /// <summary>The <see cref="ICampaignJob.Kind"/> that runs it.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The entity that it works on.</summary>
    public Guid SubjectId { get; set; }

    public JobState State { get; set; }

    /// <summary>What it is doing, in words for a person.</summary>
    public string Stage { get; set; } = "";

    /// <summary>0 to 1 over the whole job.</summary>
    public double ShareDone { get; set; }

    /// <summary>Why it failed, one sentence; null otherwise.</summary>
    public string? Reason { get; set; }

    public bool CancelRequested { get; set; }

    public string ActorId { get; set; } = "";

    public string ActorName { get; set; } = "";

    public DateTime CreatedUtc { get; set; }

    public DateTime? StartedUtc { get; set; }

    public DateTime? EndedUtc { get; set; }

    /// <summary>When the process that runs it last said so; null until it runs.</summary>
    public DateTime? SeenUtc { get; set; }

    /// <summary>How often it was started: more than once after a crash or a restart.</summary>
    public int StartCount { get; set; }

    public bool HasEnded => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}

internal sealed class JobRecordMapping : IEntityTypeConfiguration<JobRecord>
{
    public void Configure(EntityTypeBuilder<JobRecord> builder)
    {
        builder.ToTable("Jobs");
        builder.Property(job => job.Kind).HasMaxLength(60);
        builder.Property(job => job.Stage).HasMaxLength(200);
        builder.Property(job => job.Reason).HasMaxLength(1000);
        builder.Property(job => job.ActorId).HasMaxLength(450);
        builder.Property(job => job.ActorName).HasMaxLength(200);

        // Saving an end state asks that the row still has the state that was read: of two ends, one is written.
        builder.Property(job => job.State).IsConcurrencyToken();
        builder.HasIndex(job => job.SubjectId);
        builder.HasIndex(job => job.State);
    }
}

/// <summary>What a running job sees of its record. Reporting is cheap: rows are written at most twice a second.</summary>
public abstract class JobContext
{
    public abstract Guid JobId { get; }

    public abstract Guid SubjectId { get; }

    public abstract Actor Actor { get; }

    /// <param name="share">0 to 1 over the whole job; never goes back.</param>
    public abstract void Report(string stage, double share);

    /// <summary>Maps a stage's own share onto the part of the whole job from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public IProgress<double> Part(string stage, double from, double to) => new StagePart(this, stage, from, to);

    // Unlike Progress<T>, reports on the calling thread, so that nothing comes after the stage has ended.
    private sealed class StagePart(JobContext job, string stage, double from, double to) : IProgress<double>
    {
        public void Report(double value) => job.Report(stage, from + (value * (to - from)));
    }
}

/// <summary>A kind of background work. Registered by its module; resolved in a scope of its own for each run.</summary>
public interface ICampaignJob
{
    /// <summary>Stable name stored in the job row.</summary>
    string Kind { get; }

    /// <summary>
    /// Does the work. Starts again from the beginning after a crash, so it must not leave half-done results where others look.
    /// Throws <see cref="RefusedException"/> for an outcome a person can mend; the sentence becomes the job's reason.
    /// </summary>
    Task RunAsync(JobContext job, CancellationToken cancellation);
}
