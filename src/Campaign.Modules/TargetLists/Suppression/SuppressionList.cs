using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Campaign.Modules.TargetLists.Suppression;

/// <summary>Where a do-not-contact list stands.</summary>
public enum SuppressionStage
{
    /// <summary>Uploaded; a person says which column holds the ids, or looks at what it would do.</summary>
    Waiting,

    /// <summary>No target list may hold its ids.</summary>
    InForce,

    /// <summary>Its ids may be listed again, where no other list holds them.</summary>
    Ended,
}

/// <summary>
/// An uploaded list of customers who are not to be contacted. Its ids are <see cref="IdsFile"/> in its folder of the file store, never in
/// the database, the log or the trail; the uploaded file itself is kept only until its ids are read. An ended list stays, with its ids.
/// </summary>
public sealed class SuppressionList
{
    /// <summary>The ids, one a line (<see cref="IdSet.Save"/>).</summary>
    internal const string IdsFile = "ids.txt";

    /// <summary>The uploaded bytes, until the ids are read from them.</summary>
    internal const string SourceFile = "source";

    public Guid Id { get; set; }

    public string Name { get; set; } = "";

    /// <summary>As the person knows it, without folders; shown, never used as a path.</summary>
    public string FileName { get; set; } = "";

    /// <summary>SHA-256 of the uploaded bytes, 64 lower-case hex digits.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>How the ids were read, for a person; empty until they are.</summary>
    public string ReadAs { get; set; } = "";

    /// <summary>Different ids; 0 until they are read.</summary>
    public int IdCount { get; set; }

    /// <summary>Rows that named an id again.</summary>
    public int RepeatedCount { get; set; }

    /// <summary>Rows without an id.</summary>
    public int BlankCount { get; set; }

    public int? FirstBlankLine { get; set; }

    /// <summary>Ids that a spreadsheet has turned into 1.2E+15.</summary>
    public int RoundedCount { get; set; }

    /// <summary>SHA-256 of the file of ids; null until they are read.</summary>
    public string? IdsHash { get; set; }

    public string AddedById { get; set; } = "";

    public string AddedByName { get; set; } = "";

    public DateTime AddedUtc { get; set; }

    /// <summary>Null while it waits.</summary>
    public DateTime? InForceUtc { get; set; }

    /// <summary>Null while it waits or is in force.</summary>
    public DateTime? EndedUtc { get; set; }

    public string? EndedByName { get; set; }

    public string? EndReason { get; set; }

    /// <summary>Counts edits, so that a second editor sees the conflict.</summary>
    public int Version { get; set; }

    public SuppressionStage Stage => EndedUtc is not null ? SuppressionStage.Ended : InForceUtc is not null ? SuppressionStage.InForce : SuppressionStage.Waiting;
}

internal sealed class SuppressionListMapping : IEntityTypeConfiguration<SuppressionList>
{
    public void Configure(EntityTypeBuilder<SuppressionList> builder)
    {
        builder.ToTable("SuppressionLists");
        builder.Property(list => list.Name).HasMaxLength(SuppressionRegister.LongestName);
        builder.Property(list => list.FileName).HasMaxLength(300);
        builder.Property(list => list.Fingerprint).HasMaxLength(64);
        builder.Property(list => list.ReadAs).HasMaxLength(500);
        builder.Property(list => list.IdsHash).HasMaxLength(64);
        builder.Property(list => list.AddedById).HasMaxLength(450);
        builder.Property(list => list.AddedByName).HasMaxLength(200);
        builder.Property(list => list.EndedByName).HasMaxLength(200);
        builder.Property(list => list.EndReason).HasMaxLength(SuppressionRegister.LongestReason);
        builder.Property(list => list.Version).IsConcurrencyToken();
        builder.Ignore(list => list.Stage);
    }
}
