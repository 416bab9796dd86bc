using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.Governance;

/// <summary>Where a model version stands.</summary>
public enum ModelStage
{
    Draft,
    InReview,
    Approved,

    /// <summary>For good.</summary>
    Retired,
}

/// <summary>
/// A finished model run under a name that the bank knows it by, with a number that rises. A run is registered once. The database itself
/// refuses a second champion of a name, a champion that is not approved, and an approver who made the model.
/// </summary>
public sealed class ModelVersion
{
    public Guid Id { get; set; }

    public string ModelName { get; set; } = "";

    /// <summary>From 1 within the name, without gaps.</summary>
    public int Number { get; set; }

    public Guid ModelRunId { get; set; }

    /// <summary>The run's, copied: SHA-256 of the final model's bytes.</summary>
    public string ModelHash { get; set; } = "";

    public ModelStage Stage { get; set; }

    /// <summary>Who asked for the training.</summary>
    public string TrainedById { get; set; } = "";

    public string RegisteredById { get; set; } = "";

    public string RegisteredByName { get; set; } = "";

    public DateTime RegisteredUtc { get; set; }

    /// <summary>Null until it is approved.</summary>
    public string? ApprovedById { get; set; }

    public string? ApprovedByName { get; set; }

    public DateTime? ApprovedUtc { get; set; }

    /// <summary>Since when it is the champion of its name; null where it is not.</summary>
    public DateTime? ChampionSinceUtc { get; set; }

    /// <summary>Counts what was done to it: a form keeps the number that it was opened with.</summary>
    public int Version { get; set; }

    /// <summary>'etb 3', as people and documents call it.</summary>
    public string FullName => $"{ModelName} {Number}";

    /// <summary>Approved by a person who neither trained nor registered it.</summary>
    public bool IsReviewed => ApprovedById is not null && ApprovedById != Actor.LocalOwner.Id;

    /// <summary>Who approved it independently; null where nobody did, or it is retired.</summary>
    public string? Reviewer => Stage == ModelStage.Approved && IsReviewed ? ApprovedByName : null;
}

/// <summary>What was done to a model version.</summary>
public enum ModelAct
{
    Registered,
    Submitted,
    SentBack,
    Approved,
    MadeChampion,

    /// <summary>Another version became the champion.</summary>
    Succeeded,
    Retired,
}

/// <summary>One line of a model version's history; written once.</summary>
public sealed class ModelVersionEntry
{
    public Guid ModelVersionId { get; set; }

    /// <summary>From 0; the version's <see cref="ModelVersion.Version"/> that it led to.</summary>
    public int Number { get; set; }

    public ModelAct Act { get; set; }

    /// <summary>Null for the registration.</summary>
    public ModelStage? FromStage { get; set; }

    public ModelStage ToStage { get; set; }

    public string Reason { get; set; } = "";

    public string ActorId { get; set; } = "";

    public string ActorName { get; set; } = "";

    public DateTime Utc { get; set; }
}

internal sealed class ModelVersionMapping : IEntityTypeConfiguration<ModelVersion>
{
    public void Configure(EntityTypeBuilder<ModelVersion> builder)
    {
        builder.ToTable("ModelVersions", table =>
        {
            table.HasCheckConstraint("CK_ModelVersions_ChampionIsApproved", """
                "ChampionSinceUtc" IS NULL OR "Stage" = 'Approved'
                """);
            table.HasCheckConstraint("CK_ModelVersions_ApprovedByWhom", """
                "Stage" <> 'Approved' OR "ApprovedById" IS NOT NULL
                """);
            table.HasCheckConstraint("CK_ModelVersions_MakerIsNotChecker", $"""
                "ApprovedById" IS NULL OR "ApprovedById" = '{Actor.LocalOwner.Id}' OR ("ApprovedById" <> "RegisteredById" AND "ApprovedById" <> "TrainedById")
                """);
        });
        builder.Property(version => version.ModelName).HasMaxLength(ModelRegistry.LongestName);
        builder.Property(version => version.ModelHash).HasMaxLength(64);
        builder.Property(version => version.TrainedById).HasMaxLength(450);
        builder.Property(version => version.RegisteredById).HasMaxLength(450);
        builder.Property(version => version.RegisteredByName).HasMaxLength(200);
        builder.Property(version => version.ApprovedById).HasMaxLength(450);
        builder.Property(version => version.ApprovedByName).HasMaxLength(200);
        builder.Property(version => version.Version).IsConcurrencyToken();
        builder.Ignore(version => version.FullName).Ignore(version => version.IsReviewed).Ignore(version => version.Reviewer);
        // By its type, which is not in the model yet when this mapping is read; a name would make another entity.
        builder.HasOne(typeof(ModelVersion).Assembly.GetType("Campaign.Modules.Modeling.ModelRun", throwOnError: true)!, null).WithMany().HasForeignKey(nameof(ModelVersion.ModelRunId)).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(version => version.ModelRunId).IsUnique();
        builder.HasIndex(version => new { version.ModelName, version.Number }).IsUnique();
        builder.HasIndex(version => version.ModelName, "IX_ModelVersions_OneChampion").IsUnique().HasFilter("\"ChampionSinceUtc\" IS NOT NULL");
    }
}

internal sealed class ModelVersionEntryMapping : IEntityTypeConfiguration<ModelVersionEntry>
{
    public void Configure(EntityTypeBuilder<ModelVersionEntry> builder)
    {
        builder.ToTable("ModelVersionEntries", table => table.HasCheckConstraint("CK_ModelVersionEntries_Transition", """
            ("FromStage" IS NULL AND "ToStage" = 'Draft') OR ("FromStage" IS NOT NULL AND (("FromStage" = 'Draft' AND "ToStage" IN ('InReview', 'Retired')) OR ("FromStage" = 'InReview' AND "ToStage" IN ('Draft', 'Approved')) OR ("FromStage" = 'Approved' AND "ToStage" IN ('Approved', 'Retired'))))
            """));
        builder.HasKey(entry => new { entry.ModelVersionId, entry.Number });
        builder.Property(entry => entry.Number).ValueGeneratedNever();
        builder.Property(entry => entry.Reason).HasMaxLength(ModelRegistry.LongestReason);
        builder.Property(entry => entry.ActorId).HasMaxLength(450);
        builder.Property(entry => entry.ActorName).HasMaxLength(200);
        builder.HasOne<ModelVersion>().WithMany().HasForeignKey(entry => entry.ModelVersionId).OnDelete(DeleteBehavior.Restrict);
    }
}
