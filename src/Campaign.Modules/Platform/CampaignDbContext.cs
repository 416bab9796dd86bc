using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Campaign.Modules.Platform;

/// <summary>A person who may sign in.</summary>
public sealed class CampaignUser : IdentityUser
{
    public string DisplayName { get; set; } = "";
}

/// <summary>
/// The one model of the product. Each module's entities carry their own table mapping (an <see cref="IEntityTypeConfiguration{T}"/> beside
/// the entity); a subclass for each database lives in Campaign.Migrations and adds only what differs there. Times are UTC and kept to the
/// microsecond, ids are made by us, enums are their names, text compares by code point: the same on every database.
/// </summary>
public abstract class CampaignDbContext(DbContextOptions options, AuditSeal? seal) : IdentityDbContext<CampaignUser>(options)
{
    public DbSet<JobRecord> Jobs => Set<JobRecord>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    /// <summary>
    /// Saves, and seals the audit entries among the changes in the same transaction; the head outside the database follows the commit.
    /// </summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var entries = ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).ToList();
        if (entries.Count == 0)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        if (seal is null || Database.CurrentTransaction is not null)
        {
            throw new InvalidOperationException("Audit entries need the trail's key and a transaction of their own: open none around the save.");
        }

        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var last = await seal.SealAsync(this, entries, cancellationToken);
        var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        seal.Committed(last);
        return written;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        ChangeTracker.Entries<AuditEntry>().Any(entry => entry.State == EntityState.Added)
            ? SaveChangesAsync(acceptAllChangesOnSuccess).GetAwaiter().GetResult()
            : base.SaveChanges(acceptAllChangesOnSuccess);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CampaignDbContext).Assembly);
        builder.Entity<CampaignUser>().Property(user => user.DisplayName).HasMaxLength(200);
        builder.Entity<IdentityRole>().HasData(Platform.Roles.All.Select(role => new IdentityRole(role)
        {
            Id = role,
            NormalizedName = role.ToUpperInvariant(),
            ConcurrencyStamp = role,
        }));
        foreach (var key in builder.Model.GetEntityTypes().SelectMany(type => type.FindPrimaryKey()?.Properties ?? []))
        {
            if (key.ClrType == typeof(Guid))
            {
                key.ValueGenerated = ValueGenerated.Never;
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcMicroseconds>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    internal static DateTime ToMicroseconds(DateTime time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>PostgreSQL keeps microseconds, the others more: cut everywhere, so that what is read is what was written.</summary>
    private sealed class UtcMicroseconds() : ValueConverter<DateTime, DateTime>(
        written => ToMicroseconds(written),
        read => DateTime.SpecifyKind(read, DateTimeKind.Utc));
}
