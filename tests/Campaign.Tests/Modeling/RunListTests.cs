using System.Net;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Modeling;

/// <summary>The list of runs, and the pages that start from it.</summary>
public sealed class RunListTests(TrainedSample sample) : IClassFixture<TrainedSample>
{
    [DatabaseTheory]
    public async Task Runs_are_found_by_file_and_tag_in_the_order_that_is_asked_for(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var april = await SampleRuns.AddDatasetAsync(database, "april.csv");
        var may = await SampleRuns.AddDatasetAsync(database, "may.csv");
        var long_ = await SampleRuns.AddRunAsync(database, april, "long", SampleRuns.Results(0.95, 500));
        var short_ = await SampleRuns.AddRunAsync(database, may, "Short", SampleRuns.Results(0.85, 100));
        var without = await SampleRuns.AddRunAsync(database, may, "without", SampleRuns.Results(0.9, null));
        await using var db = database.Open();
        var clock = new SettableClock();
        var notes = new RunNotes(db, new AuditTrail(clock), clock);
        await notes.AddTagAsync(long_.Id, "keep", SampleRuns.Trainer);
        await notes.AddTagAsync(without.Id, "keep", SampleRuns.Trainer);
        await notes.AddNoteAsync(without.Id, "A note.", SampleRuns.Trainer);
        var datasets = new DatasetCatalog(db, database.Files);
        var runs = new ModelRuns(db, datasets, null!, null!, new AuditTrail(clock), clock);

        Assert.Equal(["Short", "long", "without"], await NamesAsync(RunOrder.ListSize));
        Assert.Equal(["long", "without", "Short"], await NamesAsync(RunOrder.Auc));
        Assert.Equal(["long", "Short", "without"], await NamesAsync(RunOrder.Name));
        Assert.Equal(["Short", "without"], await NamesAsync(RunOrder.Name, may));
        Assert.Equal(["long", "without"], await NamesAsync(RunOrder.Name, tag: "keep"));
        Assert.Empty(await NamesAsync(RunOrder.Name, april, "other"));
        var listed = (await runs.ListAsync(new RunFilter(may, "keep"), default)).Single();
        Assert.Equal(("may.csv", 1, "keep", JobState.Done), (listed.FileName, listed.NoteCount, listed.Tags.Single(), listed.State));
        Assert.Equal(["april.csv", "may.csv"], (await runs.DatasetsAsync(default)).Select(pair => pair.Value));
        Assert.NotEqual(short_.Id, listed.Id);

        async Task<IEnumerable<string>> NamesAsync(RunOrder order, Guid? dataset = null, string? tag = null) =>
            (await runs.ListAsync(new RunFilter(dataset, tag, order), default)).Select(run => run.Name);
    }

    [Fact]
    public async Task A_trained_run_shows_its_list_size_and_is_compared_with_another()
    {
        using var owner = await sample.Application.NewOwnerClientAsync();

        var list = await owner.GetStringAsync("/runs?Order=ListSize");
        var page = await owner.GetStringAsync($"/runs/compare?ids={sample.RunId}&ids={sample.OtherRunId}");
        var differences = await owner.GetStringAsync($"/runs/compare?ids={sample.RunId}&ids={sample.OtherRunId}&differences=true");

        Assert.Contains("Spring: run", list, StringComparison.Ordinal);
        Assert.Matches(@"[1-9]\d* customers?</td>", list);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("Recall by size of the selection", page, StringComparison.Ordinal);
        Assert.Contains("None: every column was used alike.", page, StringComparison.Ordinal);
        Assert.Contains("min_child_weight", page, StringComparison.Ordinal);
        Assert.DoesNotContain("min_child_weight", differences, StringComparison.Ordinal);
        Assert.Contains("Seed", differences, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_six_runs_and_runs_that_are_not_there_are_said()
    {
        using var owner = await sample.Application.NewOwnerClientAsync();
        var seven = string.Join('&', Enumerable.Range(0, 7).Select(_ => $"ids={Guid.NewGuid()}"));

        Assert.Contains("At most 6 runs stand side by side", await owner.GetStringAsync($"/runs/compare?{seven}"), StringComparison.Ordinal);
        Assert.Contains("1 of the 2 runs that you asked for are not here.", await owner.GetStringAsync($"/runs/compare?ids={sample.RunId}&ids={Guid.NewGuid()}"), StringComparison.Ordinal);
        Assert.Contains("Choose two to six runs", await owner.GetStringAsync("/runs/compare"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_and_tags_are_written_on_their_page_and_a_refusal_keeps_the_words()
    {
        using var owner = await sample.Application.NewOwnerClientAsync();
        var address = $"/runs/{sample.OtherRunId}/notes";

        using var noted = await owner.PostFormAsync(address, [new("Note", "Looks <b>good</b>.")], address + "?handler=Note");
        using var tagged = await owner.PostFormAsync(address, [new("Tag", "Candidate")], address + "?handler=Tag");
        using var refused = await owner.PostFormAsync(address, [new("Tag", "a,b")], address + "?handler=Tag");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (noted.StatusCode, tagged.StatusCode));
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Contains("A tag has 1 to 40 letters", page, StringComparison.Ordinal);
        Assert.Contains("value=\"a,b\"", page, StringComparison.Ordinal);
        Assert.Contains("Looks &lt;b&gt;good&lt;/b&gt;.", page, StringComparison.Ordinal);
        Assert.Contains("Other run", await owner.GetStringAsync("/runs?Tag=candidate"), StringComparison.Ordinal);
        Assert.DoesNotContain("Spring: run</a>", await owner.GetStringAsync("/runs?Tag=candidate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_campaign_team_reads_notes_and_writes_none()
    {
        await using var server = await CampaignApplication.StartAsync(options => options with { IsServer = true, RunsJobs = false });
        var run = await SampleRuns.AddRunAsync(server);
        using var team = await server.NewPersonClientAsync(Roles.CampaignTeam);
        using var validator = await server.NewPersonClientAsync(Roles.Validator);
        var address = $"/runs/{run.Id}/notes";

        Assert.DoesNotContain("<textarea", await team.GetStringAsync(address), StringComparison.Ordinal);
        using var denied = await team.PostFormAsync("/runs", [new("Note", "x")], address + "?handler=Note");
        using var kept = await validator.PostFormAsync(address, [new("Note", "Seen.")], address + "?handler=Note");

        Assert.NotEqual(HttpStatusCode.OK, denied.StatusCode);
        Assert.Equal(address, kept.Headers.Location!.ToString());
        var written = await server.InScopeAsync(services => services.GetRequiredService<RunNotes>().OfRunAsync(run.Id));
        Assert.Equal(["Seen."], written.Notes.Select(note => note.Text));
    }
}
