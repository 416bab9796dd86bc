using System.Text;
using System.Text.Json;
using Campaign.Learning;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Profiles;
using Campaign.Modules.Datasets.Quality;
using Campaign.Modules.Modeling;
using Campaign.Modules.Platform;
using Campaign.Tests.Datasets;
using Campaign.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Modeling;

public sealed class ModelRunsTests
{
    private static readonly TrainingRequest Request = new("March", 0.5, 0.95, 1, Quick: true);

    [Fact]
    public async Task A_file_whose_checks_block_is_not_trained_on()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        var id = await ReceiveAsync(application);
        var report = new QualityReport([new(Severity.Blocking, "class-customers", "segment", 3, 60, "Only 3 customers are recorded affluent.", "Send more.")], []);
        await File.WriteAllTextAsync(DatasetProfiles.QualityIn(application.Files.DatasetFolder(id), 0), JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
        await application.InScopeAsync(services => services.GetRequiredService<CampaignDbContext>().Set<Dataset>()
            .Where(dataset => dataset.Id == id).ExecuteUpdateAsync(set => set.SetProperty(dataset => dataset.ProfiledVersion, 0)));

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => AddAsync(application, id));

        Assert.Equal("Only 3 customers are recorded affluent. Send more.", refusal.Message);
    }

    [Fact]
    public async Task A_deleted_file_is_not_trained_on()
    {
        await using var application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false });
        var id = await ReceiveAsync(application);
        await application.InScopeAsync(async services =>
        {
            await services.GetRequiredService<DatasetDeletion>().DeleteAsync(id, 0, "", Actor.LocalOwner);
            return true;
        });

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => AddAsync(application, id));

        Assert.StartsWith("The customer file was deleted.", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<Guid> ReceiveAsync(CampaignApplication application) => application.InScopeAsync(async services =>
        (await services.GetRequiredService<DatasetIntake>().ReceiveAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(IntakeFixture.Customers())), "customers.csv", new IntakeOptions(RoleRequest.Guess, Confirm: true), Actor.LocalOwner)).Dataset.Id);

    private static Task<JobRecord> AddAsync(CampaignApplication application, Guid datasetId) => application.InScopeAsync(async services =>
        await services.GetRequiredService<ModelRuns>().AddAsync(
            (await services.GetRequiredService<DatasetCatalog>().FindAsync(datasetId))!, Request, Actor.LocalOwner, CancellationToken.None));
}
