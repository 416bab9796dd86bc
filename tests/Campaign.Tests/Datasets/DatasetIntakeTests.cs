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

        await Assert.ThrowsAsync<IOException>(() => intake.Intake(db).ReceiveAsync(new BrokenStream(), "customers.csv", IntakeOptions.Default, IntakeFixture.Actor));

        Assert.Equal(datasetCount, await db.Set<Dataset>().CountAsync());
        intake.AssertNothingStaged();
    }

    [Fact]
    public async Task Confirming_makes_a_number_the_id_and_another_column_the_class_from_the_kept_bytes()
    {
        var received = await intake.ReceiveAsync(
            IntakeFixture.Customers((row, line) => $"{line},{(row % 4 == 0 ? 1 : 0)},000{row}").Replace("segment\n", "segment,rich,account\n", StringComparison.Ordinal), confirm: false);
        await using var db = intake.Database.Open();

        var summary = await intake.Intake(db).ConfirmColumnsAsync(
            received.Dataset.Id, new RoleRequest("account", "rich", "1", Sensitive: ["age"]), received.Dataset.Version, IntakeFixture.Actor);

        Assert.True(summary.ColumnsConfirmed);
        Assert.Equal(("account", "rich", "1"), (summary.Roles.Id, summary.Roles.Label, summary.Roles.AffluentValue));
        Assert.Equal(["balance", "product", "segment"], summary.Roles.Features);
        Assert.Contains(new LeftOutColumn("age", LeftOutReason.ByUser), summary.Roles.LeftOut);
        using var table = intake.Columns(received);
        var customers = DatasetCatalog.ReadCustomers(table, summary.Roles);
        Assert.Equal("0001", customers.CustomerIds[0]);
        Assert.Equal(15, customers.AffluentRowCount);
        Assert.Contains(await db.AuditEntries.Select(entry => entry.Action).ToListAsync(), action => action == AuditActions.ColumnsConfirmed);
    }

    [Fact]
    public async Task Confirming_what_another_person_has_changed_is_refused()
    {
        var received = await intake.ReceiveAsync(IntakeFixture.Customers(), confirm: false);
        await using var db = intake.Database.Open();
        await intake.Intake(db).ConfirmColumnsAsync(received.Dataset.Id, RoleRequest.Guess, 0, IntakeFixture.Actor);

        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => intake.Intake(db).ConfirmColumnsAsync(received.Dataset.Id, new RoleRequest(Exclude: ["age"]), 0, IntakeFixture.Actor));

        Assert.StartsWith("Someone else changed", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("age", "Column 'age' has 50 different values.")]
    [InlineData("customer_id", "can't be both")]
    [InlineData("none", "There is no column 'none'")]
    public async Task A_class_that_a_column_cannot_be_is_refused_and_the_columns_stay(string label, string sentence)
    {
        var received = await intake.ReceiveAsync(IntakeFixture.Customers(), confirm: false);
        await using var db = intake.Database.Open();

        var refusal = await Assert.ThrowsAsync<RefusedException>(
            () => intake.Intake(db).ConfirmColumnsAsync(received.Dataset.Id, new RoleRequest(Label: label), 0, IntakeFixture.Actor));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        using var table = intake.Columns(received);
        Assert.Equal(ColumnKind.Number, table.Columns[1].Kind);
        Assert.Equal(20, DatasetCatalog.ReadCustomers(table, received.Roles).AffluentRowCount);
    }

    [Fact]
    public async Task A_file_whose_class_nobody_recognises_is_kept_for_a_person_to_say()
    {
        var received = await intake.ReceiveAsync(
            IntakeFixture.Customers().Replace("segment", "remark", StringComparison.Ordinal).Replace("affluent", "blue", StringComparison.Ordinal), confirm: false);
        await using var db = intake.Database.Open();

        var summary = await intake.Intake(db).ConfirmColumnsAsync(received.Dataset.Id, new RoleRequest(Label: "remark", Positive: "blue"), 0, IntakeFixture.Actor);

        Assert.Equal(("", ""), (received.Roles.Label, received.Roles.AffluentValue));
        Assert.Equal(20, DatasetCatalog.ReadCustomers(intake.Columns(received), summary.Roles).AffluentRowCount);
    }

    [Fact]
    public async Task The_preview_shows_twenty_rows_as_texts()
    {
        var received = await intake.ReceiveAsync(IntakeFixture.Customers((row, line) => row == 2 ? line.Replace("card", "", StringComparison.Ordinal) : line));
        await using var db = intake.Database.Open();

        var preview = intake.Intake(db).Preview(received.Dataset.Id);

        Assert.Equal(20, preview.Rows.Count);
        Assert.Equal(["C0001", "27", "13.5", "loan", "normal"], preview.Rows[0]);
        Assert.Null(preview.Rows[1][3]);
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
