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

/// <summary>The application with two quick model runs that were really trained, on 400 invented customers and on some columns of them.</summary>
public sealed class TrainedSample : IAsyncLifetime
{
    /// <summary>How the ids of the invented customers begin: nothing that leaves with a model may hold it.</summary>
    public const string IdStart = "CUST-77";

    public CampaignApplication Application { get; private set; } = null!;

    public Guid DatasetId { get; private set; }

    public Guid RunId { get; private set; }

    /// <summary>Trained with another seed.</summary>
    public Guid OtherRunId { get; private set; }

    public async Task InitializeAsync()
    {
        Application = await CampaignApplication.StartAsync(options => options with { RunsJobs = false, ThreadCount = 1 });
        await Application.InScopeAsync(async services =>
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(Customers()));
            var taken = await services.GetRequiredService<DatasetIntake>().ReceiveAsync(file, "etb 'May'.csv", IntakeOptions.Default with { Confirm = true }, Actor.LocalOwner);
            DatasetId = taken.Dataset.Id;
            return true;
        });
        RunId = await TrainAsync("Spring: run", 1);
        OtherRunId = await TrainAsync("Other run", 2);
    }

    public async Task DisposeAsync() => await Application.DisposeAsync();

    /// <summary>Numbers with gaps, a category with one value that is rare, and an affluent share of about a quarter.</summary>
    public static string Customers(int rowCount = 400)
    {
        var text = new StringBuilder("customer_id,age,balance,job,segment\n");
        for (var row = 0; row < rowCount; row++)
        {
            var balance = row * 7919 % 9001;
            var age = 20 + (row * 37 % 50);
            var affluent = (balance > 6000 && age > 30) != (row % 29 == 0);
            text.Append(CultureInfo.InvariantCulture, $"{IdStart}{row:000},{(row % 17 == 0 ? "" : age)},{balance}.25,{(row % 41 == 0 ? "pilot" : row % 2 == 0 ? "clerk" : "teacher")},{(affluent ? "affluent" : "normal")}\n");
        }

        return text.ToString();
    }

    private Task<Guid> TrainAsync(string name, int seed) => Application.InScopeAsync(async services =>
    {
        var dataset = (await services.GetRequiredService<DatasetCatalog>().FindAsync(DatasetId))!;
        var job = await services.GetRequiredService<ModelRuns>().AddAsync(dataset, new TrainingRequest(name, 0.8, 0.9, seed, Quick: true), Actor.LocalOwner, default);
        await services.GetRequiredService<JobRunner>().RunNowAsync(job.Id);
        return job.SubjectId;
    });
}
