using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
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
    /// <summary>Ids of people, roles and their tokens: so short that SQL Server can index three of them together.</summary>
    private const int TextIdLength = 128;

    private static readonly SealOnCommit CommitListener = new();

    public DbSet<JobRecord> Jobs => Set<JobRecord>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    /// <summary>
    /// Saves, and seals the audit entries among the changes in the same transaction: the one that is open, or one of its own. A failure
    /// rolls that transaction back. The head outside the database follows when it commits.
    /// </summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var entries = ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity).ToList();
        if (entries.Count == 0)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        var trail = seal ?? throw new InvalidOperationException("This context was opened without the audit trail's key.");
        var around = Database.CurrentTransaction;
        await using var own = around is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        try
        {
            await trail.SealAsync(this, entries, cancellationToken);
            var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            if (own is not null)
            {
                await own.CommitAsync(cancellationToken);
            }

            return written;
        }
        catch when (around is not null)
        {
            // The head row has moved on without its entries: nothing of that transaction may be committed any more.
            await around.RollbackAsync(CancellationToken.None);
            throw;
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        ChangeTracker.Entries<AuditEntry>().Any(entry => entry.State == EntityState.Added)
            ? SaveChangesAsync(acceptAllChangesOnSuccess).GetAwaiter().GetResult()
            : base.SaveChanges(acceptAllChangesOnSuccess);

    /// <summary>The last entry sealed here and the transaction that it waits for.</summary>
    internal (Guid TransactionId, AuditPosition Position)? Sealed { get; set; }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.AddInterceptors(CommitListener);

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
        foreach (var key in builder.Model.GetEntityTypes().SelectMany(type => type.GetKeys().SelectMany(key => key.Properties)).Distinct())
        {
            if (key.ClrType == typeof(Guid))
            {
                key.ValueGenerated = ValueGenerated.Never;
            }
        }

        foreach (var linked in builder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => property.IsKey() || property.IsForeignKey()))
        {
            if (linked.ClrType == typeof(string) && linked.GetMaxLength() is null)
            {
                linked.SetMaxLength(TextIdLength);
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcMicroseconds>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    private void Committed(Guid transactionId)
    {
        if (Sealed is { } last && last.TransactionId == transactionId)
        {
            Sealed = null;
            seal!.Committed(last.Position);
        }
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

    private sealed class SealOnCommit : DbTransactionInterceptor
    {
        public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
            (eventData.Context as CampaignDbContext)?.Committed(eventData.TransactionId);

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            TransactionCommitted(transaction, eventData);
            return Task.CompletedTask;
        }
    }
}
