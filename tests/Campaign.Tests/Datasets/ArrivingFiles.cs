using System.Text;
using Campaign.Migrations;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Campaign.Tests.Datasets;

/// <summary>The way of uploaded files over an empty database: what the pages call, with the jobs run on the spot.</summary>
public sealed class ArrivingFiles : IAsyncDisposable
{
    private static readonly Actor Aina = new("u1", "Aina");
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private ArrivingFiles(TestDatabase database)
    {
        _database = database;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddCampaignDatabase(database.Choice);
        services.AddPlatform(database.Files, database.Choice, new InstallationMode(IsSingleUser: true));
        services.AddSingleton(new WorkThreads(1));
        services.AddDatasets();
        _services = services.BuildServiceProvider();
    }

    public SettableClock Clock { get; } = new();

    public static async Task<ArrivingFiles> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite) => new(await TestDatabase.CreateAsync(provider));

    public string Folder(Guid id) => _database.Files.DatasetFolder(id);

    public string[] Folders() =>
        Directory.Exists(Path.Combine(_database.Files.Root, "datasets")) ? Directory.GetDirectories(Path.Combine(_database.Files.Root, "datasets")) : [];

    public Task<Guid> ArriveAsync(string text, string fileName = "customers.csv") => ArriveAsync(Encoding.Latin1.GetBytes(text), fileName);

    public Task<Guid> ArriveAsync(byte[] bytes, string fileName) => InScopeAsync(async services =>
        (await services.GetRequiredService<ReceivedFiles>().ArriveAsync(new MemoryStream(bytes), fileName, bytes.Length, Aina)).Id);

    /// <summary>Asks for the check and runs its job; whatever end it takes is in <see cref="FindAsync"/>.</summary>
    public async Task CheckAsync(Guid id, ReadingChoices? choices = null)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        await DoAsync((files, file) => files.CheckAsync(id, choices ?? file.ReadChoices(), file.Version, Aina), id);
        await RunLatestJobAsync(id);
    }

    /// <summary>Confirms a dataset's columns and makes its profile.</summary>
    /// <param name="version">That the person saw; null for the latest.</param>
    public async Task ConfirmAsync(Guid id, RoleRequest request, int? version = null)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        await InScopeAsync(async services =>
        {
            version ??= (await services.GetRequiredService<DatasetCatalog>().FindAsync(id))!.Version;
            return await services.GetRequiredService<DatasetColumns>().ConfirmAsync(id, request, version.Value, Aina);
        });
        await RunLatestJobAsync(id);
    }

    public Task<DatasetPreview> PreviewAsync(Guid id) => InScopeAsync(services => Task.FromResult(services.GetRequiredService<DatasetColumns>().Preview(id)));

    public Task DoAsync(Func<ReceivedFiles, ReceivedFile, Task> work, Guid id) => InScopeAsync(async services =>
    {
        var files = services.GetRequiredService<ReceivedFiles>();
        await work(files, (await files.FindAsync(id))?.File ?? new ReceivedFile { Id = id });
        return true;
    });

    public Task<ReceivedFileView?> FindAsync(Guid id) => InScopeAsync(services => services.GetRequiredService<ReceivedFiles>().FindAsync(id));

    /// <summary>Null where it is no received file (any more).</summary>
    public async Task<ReceivedState?> StateAsync(Guid id) => (await FindAsync(id))?.State;

    public Task<Dataset?> DatasetAsync(Guid id) => InDatabaseAsync(db => db.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(dataset => dataset.Id == id));

    public Task<List<string>> ActionsAsync(Guid id) => InDatabaseAsync(db =>
        db.AuditEntries.Where(entry => entry.Subject == $"dataset:{id}").OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync());

    public Task<int> SweepAsync() => InScopeAsync(services => DatasetSweep.RunAsync(
        services.GetRequiredService<CampaignDbContext>(), _database.Files, services.GetRequiredService<AuditTrail>(), Clock));

    /// <summary>What a start does before anything reads a dataset.</summary>
    public Task MendAsync() => InScopeAsync(async services =>
    {
        await DatasetSweep.MendAsync(services.GetRequiredService<CampaignDbContext>(), _database.Files);
        return true;
    });

    public Task<T> InDatabaseAsync<T>(Func<CampaignDbContext, Task<T>> work) => InScopeAsync(services => work(services.GetRequiredService<CampaignDbContext>()));

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task RunLatestJobAsync(Guid subjectId)
    {
        var jobId = await InDatabaseAsync(db => db.Jobs.Where(job => job.SubjectId == subjectId).OrderByDescending(job => job.CreatedUtc).Select(job => job.Id).FirstAsync());
        await _services.GetRequiredService<JobRunner>().RunQueuedAsync(jobId, CancellationToken.None);
    }
}
