using System.Security.Cryptography;
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

public sealed class DatasetIntakeTests(IntakeFixture intake) : IClassFixture<IntakeFixture>
{
    [SharedDataTheory]
    [InlineData("etb_sample.csv", null, null, "C_ID", "C_seg", "AFFLUENT", 66_083, 47_857, 28)]
    [InlineData("adult.csv", null, null, "customer_id", "segment", "affluent", 48_842, 48_842, 14)]
    [InlineData("loan_income.csv", null, null, "customer_id", "segment", "affluent", 10_000, 10_000, 6)]
    [InlineData("loan_default.csv", "default", "1", "customer_id", "default", "1", 10_000, 10_000, 6)]
    public async Task The_sample_files_are_read_without_more_than_the_label(
        string name, string? label, string? positive, string id, string foundLabel, string affluent, int rowCount, int customerCount, int featureCount)
    {
        await using var db = intake.Database.Open();

        var outcome = await intake.Intake(db).ReceiveAsync(
            SharedData.PathOf($"data/{name}"), new IntakeOptions(new RoleRequest(Label: label, Positive: positive), Confirm: true), Actor.CommandLine);

        Assert.Equal((id, foundLabel, affluent), (outcome.Roles.Id, outcome.Roles.Label, outcome.Roles.AffluentValue));
        Assert.Equal((rowCount, featureCount), (outcome.Dataset.RowCount, outcome.Roles.Features.Count));
        Assert.Empty(outcome.Remarks);
        Assert.InRange(intake.Customers(outcome).CustomerCount, customerCount * 0.999, customerCount * 1.02);
    }

    [Fact]
    public async Task Bytes_row_and_entry_are_kept_together()
    {
        var bytes = Encoding.UTF8.GetBytes(IntakeFixture.Customers(rowCount: 90));

        var outcome = await intake.ReceiveAsync(bytes, "march.csv", confirm: false);

        await using var db = intake.Database.Open();
        var dataset = await db.Set<Dataset>().SingleAsync(one => one.Id == outcome.Dataset.Id);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), dataset.Fingerprint);
        Assert.Equal((bytes.Length, 90, false), (dataset.ByteCount, dataset.RowCount, dataset.ColumnsConfirmed));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(intake.Files.DatasetFolder(dataset.Id), "source.csv")));
        var entry = await db.AuditEntries.SingleAsync(one => one.Subject == $"dataset:{dataset.Id}");
        Assert.Equal((AuditActions.DatasetUploaded, "Aina"), (entry.Action, entry.ActorName));
        intake.AssertNothingStaged();
    }

    [Fact]
    public async Task The_same_bytes_again_are_a_dataset_of_their_own_that_names_the_earlier_one()
    {
        var text = IntakeFixture.Customers(rowCount: 70);

        var first = await intake.ReceiveAsync(text);
        intake.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await intake.ReceiveAsync(text);

        Assert.Null(first.EarlierTwin);
        Assert.Equal(first.Dataset.Id, second.EarlierTwin!.Id);
        Assert.NotEqual(first.Dataset.Id, second.Dataset.Id);
        Assert.True(Directory.Exists(intake.Files.DatasetFolder(first.Dataset.Id)));
    }

    [Fact]
    public async Task Two_uploads_of_the_same_name_at_once_do_not_touch_each_other()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(80, 4).Select(rowCount => Task.Run(() => intake.ReceiveAsync(IntakeFixture.Customers(rowCount: rowCount)))));

        Assert.Equal([80, 81, 82, 83], outcomes.Select(outcome => outcome.Dataset.RowCount));
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Dataset.RowCount, intake.Customers(outcome).RowCount));
    }

    [Fact]
    public async Task When_the_database_refuses_the_row_no_bytes_remain_but_the_twins_do()
    {
        var text = IntakeFixture.Customers(rowCount: 75);
        var twin = await intake.ReceiveAsync(text);
        var before = Directory.GetDirectories(Path.Combine(intake.Files.Root, "datasets")).Length;
        await using var db = intake.Database.Open();
        db.SavingChanges += (_, _) => throw new DbUpdateException("refused");

        await Assert.ThrowsAsync<DbUpdateException>(() => intake.Intake(db).ReceiveAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), "customers.csv", IntakeOptions.Default, IntakeFixture.Actor));

        Assert.Equal(before, Directory.GetDirectories(Path.Combine(intake.Files.Root, "datasets")).Length);
        Assert.True(File.Exists(Path.Combine(intake.Files.DatasetFolder(twin.Dataset.Id), "source.csv")));
        intake.AssertNothingStaged();
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_nothing()
    {
        await using var db = intake.Database.Open();
        var datasetCount = await db.Set<Dataset>().CountAsync();

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => intake.Intake(db).ReceiveAsync(new BrokenStream(), "customers.csv", IntakeOptions.Default, IntakeFixture.Actor));

        Assert.StartsWith("The file did not arrive whole", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(datasetCount, await db.Set<Dataset>().CountAsync());
        intake.AssertNothingStaged();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public BrokenStream()
            : base(Encoding.UTF8.GetBytes(IntakeFixture.Customers()))
        {
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < 300 ? base.ReadAsync(buffer[..Math.Min(100, buffer.Length)], cancellationToken) : throw new IOException("connection reset");
    }
}
