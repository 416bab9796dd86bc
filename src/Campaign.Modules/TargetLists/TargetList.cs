using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.TargetLists;

/// <summary>Where a target list stands. That it is expired is not a stage: its last day is past.</summary>
public enum ListStage
{
    Draft,
    InReview,
    Approved,

    /// <summary>It has left at least once.</summary>
    Exported,

    /// <summary>For good.</summary>
    Withdrawn,
}

/// <summary>
/// A saved target list with the ids of its inputs. What it asks can be changed while it is a draft; it is then built anew. Its workbooks and
/// <see cref="ListMembers"/> lie in the list's folder; the latest job of kind <c>build-target-list</c> whose subject is this list makes them.
/// </summary>
public sealed class TargetList
{
    public Guid Id { get; set; }

    public Guid ModelRunId { get; set; }

    public string Name { get; set; } = "";

    public string Purpose { get; set; } = "";

    /// <summary>The threshold when the list was asked for: 0 to 1, at or above selects.</summary>
    public double Threshold { get; set; }

    /// <summary><see cref="ListDefinition"/> as JSON.</summary>
    public string DefinitionJson { get; set; } = "";

    /// <summary>The list whose definition this one took over; null where it was made anew.</summary>
    public Guid? CopiedFromId { get; set; }

    public ListStage Stage { get; set; }

    /// <summary>Counts what was done to it: a form keeps the number that it was opened with.</summary>
    public int Version { get; set; }

    /// <summary><see cref="ListCounts"/> as JSON; null until the list is built.</summary>
    public string? CountsJson { get; set; }

    /// <summary>SHA-256 of <see cref="ListMembers"/>, the list's hash in record and receipt; null until it is built.</summary>
    public string? MembersHash { get; set; }

    /// <summary>SHA-256 of the internal workbook; null until it is built.</summary>
    public string? WorkbookHash { get; set; }

    /// <summary>SHA-256 of the callers' workbook, which does not name the control group; null until it is built.</summary>
    public string? CallersWorkbookHash { get; set; }

    public string CreatedById { get; set; } = "";

    public string CreatedByName { get; set; } = "";

    public DateTime CreatedUtc { get; set; }

    /// <summary>Who changed what it asks last; null where nobody did.</summary>
    public string? EditedById { get; set; }

    public string? EditedByName { get; set; }

    /// <summary>The end of the last day on which customers may be contacted by this list.</summary>
    public DateTime ValidUntilUtc { get; set; }

    /// <summary>Null until it is approved.</summary>
    public string? ApprovedById { get; set; }

    public string? ApprovedByName { get; set; }

    public DateTime? ApprovedUtc { get; set; }

    /// <summary>When it left for the first time; null where it has not.</summary>
    public DateTime? ExportedUtc { get; set; }

    public ListDefinition Definition => ListDefinition.OfJson(DefinitionJson);

    /// <summary>Approved by a person who neither made nor changed it.</summary>
    public bool IsReviewed => ApprovedById is not null && ApprovedById != Actor.LocalOwner.Id;

    public bool IsExpired(DateTime utc) => utc > ValidUntilUtc;
}

internal sealed class TargetListMapping : IEntityTypeConfiguration<TargetList>
{
    public void Configure(EntityTypeBuilder<TargetList> builder)
    {
        builder.ToTable("TargetLists", table =>
        {
            table.HasCheckConstraint("CK_TargetLists_MakerIsNotChecker", $"""
                "ApprovedById" IS NULL OR "ApprovedById" = '{Actor.LocalOwner.Id}' OR ("ApprovedById" <> "CreatedById" AND ("EditedById" IS NULL OR "ApprovedById" <> "EditedById"))
                """);
            table.HasCheckConstraint("CK_TargetLists_ApprovedByWhom", """
                "Stage" <> 'Approved' OR "ApprovedById" IS NOT NULL
                """);
        });
        builder.Property(list => list.Name).HasMaxLength(200);
        builder.Property(list => list.Purpose).HasMaxLength(1000);
        builder.Property(list => list.MembersHash).HasMaxLength(64);
        builder.Property(list => list.WorkbookHash).HasMaxLength(64);
        builder.Property(list => list.CallersWorkbookHash).HasMaxLength(64);
        builder.Property(list => list.CreatedById).HasMaxLength(450);
        builder.Property(list => list.CreatedByName).HasMaxLength(200);
        builder.Property(list => list.EditedById).HasMaxLength(450);
        builder.Property(list => list.EditedByName).HasMaxLength(200);
        builder.Property(list => list.ApprovedById).HasMaxLength(450);
        builder.Property(list => list.ApprovedByName).HasMaxLength(200);
        builder.Property(list => list.Version).IsConcurrencyToken();
        builder.Ignore(list => list.Definition).Ignore(list => list.IsReviewed);
        builder.HasOne("Campaign.Modules.Modeling.ModelRun", null).WithMany().HasForeignKey(nameof(TargetList.ModelRunId)).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(list => list.ExportedUtc);
    }
}
