using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Profiles;
using Campaign.Modules.Governance;
using Campaign.Modules.Modeling;
using Campaign.Modules.Modeling.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.TargetLists;
using Campaign.Modules.TargetLists.Contacts;
using Campaign.Modules.TargetLists.Contracts;
using Campaign.Modules.TargetLists.Suppression;
using Campaign.Tests.Support;
using Campaign.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Platform;

/// <summary>
/// The queries of the modules become SQL of SQL Server, without a server (on the other databases the tests run them). A module with a new
/// query adds a line.
/// </summary>
public sealed class QueryTranslationTests
{
    private static readonly Dictionary<string, Func<IServiceProvider, Task>> Queries = new()
    {
        ["a page of the audit trail"] = services => services.GetRequiredService<AuditQuery>().PageAsync(
            new AuditFilter("id", AuditActions.Downloaded, "dataset:", DateTime.UnixEpoch, DateTime.UnixEpoch)),
        ["the entries of that page"] = services => AuditQuery.OnPage(
            services.GetRequiredService<AuditQuery>().Matching(new AuditFilter("id", AuditActions.Downloaded, "dataset:", DateTime.UnixEpoch, DateTime.UnixEpoch)), 2).ToListAsync(),
        ["the people in the audit trail"] = services => services.GetRequiredService<AuditQuery>().ActorsAsync(),
        ["the check of the audit trail"] = services => services.GetRequiredService<AuditVerifier>().VerifyAsync(),
        ["a job to end"] = services => JobRunner.Open(Db(services), Guid.NewGuid()).ToListAsync(),
        ["the claim of a job"] = services => services.GetRequiredService<JobRunner>().RunNowAsync(Guid.NewGuid()),
        ["jobs left over"] = services => JobRecovery.LeftOver(Db(services), DateTime.UnixEpoch).ToListAsync(),
        ["administrators"] = services => services.GetRequiredService<FirstAdministrator>().NewLinkAsync(),
        ["a dataset"] = services => services.GetRequiredService<DatasetCatalog>().FindAsync(Guid.NewGuid()),
        ["the newest datasets"] = services => services.GetRequiredService<DatasetCatalog>().NewestAsync(5),
        ["the sweep of datasets"] = services => DatasetSweep.RunAsync(Db(services), services.GetRequiredService<FileStore>(), services.GetRequiredService<AuditTrail>(), TimeProvider.System),
        ["datasets with the same bytes"] = services => services.GetRequiredService<DatasetCatalog>().WithFingerprintAsync("0"),
        ["files on their way in"] = services => services.GetRequiredService<UnfinishedFiles>().ListAsync(),
        ["a file on its way in"] = services => services.GetRequiredService<ReceivedFiles>().FindAsync(Guid.NewGuid()),
        ["a dataset's profile"] = services => services.GetRequiredService<DatasetProfiles>().LoadAsync(Guid.NewGuid()),
        ["the job of a profile"] = services => services.GetRequiredService<DatasetProfiles>().FindJobAsync(Guid.NewGuid()),
        ["the deletion of a dataset"] = services => RefusedAsync(() => services.GetRequiredService<DatasetDeletion>().DeleteAsync(Guid.NewGuid(), 0, "", Actor.System)),
        ["the runs of a dataset"] = services => services.GetRequiredService<ModelRunCatalog>().OfDatasetAsync(Guid.NewGuid()),
        ["the lists of runs"] = services => services.GetRequiredService<TargetListCatalog>().OfRunsAsync([Guid.NewGuid()]),
        ["a model run"] = services => services.GetRequiredService<ModelRunCatalog>().FindAsync(Guid.NewGuid()),
        ["the newest model runs"] = services => services.GetRequiredService<ModelRunCatalog>().NewestAsync(5),
        ["the list of model runs"] = services => services.GetRequiredService<ModelRuns>().ListAsync(new RunFilter(Guid.NewGuid(), "tag"), CancellationToken.None),
        ["the datasets of model runs"] = services => services.GetRequiredService<ModelRuns>().DatasetsAsync(CancellationToken.None),
        ["model runs by id"] = services => services.GetRequiredService<ModelRunCatalog>().FindAllAsync([Guid.NewGuid()]),
        ["the notes and tags of a model run"] = services => services.GetRequiredService<RunNotes>().OfRunAsync(Guid.NewGuid()),
        ["the tags in use"] = services => services.GetRequiredService<RunNotes>().TagsInUseAsync(),
        ["the job of a model run"] = services => services.GetRequiredService<ModelRuns>().FindJobAsync(Guid.NewGuid(), CancellationToken.None),
        ["the model register"] = services => services.GetRequiredService<ModelRegistry>().ListAsync(),
        ["the model version of a run"] = services => services.GetRequiredService<ModelRegistry>().OfRunAsync(Guid.NewGuid()),
        ["the history of a model version"] = services => services.GetRequiredService<ModelRegistry>().HistoryAsync(Guid.NewGuid()),
        ["a change of a model version"] = services => RefusedAsync(() => services.GetRequiredService<ModelRegistry>().RetireAsync(Guid.NewGuid(), 0, "why", Actor.System)),
        ["the newest target lists"] = services => services.GetRequiredService<TargetListCatalog>().NewestAsync(5),
        ["a target list"] = services => services.GetRequiredService<TargetListRegister>().FindAsync(Guid.NewGuid(), CancellationToken.None),
        ["the list of target lists"] = services => services.GetRequiredService<TargetListRegister>().ListAsync(CancellationToken.None),
        ["the do-not-contact lists in force"] = services => services.GetRequiredService<SuppressionRegister>().SuppressedAsync(DateTime.UnixEpoch),
        ["the do-not-contact lists"] = services => services.GetRequiredService<SuppressionRegister>().ListAsync(),
        ["the same do-not-contact list again"] = services => services.GetRequiredService<SuppressionRegister>().TwinsAsync(new SuppressionList()),
        ["the sweep of do-not-contact lists"] = services => services.GetRequiredService<SuppressionRegister>().SweepAsync(),
        ["the limits of contacts"] = services => services.GetRequiredService<ContactPolicies>().InForceAsync(),
        ["earlier contacts"] = services => services.GetRequiredService<EarlierContacts>().ReadAsync(DateTime.UnixEpoch, ContactCaps.Own, Guid.NewGuid()),
        ["the job of a target list"] = services => services.GetRequiredService<TargetListRegister>().FindJobAsync(Guid.NewGuid(), CancellationToken.None),
        ["the history of a target list"] = services => services.GetRequiredService<ListStages>().HistoryAsync(Guid.NewGuid()),
        ["who made a target list"] = services => services.GetRequiredService<ListStages>().IsMadeByAsync(Guid.NewGuid(), new Actor("id", "name")),
        ["the exports of a target list"] = services => services.GetRequiredService<ListExports>().ListAsync(Guid.NewGuid()),
        ["the receipts of a target list"] = services => services.GetRequiredService<Campaign.Modules.TargetLists.Receipts.ListReceipts>().ListAsync(Guid.NewGuid()),
        ["the list before a target list"] = services => services.GetRequiredService<ListComparisons>().WithLastAsync(new TargetList { DefinitionJson = "{}" }),
        ["the home page"] = services => ActivatorUtilities.CreateInstance<HomeModel>(services).OnGetAsync(CancellationToken.None),
        ["the people page"] = services => ActivatorUtilities.CreateInstance<PeopleModel>(services).OnGetAsync(),
    };

