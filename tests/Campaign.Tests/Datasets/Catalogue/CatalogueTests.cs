using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Profiles;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Datasets.Catalogue;

/// <summary>Every family of odd files takes the end that it must take, and leaves nothing half saved.</summary>
public sealed class CatalogueTests(CatalogueTests.Intake shared) : IClassFixture<CatalogueTests.Intake>
{
    private static readonly Dictionary<string, BadFile> Files =
        TextFamilies.Files.Concat(ValueFamilies.Files).Concat(PeopleFamilies.Files).Concat(WorkbookFamilies.Files).Concat(HostileFamilies.Files)
            .ToDictionary(file => file.ToString());

    private readonly ArrivingFiles _intake = shared.Files;

    public static TheoryData<string> Names => [.. Files.Keys];

    [Fact]
    public void The_catalogue_holds_a_hundred_files_or_more() => Assert.InRange(Files.Count, 100, 1000);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_takes_its_end(string name)
    {
        var file = Files[name];
        var (end, says, id) = await TakeAsync(file);

        Assert.Equal(file.Expected, end);
        if (end == Expected.Accepted)
        {
            await CheckAcceptedAsync(file, id!.Value);
        }
        else
        {
            Assert.Contains(file.Says, says, StringComparison.Ordinal);
            Assert.EndsWith(".", says, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", says, StringComparison.Ordinal);
        }

        await AssertNothingHalfSavedAsync();
    }

    private async Task<(Expected End, string Says, Guid? Id)> TakeAsync(BadFile file)
    {
        Guid id;
        try
        {
            id = await _intake.ArriveAsync(file.Bytes(), file.FileName);
        }
        catch (RefusedException refused)
        {
            return (Expected.Refused, refused.Message, null);
        }

        try
        {
            var undecided = await _intake.InScopeAsync(async services =>
            {
                var files = services.GetRequiredService<ReceivedFiles>();
                return files.Examine((await files.FindAsync(id))!.File, ReadingChoices.Find).UndecidedDates;
            });
            if (undecided.Count > 0)
            {
                await DiscardAsync(id);
                return (Expected.Asked, $"The dates of {undecided[0]} could be day or month first.", null);
            }
        }
        catch (RefusedException refused)
        {
            await DiscardAsync(id);
            return (Expected.Refused, refused.Message, null);
        }

        await _intake.CheckAsync(id);
        if (await _intake.FindAsync(id) is not { } waiting)
        {
            return (Expected.Accepted, "", id);
        }

        Assert.Null(await _intake.DatasetAsync(id));
        var says = waiting.State == ReceivedState.BadRows ? RejectedRow.Load(_intake.Folder(id), 1)[0].ToRefusal().Message : waiting.Job!.Reason!;
        await DiscardAsync(id);
        return (waiting.State == ReceivedState.BadRows ? Expected.Asked : Expected.Refused, says, null);
    }

    private async Task CheckAcceptedAsync(BadFile file, Guid id)
    {
        var guessed = (await _intake.DatasetAsync(id))!;
        if (guessed.ReadRoles().AffluentValue.Length > 0)
        {
            await _intake.ConfirmAsync(id, RoleRequest.Guess);
        }

        using var table = ColumnTable.Open(Path.Combine(_intake.Folder(id), "columns"));
        var quality = await _intake.InScopeAsync(services => services.GetRequiredService<DatasetProfiles>().LoadQualityAsync(id));
        var taken = new TakenFile((await _intake.DatasetAsync(id))!, table, quality ?? new([], []));
        file.Check?.Invoke(taken);
        if (file.Says.Length > 0)
        {
            Assert.Contains(taken.Remarks.Concat(taken.Quality.Findings.Select(finding => finding.Sentence)), sentence => sentence.Contains(file.Says, StringComparison.Ordinal));
        }
    }

    private Task DiscardAsync(Guid id) => _intake.DoAsync((files, received) => files.DiscardAsync(id, received.Version, Actor.CommandLine), id);

    private async Task AssertNothingHalfSavedAsync()
    {
        var known = await _intake.InDatabaseAsync(db => db.Set<Dataset>().Select(dataset => dataset.Id).ToListAsync());
        Assert.Equal(known.Select(_intake.Folder).Order(), _intake.Folders().Order());
        Assert.Empty(await _intake.InDatabaseAsync(db => db.Set<ReceivedFile>().ToListAsync()));
        Assert.All(_intake.Folders(), folder => Assert.True(File.Exists(Path.Combine(folder, "columns", "table.json"))));
    }

    /// <summary>One intake for all files of the catalogue.</summary>
    public sealed class Intake : IAsyncLifetime
    {
        public ArrivingFiles Files { get; private set; } = null!;

        public async Task InitializeAsync() => Files = await ArrivingFiles.StartAsync();

        public async Task DisposeAsync() => await Files.DisposeAsync();
    }
}
