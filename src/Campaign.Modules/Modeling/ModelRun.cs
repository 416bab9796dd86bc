using Campaign.Learning.Thresholds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.Modeling;

/// <summary>
/// One training of the models on one dataset: what went in, what came out, and the threshold in force. Its files (out-of-fold scores,
/// model package, threshold curve) are in the run's folder. The job of kind <c>train-model</c> whose subject is this run tells its state.
/// </summary>
public sealed class ModelRun
{
    public Guid Id { get; set; }

    public Guid DatasetId { get; set; }

    /// <summary>The dataset's, copied so that the run stands by itself.</summary>
    public string Fingerprint { get; set; } = "";

    public string Name { get; set; } = "";

    // What was asked.
    public int Seed { get; set; }

    public bool Quick { get; set; }

    public double RecallFloor { get; set; }

    public double Confidence { get; set; }

    public PromiseKind PromiseKind { get; set; }

    /// <summary>Of the search for settings; 0 for none.</summary>
    public int TrialCount { get; set; }

    /// <summary>No trial is begun after so many minutes; null for no limit.</summary>
    public double? SearchMinutes { get; set; }

    // What came out; null until the training is done.
    public DateTime? CompletedUtc { get; set; }

    /// <summary><see cref="Contracts.RunResults"/> as JSON: counts, metrics, recipe, stages, versions.</summary>
    public string? ResultsJson { get; set; }

    // The threshold in force.
    public double? Threshold { get; set; }

    public ThresholdRule? ThresholdRule { get; set; }

    /// <summary>The promise that the threshold keeps: null where it was set by budget or by hand.</summary>
    public string? PromiseJson { get; set; }

    /// <summary><see cref="Contracts.RunMoney"/> as JSON; null where nobody has said what a contact is worth.</summary>
    public string? MoneyJson { get; set; }

    /// <summary>When the money was set: the latest of all runs are the next one's starting values.</summary>
    public DateTime? MoneySetUtc { get; set; }

    public string CreatedById { get; set; } = "";

    public string CreatedByName { get; set; } = "";

    public DateTime CreatedUtc { get; set; }

    /// <summary>Counts edits, so that a second editor sees the conflict.</summary>
    public int Version { get; set; }
}

internal sealed class ModelRunMapping : IEntityTypeConfiguration<ModelRun>
{
    public void Configure(EntityTypeBuilder<ModelRun> builder)
    {
        builder.ToTable("ModelRuns");
        builder.Property(run => run.Fingerprint).HasMaxLength(64);
        builder.Property(run => run.Name).HasMaxLength(200);
        builder.Property(run => run.PromiseKind).HasConversion<string>().HasMaxLength(20);
        builder.Property(run => run.ThresholdRule).HasConversion<string>().HasMaxLength(20);
        builder.Property(run => run.CreatedById).HasMaxLength(450);
        builder.Property(run => run.CreatedByName).HasMaxLength(200);
        builder.Property(run => run.Version).IsConcurrencyToken();
        builder.HasOne("Campaign.Modules.Datasets.Dataset", null).WithMany().HasForeignKey(nameof(ModelRun.DatasetId)).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(run => run.DatasetId);
    }
}