    public static TheoryData<string> Names => [.. Queries.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_query_becomes_sql(string query)
    {
        using var folder = new TempFolder();
        var files = new FileStore(folder.Path);
        var options = new CampaignOptions { DataFolder = folder.Path, Database = new(DatabaseProvider.SqlServer, "Server=model-only") };
        var offline = new OfflineSqlServer();
        await using var provider = new ServiceCollection()
            .AddLogging()
            .AddCampaign(options, files)
            .AddSignIn(CampaignServices.ModeOf(options), files)
            .AddScoped(_ => offline.Open())
            .BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();

        try
        {
            await Queries[query](scope.ServiceProvider);
        }
        catch (InvalidOperationException nothingFound) when (nothingFound.Message.Contains("no elements", StringComparison.Ordinal))
        {
            // A count or a single row, of a server that is not there: the query itself was told.
        }

        Assert.NotEmpty(offline.Commands);
        Assert.All(offline.Commands, command => Assert.Contains("[", command, StringComparison.Ordinal));
    }

    private static Task<Campaign.Learning.RefusedException> RefusedAsync(Func<Task> work) => Assert.ThrowsAsync<Campaign.Learning.RefusedException>(work);

    private static CampaignDbContext Db(IServiceProvider services) => services.GetRequiredService<CampaignDbContext>();
}
