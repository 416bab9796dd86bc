using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// A saved target list: immutable, with the ids of its inputs. Its workbook is <c>target-list.xlsx</c> in the list's folder; the job of
/// kind <c>build-target-list</c> whose subject is this list makes it.
/// </summary>
public sealed class TargetList
{
    public Guid Id { get; set; }

    public Guid ModelRunId { get; set; }

    public string Name { get; set; } = "";

    public string Purpose { get; set; } = "";

    /// <summary>The threshold when the list was asked for: 0 to 1, at or above selects.</summary>
    public double Threshold { get; set; }

    /// <summary>At most so many customers to contact; null for all.</summary>
    public int? Budget { get; set; }

    /// <summary>0 to below 1: the share of eligible customers that is deliberately not contacted.</summary>
    public double ControlShare { get; set; }

    public int Seed { get; set; }

    /// <summary><see cref="ListCounts"/> as JSON; null until the list is built.</summary>
    public string? CountsJson { get; set; }

    /// <summary>SHA-256 of the internal workbook; null until it is built.</summary>
    public string? WorkbookHash { get; set; }

    /// <summary>SHA-256 of the callers' workbook, which does not name the control group; null until it is built.</summary>
    public string? CallersWorkbookHash { get; set; }

    public string CreatedById { get; set; } = "";

    public string CreatedByName { get; set; } = "";

    public DateTime CreatedUtc { get; set; }

    public DateTime ValidUntilUtc { get; set; }
}

internal sealed class TargetListMapping : IEntityTypeConfiguration<TargetList>
{
    public void Configure(EntityTypeBuilder<TargetList> builder)
    {
        builder.ToTable("TargetLists");
        builder.Property(list => list.Name).HasMaxLength(200);
        builder.Property(list => list.Purpose).HasMaxLength(1000);
        builder.Property(list => list.WorkbookHash).HasMaxLength(64);
        builder.Property(list => list.CallersWorkbookHash).HasMaxLength(64);
        builder.Property(list => list.CreatedById).HasMaxLength(450);
        builder.Property(list => list.CreatedByName).HasMaxLength(200);
        builder.HasOne("Campaign.Modules.Modeling.ModelRun", null).WithMany().HasForeignKey(nameof(TargetList.ModelRunId)).OnDelete(DeleteBehavior.Restrict);
    }
}
