using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Xunit;

namespace Campaign.Tests.Datasets;

/// <summary>What a person says about a dataset's columns.</summary>
public sealed class DatasetColumnsTests
{
    [Fact]
    public async Task Confirming_makes_a_number_the_id_and_another_column_the_class_from_the_kept_bytes()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await ReceivedAsync(
            intake, IntakeFixture.Customers((row, line) => $"{line},{(row % 4 == 0 ? 1 : 0)},000{row}").Replace("segment\n", "segment,rich,account\n", StringComparison.Ordinal));

        await intake.ConfirmAsync(id, new RoleRequest("account", "rich", "1", Sensitive: ["age"]));

        var dataset = (await intake.DatasetAsync(id))!;
        var roles = dataset.ReadRoles();
        Assert.True(dataset.ColumnsConfirmed);
        Assert.Equal(("account", "rich", "1"), (roles.Id, roles.Label, roles.AffluentValue));
        Assert.Equal(["balance", "product", "segment"], roles.Features);
        Assert.Contains(new LeftOutColumn("age", LeftOutReason.ByUser), roles.LeftOut);
        using var table = Columns(intake, id);
        var customers = DatasetCatalog.ReadCustomers(table, roles);
        Assert.Equal("0001", customers.CustomerIds[0]);
        Assert.Equal(15, customers.AffluentRowCount);
        Assert.Contains("columns confirmed", await intake.ActionsAsync(id));
    }

    [Fact]
    public async Task A_confirmed_dataset_gets_its_profile_and_quality_report_and_new_ones_when_it_changes()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await ReceivedAsync(intake, IntakeFixture.Customers());
        await intake.ConfirmAsync(id, RoleRequest.Guess);
        Assert.Equal(1, (await intake.DatasetAsync(id))!.ProfiledVersion);

        await intake.ConfirmAsync(id, new RoleRequest(Exclude: ["age"]));

        Assert.Equal(2, (await intake.DatasetAsync(id))!.ProfiledVersion);
        Assert.True(File.Exists(Path.Combine(intake.Folder(id), "profile-2.json")));
        Assert.True(File.Exists(Path.Combine(intake.Folder(id), "quality-2.json")));
    }

    [Fact]
    public async Task Confirming_what_another_person_has_changed_is_refused()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await ReceivedAsync(intake, IntakeFixture.Customers());
        await intake.ConfirmAsync(id, RoleRequest.Guess);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => intake.ConfirmAsync(id, new RoleRequest(Exclude: ["age"]), version: 0));

        Assert.StartsWith("Someone else changed", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("age", "Column 'age' has 50 different values.")]
    [InlineData("customer_id", "can't be both")]
    [InlineData("none", "There is no column 'none'")]
    public async Task A_class_that_a_column_cannot_be_is_refused_and_the_columns_stay(string label, string sentence)
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await ReceivedAsync(intake, IntakeFixture.Customers());

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => intake.ConfirmAsync(id, new RoleRequest(Label: label)));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        using var table = Columns(intake, id);
        Assert.Equal(ColumnKind.Number, table.Columns[1].Kind);
        Assert.Equal(20, DatasetCatalog.ReadCustomers(table, (await intake.DatasetAsync(id))!.ReadRoles()).AffluentRowCount);
        Assert.False(File.Exists(Path.Combine(intake.Folder(id), "columns-of-version.json")));
    }

    [Fact]
    public async Task A_change_that_was_cut_off_before_it_was_saved_is_undone_at_the_next_start()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await ReceivedAsync(intake, IntakeFixture.Customers());
        var dataset = (await intake.DatasetAsync(id))!;
        string[] paths = [Path.Combine(intake.Folder(id), "columns-of-version.json"), Path.Combine(intake.Folder(id), "columns", "table.json")];

        // As a kill leaves it: the note and the changed table, and nobody who holds the claim.
        byte[][] left;
        using (ColumnChange.Begin(dataset, intake.Folder(id), new RoleRequest(Id: "age"), CancellationToken.None))
        {
            left = [.. paths.Select(File.ReadAllBytes)];
        }

        foreach (var (path, bytes) in paths.Zip(left))
        {
            await File.WriteAllBytesAsync(path, bytes);
        }

        using (var changed = Columns(intake, id))
        {
            Assert.Equal(ColumnKind.Text, changed.Columns[1].Kind);
        }

        await intake.MendAsync();

        using var table = Columns(intake, id);
        Assert.Equal(ColumnKind.Number, table.Columns[1].Kind);
        Assert.False(File.Exists(paths[0]));
    }

    [Fact]
    public async Task A_change_under_way_is_left_alone_by_another_process_that_starts_and_by_another_person()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await ReceivedAsync(intake, IntakeFixture.Customers());
        var dataset = (await intake.DatasetAsync(id))!;
        using var change = ColumnChange.Begin(dataset, intake.Folder(id), new RoleRequest(Id: "age"), CancellationToken.None);

        await intake.MendAsync();

        using (var table = Columns(intake, id))
        {
            Assert.Equal(ColumnKind.Text, table.Columns[1].Kind);
        }

        var refusal = Assert.Throws<RefusedException>(() => ColumnChange.Begin(dataset, intake.Folder(id), new RoleRequest(Id: "balance"), CancellationToken.None));
        Assert.StartsWith("This file's columns are being changed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_class_nobody_recognises_is_kept_for_a_person_to_say()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await ReceivedAsync(
            intake, IntakeFixture.Customers().Replace("segment", "remark", StringComparison.Ordinal).Replace("affluent", "blue", StringComparison.Ordinal));
        var guessed = (await intake.DatasetAsync(id))!.ReadRoles();

        await intake.ConfirmAsync(id, new RoleRequest(Label: "remark", Positive: "blue"));

        Assert.Equal(("", ""), (guessed.Label, guessed.AffluentValue));
        using var table = Columns(intake, id);
        Assert.Equal(20, DatasetCatalog.ReadCustomers(table, (await intake.DatasetAsync(id))!.ReadRoles()).AffluentRowCount);
    }

    [Fact]
    public async Task A_type_that_a_person_says_holds_and_is_kept()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await ReceivedAsync(intake, IntakeFixture.Customers());

        await intake.ConfirmAsync(id, new RoleRequest(Types: new Dictionary<string, ColumnType> { ["age"] = new(ColumnKind.Category) }));
        await intake.ConfirmAsync(id, new RoleRequest(Exclude: ["balance"]));

        using var table = Columns(intake, id);
        Assert.Equal(ColumnKind.Category, table.Columns[table.IndexOf("age")].Kind);
        Assert.Equal(ColumnKind.Category, (await intake.DatasetAsync(id))!.ReadRoles().Types["age"].Kind);
    }

    [Fact]
    public async Task The_preview_shows_twenty_rows_as_texts()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await ReceivedAsync(intake, IntakeFixture.Customers((row, line) => row == 2 ? line.Replace("card", "", StringComparison.Ordinal) : line));

        var preview = await intake.PreviewAsync(id);

        Assert.Equal(20, preview.Rows.Count);
        Assert.Equal(["C0001", "27", "13.5", "loan", "normal"], preview.Rows[0]);
        Assert.Null(preview.Rows[1][3]);
    }

    private static async Task<Guid> ReceivedAsync(ArrivingFiles intake, string text)
    {
        var id = await intake.ArriveAsync(text);
        await intake.CheckAsync(id);
        return id;
    }

    private static ColumnTable Columns(ArrivingFiles intake, Guid id) => ColumnTable.Open(Path.Combine(intake.Folder(id), "columns"));
}
