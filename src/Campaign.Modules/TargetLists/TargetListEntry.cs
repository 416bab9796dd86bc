using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.TargetLists;

/// <summary>What was done to a target list.</summary>
public enum ListAct
{
    Made,
    Edited,
    Submitted,
    SentBack,
    Approved,

    /// <summary>It left for the first time; each time is a <see cref="ListExport"/>.</summary>
    Exported,
    Withdrawn,
}

/// <summary>One line of a target list's history; written once.</summary>
public sealed class TargetListEntry
{
    public Guid TargetListId { get; set; }

    /// <summary>From 0; the list's <see cref="TargetList.Version"/> that it led to.</summary>
    public int Number { get; set; }

    public ListAct Act { get; set; }

    /// <summary>Null for the making.</summary>
    public ListStage? FromStage { get; set; }

    public ListStage ToStage { get; set; }

    /// <summary>Empty for the making and for edits.</summary>
    public string Reason { get; set; } = "";

    public string ActorId { get; set; } = "";

    public string ActorName { get; set; } = "";

    public DateTime Utc { get; set; }
}

internal sealed class TargetListEntryMapping : IEntityTypeConfiguration<TargetListEntry>
{
    public void Configure(EntityTypeBuilder<TargetListEntry> builder)
    {
        // Straight from a draft only where one person works alone, and then it is said to be not independently reviewed.
        builder.ToTable("TargetListEntries", table => table.HasCheckConstraint("CK_TargetListEntries_Transition", $"""
            ("FromStage" IS NULL AND "ToStage" = 'Draft') OR ("FromStage" IS NOT NULL AND (("FromStage" = 'Draft' AND "ToStage" IN ('Draft', 'InReview', 'Withdrawn')) OR ("FromStage" = 'Draft' AND "ToStage" = 'Exported' AND "ActorId" IN ('{Actor.LocalOwner.Id}', '{Actor.CommandLine.Id}')) OR ("FromStage" = 'InReview' AND "ToStage" IN ('Draft', 'Approved', 'Withdrawn')) OR ("FromStage" = 'Approved' AND "ToStage" IN ('Exported', 'Withdrawn')) OR ("FromStage" = 'Exported' AND "ToStage" = 'Withdrawn')))
            """));
        builder.HasKey(entry => new { entry.TargetListId, entry.Number });
        builder.Property(entry => entry.Number).ValueGeneratedNever();
        builder.Property(entry => entry.Reason).HasMaxLength(ListHistory.LongestReason);
        builder.Property(entry => entry.ActorId).HasMaxLength(450);
        builder.Property(entry => entry.ActorName).HasMaxLength(200);
        builder.HasOne<TargetList>().WithMany().HasForeignKey(entry => entry.TargetListId).OnDelete(DeleteBehavior.Restrict);
    }
}
