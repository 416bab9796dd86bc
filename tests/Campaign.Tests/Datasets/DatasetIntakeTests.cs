using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Datasets;

public sealed class DatasetIntakeTests
{
    [SharedDataTheory]
    [InlineData("etb_sample.csv", null, null, "C_ID", "C_seg", "AFFLUENT", 66_083)]
    [InlineData("adult.csv", null, null, "customer_id", "segment", "affluent", 48_842)]
    [InlineData("loan_income.csv", null, null, "customer_id", "segment", "affluent", 10_000)]
    [InlineData("loan_default.csv", "default", "1", "customer_id", "default", "1", 10_000)]
    public async Task The_sample_files_are_read_without_options(string name, string? label, string? positive, string id, string foundLabel, string affluent, int rowCount)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var intake = new DatasetIntake(db, database.Files, new AuditTrail(TimeProvider.System), TimeProvider.System);

        var outcome = await intake.ReceiveAsync(
            SharedData.PathOf($"data/{name}"), new IntakeOptions(new RoleRequest(Label: label, Positive: positive), Confirm: true), Actor.CommandLine);

        Assert.Equal((id, foundLabel, affluent), (outcome.Roles.Id, outcome.Roles.Label, outcome.Roles.AffluentValue));
        Assert.Equal(rowCount, outcome.Dataset.RowCount);
        using var table = new DatasetCatalog(db, database.Files).OpenColumns(outcome.Dataset.Id);
        Console.WriteLine($"{outcome.Roles} F={string.Join(",", outcome.Roles.Features)} S={string.Join(",", outcome.Roles.Sensitive)} L={string.Join(",", outcome.Roles.LeftOut)} K={string.Join(",", outcome.Roles.Leaking)} R={string.Join("|", outcome.Remarks)}");
        Console.WriteLine(string.Join(", ", table.Columns.Select(c => $"{c.Name}:{c.Kind}:{c.MissingCount}:{c.Categories.Count}")));
    }
}
