using System.Text;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Campaign.Tests.Datasets;

/// <summary>An intake over an empty database and data folder, for the tests of one class.</summary>
public sealed class IntakeFixture : IAsyncLifetime
{
    public static readonly Actor Actor = new("u1", "Aina");

    public TestDatabase Database { get; private set; } = null!;

    public FileStore Files => Database.Files;

    public SettableClock Clock { get; } = new();

    public async Task InitializeAsync() => Database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await Database.DisposeAsync();

    public Task<IntakeOutcome> ReceiveAsync(string text, RoleRequest? roles = null, bool skipBadRows = false, bool confirm = true) =>
        ReceiveAsync(Encoding.UTF8.GetBytes(text), "customers.csv", roles, skipBadRows, confirm);

    public async Task<IntakeOutcome> ReceiveAsync(byte[] bytes, string fileName, RoleRequest? roles = null, bool skipBadRows = false, bool confirm = true)
    {
        await using var db = Database.Open();
        return await Intake(db).ReceiveAsync(new MemoryStream(bytes), fileName, new IntakeOptions(roles ?? RoleRequest.Guess, skipBadRows, confirm), Actor);
    }

    public DatasetIntake Intake(CampaignDbContext db) => new(db, new DatasetCatalog(db, Files), Files, new AuditTrail(Clock), Clock);

    /// <summary>The sentence of the refusal, after making sure that nothing of the file was kept but an entry in the trail without the file's values.</summary>
    public Task<string> RefusalAsync(string text, RoleRequest? roles = null, bool skipBadRows = false) => RefusalAsync(Encoding.UTF8.GetBytes(text), "customers.csv", roles, skipBadRows);

    public async Task<string> RefusalAsync(byte[] bytes, string fileName, RoleRequest? roles = null, bool skipBadRows = false)
    {
        await using var db = Database.Open();
        var datasetCount = await db.Set<Dataset>().CountAsync();
        var entryCount = await db.AuditEntries.CountAsync();

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => ReceiveAsync(bytes, fileName, roles, skipBadRows));

        Assert.Equal(2, refusal.ExitCode);
        Assert.Equal(datasetCount, await db.Set<Dataset>().CountAsync());
        Assert.Equal(entryCount + 1, await db.AuditEntries.CountAsync());
        var entry = await db.AuditEntries.OrderByDescending(one => one.Sequence).FirstAsync();
        Assert.Equal(AuditActions.DatasetRefused, entry.Action);
        Assert.DoesNotContain("customers", entry.DetailsJson, StringComparison.Ordinal);
        AssertNothingStaged();
        return refusal.Message;
    }

    public void AssertNothingStaged() => Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Files.Root, "staging")));

    public ColumnTable Columns(IntakeOutcome outcome) => ColumnTable.Open(Path.Combine(Files.DatasetFolder(outcome.Dataset.Id), "columns"));

    public RecordedCustomers Customers(IntakeOutcome outcome)
    {
        using var table = Columns(outcome);
        return DatasetCatalog.ReadCustomers(table, outcome.Roles);
    }

    /// <summary>A file of 60 invented customers: <c>customer_id,age,balance,product,segment</c>; every third is affluent.</summary>
    public static string Customers(Func<int, string, string>? change = null, int rowCount = 60, char delimiter = ',')
    {
        var text = new StringBuilder("customer_id,age,balance,product,segment\n".Replace(',', delimiter));
        for (var row = 1; row <= rowCount; row++)
        {
            var line = $"C{row:0000},{20 + (row * 7 % 50)},{row * 13 % 97}.5,{(row % 2 == 0 ? "card" : "loan")},{(row % 3 == 0 ? "affluent" : "normal")}".Replace(',', delimiter);
            text.Append(change is null ? line : change(row, line)).Append('\n');
        }

        return text.ToString();
    }
}
