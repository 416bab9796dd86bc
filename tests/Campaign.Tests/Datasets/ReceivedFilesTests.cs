using System.Text;
using Campaign.Learning;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Datasets;

/// <summary>A file's way from the upload page to a dataset: it arrives, is checked by a job, and becomes a dataset whole or not at all.</summary>
public sealed class ReceivedFilesTests
{
    private static readonly Actor Aina = new("u1", "Aina");

    [DatabaseTheory]
    public async Task A_good_file_becomes_a_dataset_under_the_same_id(DatabaseProvider provider)
    {
        await using var intake = await ArrivingFiles.StartAsync(provider);
        var id = await intake.ArriveAsync(IntakeFixture.Customers());

        Assert.Equal(ReceivedState.Arrived, await intake.StateAsync(id));
        await intake.CheckAsync(id);

        Assert.Null(await intake.StateAsync(id));
        var dataset = await intake.DatasetAsync(id);
        Assert.Equal((60, false, 0), (dataset!.RowCount, dataset.ColumnsConfirmed, dataset.RejectedRowCount));
        Assert.Equal(["file received", "dataset uploaded"], await intake.ActionsAsync(id));
    }

    [Fact]
    public async Task Rows_that_cannot_be_used_wait_for_a_decision_and_nothing_is_a_dataset_before_it()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await intake.ArriveAsync(WithBadRows());
        await intake.CheckAsync(id);

        Assert.Equal(ReceivedState.BadRows, await intake.StateAsync(id));
        Assert.Null(await intake.DatasetAsync(id));
        Assert.Equal([4, 10], RejectedRow.Load(intake.Folder(id)).Select(row => row.Line));

        await intake.DoAsync((files, file) => files.AcceptAsync(id, file.Version, Aina), id);

        var dataset = await intake.DatasetAsync(id);
        Assert.Equal((58, 2), (dataset!.RowCount, dataset.RejectedRowCount));
        Assert.Null(await intake.StateAsync(id));
    }

    [Fact]
    public async Task A_discarded_file_leaves_nothing_but_its_entry_in_the_trail()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await intake.ArriveAsync(WithBadRows());
        await intake.CheckAsync(id);

        await intake.DoAsync((files, file) => files.DiscardAsync(id, file.Version, Aina), id);

        Assert.Null(await intake.StateAsync(id));
        Assert.False(Directory.Exists(intake.Folder(id)));
        Assert.Contains("file discarded", await intake.ActionsAsync(id));
    }

    [Fact]
    public async Task A_refused_check_says_why_and_the_file_can_be_read_another_way()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await intake.ArriveAsync("Bank of somewhere,,,,\n" + IntakeFixture.Customers().Replace("affluent", "normal", StringComparison.Ordinal));
        await intake.CheckAsync(id);

        Assert.Equal(ReceivedState.NotTaken, await intake.StateAsync(id));
        Assert.Contains("every row has the same recorded class", (await intake.FindAsync(id))!.Job!.Reason, StringComparison.Ordinal);

        await intake.CheckAsync(id, new ReadingChoices(HeaderLine: 2));
        Assert.Equal(ReceivedState.NotTaken, await intake.StateAsync(id));
        Assert.Null(await intake.DatasetAsync(id));
    }

    [Fact]
    public async Task A_file_that_is_no_table_does_not_arrive()
    {
        await using var intake = await ArrivingFiles.StartAsync();

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => intake.ArriveAsync("%PDF-1.7"));

        Assert.Contains("PDF", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(intake.Folders());
    }

    [Fact]
    public async Task Two_people_cannot_decide_about_the_same_file()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await intake.ArriveAsync(WithBadRows());
        await intake.CheckAsync(id);
        var seen = (await intake.FindAsync(id))!.File;
        await intake.DoAsync((files, _) => files.AcceptAsync(id, seen.Version, Aina), id);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => intake.DoAsync((files, _) => files.DiscardAsync(id, seen.Version, Aina), id));

        Assert.StartsWith("This file was decided about", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(await intake.DatasetAsync(id));
    }

    [Fact]
    public async Task A_check_that_was_stopped_leaves_the_file_to_be_read_again()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await intake.ArriveAsync(IntakeFixture.Customers());
        await intake.DoAsync((files, file) => files.CheckAsync(id, file.ReadChoices(), file.Version, Aina), id);
        Assert.Equal(ReceivedState.Checking, await intake.StateAsync(id));

        await intake.InScopeAsync(async services => await services.GetRequiredService<JobQueue>().RequestCancelAsync(
            services.GetRequiredService<CampaignDbContext>(), (await intake.FindAsync(id))!.Job!.Id, Aina));

        Assert.Equal(ReceivedState.NotTaken, await intake.StateAsync(id));
        Assert.Null(await intake.DatasetAsync(id));
        await intake.CheckAsync(id);
        Assert.Equal(60, (await intake.DatasetAsync(id))!.RowCount);
    }

    [Fact]
    public async Task A_check_that_was_cut_off_begins_anew()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await intake.ArriveAsync(IntakeFixture.Customers());
        Directory.CreateDirectory(Path.Combine(intake.Folder(id), "columns"));
        await File.WriteAllTextAsync(Path.Combine(intake.Folder(id), "columns", "0-0.cells"), "left over");
        await File.WriteAllTextAsync(Path.Combine(intake.Folder(id), "checked.json"), "{");

        await intake.CheckAsync(id);

        Assert.Equal(60, (await intake.DatasetAsync(id))!.RowCount);
    }

    [Fact]
    public async Task Columns_are_set_as_confirmed_before_for_the_next_file_with_the_same_ones_in_any_order()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var first = await intake.ArriveAsync(IntakeFixture.Customers());
        await intake.CheckAsync(first);
        await intake.ConfirmAsync(first, new RoleRequest(Exclude: ["age"], Types: new Dictionary<string, ColumnType> { ["balance"] = new(Campaign.Learning.Columns.ColumnKind.Category) }));

        var next = await intake.ArriveAsync(string.Join('\n', IntakeFixture.Customers(rowCount: 61).Split('\n').Select(line => string.Join(',', line.Split(',').Reverse()))));
        await intake.CheckAsync(next);

        var dataset = await intake.DatasetAsync(next);
        Assert.Contains(new LeftOutColumn("age", LeftOutReason.ByUser), dataset!.ReadRoles().LeftOut);
        Assert.Equal(Campaign.Learning.Columns.ColumnKind.Category, dataset.ReadRoles().Types["balance"].Kind);
        Assert.Contains(dataset.ReadDialect().Remarks, remark => remark.StartsWith("The columns are set as in customers.csv", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_nobody_decides_about_is_forgotten_after_two_weeks()
    {
        await using var intake = await ArrivingFiles.StartAsync();
        var id = await intake.ArriveAsync(IntakeFixture.Customers());

        intake.Clock.Advance(ReceivedFiles.KeptFor + TimeSpan.FromHours(2));
        await intake.SweepAsync();

        Assert.Null(await intake.StateAsync(id));
        Assert.False(Directory.Exists(intake.Folder(id)));
    }

    private static string WithBadRows() => IntakeFixture.Customers((row, line) => row switch
    {
        3 => "C0003,1",
        9 => line.Replace("C0009", "", StringComparison.Ordinal),
        _ => line,
    });
}
