using Campaign.Modules.Datasets.Quality;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Datasets.Quality;

/// <summary>The known quirks of a file in the layout of a real bank's.</summary>
public sealed class EtbFileChecksTests(IntakeFixture intake) : IClassFixture<IntakeFixture>
{
    [SharedDataFact]
    public async Task The_known_quirks_of_a_bank_file_are_found_and_nothing_blocks()
    {
        var outcome = await intake.ReceiveAsync(await File.ReadAllBytesAsync(SharedData.PathOf("data/etb_sample.csv")), "etb.csv");
        using var table = intake.Columns(outcome);

        var report = QualityChecks.Run(new(table, outcome.Roles, [], CheckedSample.ProfileOf(table, outcome.Roles.Id), null, CheckedSample.Today));

        Assert.False(report.IsBlocked);
        QualityFinding One(string check, string? column) => Assert.Single(report.Findings, finding => finding.Check == check && finding.Column == column);
        // Counted on the file itself with sort, uniq and awk.
        Assert.Equal((69, 66_083), (One("value-age", "C_AGE").Count, One("value-age", "C_AGE").OutOf));
        Assert.Equal((14_268, 48_463), (One("ids-repeated", "C_ID").Count, One("ids-repeated", "C_ID").OutOf));
        Assert.Equal(14_131, One("ids-contradicting", "C_ID").Count);
        Assert.Equal(2_427, One("column-one-or-blank", "HL_tag").Count);
        Assert.Equal(Severity.Note, One("column-one-or-blank", "AL_tag").Severity);
        Assert.Equal((25_953, 39_675), (One("value-maximum", "MAXCASA").Count, One("value-maximum", "MAXCASA").OutOf));
        Assert.Equal(Severity.Warning, One("missing-share", null).Severity);
        Assert.DoesNotContain(report.Findings, finding => finding.Check is "class-lopsided" or "class-affluents" or "ids-rounded" or "rows-repeated");
    }
}
