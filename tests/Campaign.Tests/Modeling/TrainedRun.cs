using System.Globalization;
using System.Text;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Modeling;
using Campaign.Modules.Platform;
using Campaign.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Campaign.Tests.Modeling;

/// <summary>A server with one quickly trained run on 400 invented customers, for the pages' tests: affluent are those with high balances.</summary>
public sealed class TrainedRun : IAsyncLifetime
{
    public CampaignApplication Server { get; private set; } = null!;

    public LogLines Log { get; } = new();

    public Guid RunId { get; private set; }

    public async Task InitializeAsync()
    {
        Server = await CampaignApplication.StartAsync(options => options with { IsServer = true, RunsJobs = false, ThreadCount = 1 });
        Server.App.Services.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>().AddProvider(Log);
        RunId = await Server.InScopeAsync(async services =>
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(Customers()));
            var received = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(
                file, "customers.csv", new IntakeOptions(new RoleRequest(Derived: [RoleRequest.AllSuggested]), Confirm: true), Actor.LocalOwner);
            var dataset = (await services.GetRequiredService<DatasetCatalog>().FindAsync(received.Dataset.Id))!;
            var job = await services.GetRequiredService<ModelRuns>().AddAsync(dataset, new TrainingRequest("Spring run", 0.8, 0.9, 1, Quick: true), Actor.LocalOwner, default);
            await services.GetRequiredService<JobRunner>().RunNowAsync(job.Id, new Progress<JobReport>(), default);
            return job.SubjectId;
        });
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>Ids K0000 to K0399; one job with markup in it.</summary>
    private static string Customers()
    {
        var text = new StringBuilder("customer_id,balance,products,opened,job,card_balance,card_limit,segment\n");
        string[] jobs = ["clerk", "teacher", "<b>chief</b>"];
        for (var row = 0; row < 400; row++)
        {
            var balance = row * 7919 % 10_007;
            text.Append(CultureInfo.InvariantCulture, $"K{row:0000},{balance},{row % 5},{2000 + (row % 20)}-03-0{1 + (row % 9)},{jobs[row % 3]},{row % 90},{100 + row},{(balance > 7000 || row % 40 == 0 ? "affluent" : "normal")}\n");
        }

        return text.ToString();
    }
}
