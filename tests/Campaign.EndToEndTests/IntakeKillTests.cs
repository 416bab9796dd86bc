using System.Diagnostics;
using Campaign.EndToEndTests.Support;
using Campaign.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace Campaign.EndToEndTests;

/// <summary>
/// A process that is killed again and again while two people send files in: whenever it happens, rows and folders agree, and what a person was
/// told is saved is there after the next start.
/// </summary>
public sealed class IntakeKillTests(ITestOutputHelper output)
{
    private const int KillCount = 50;

    /// <summary>The next start has everything done that was left; looked at now and then, since it takes seconds.</summary>
    private const int SettleEvery = 25;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Longer than each step takes, shorter than the next two, in milliseconds.</summary>
    private static readonly Dictionary<IntakeStep, int> LongestDelay = new()
    {
        [IntakeStep.Arriving] = 10,
        [IntakeStep.Arrived] = 60,
        [IntakeStep.Checking] = 800,
        [IntakeStep.Saving] = 40,
        [IntakeStep.Confirming] = 150,
        [IntakeStep.Profiling] = 800,
        [IntakeStep.Deleting] = 4,
    };

    // A long check is split: a test that is silent for ten minutes counts as hanging.
    [Theory]
    [Trait("Category", "Long")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task Fifty_kills_during_intake_leave_no_partial_dataset(int seed)
    {
        using var folder = new TempFolder();
        var state = new IntakeState(folder.Path);
        var random = new Random(seed);
        var number = 0;
        var watch = Stopwatch.StartNew();
        SortedDictionary<IntakeStep, int> kills = [];
        for (var kill = 1; kill <= KillCount; kill++)
        {
            var step = (IntakeStep)random.Next(LongestDelay.Count);
            var moment = new KillMoment(step, random.NextDouble(), TimeSpan.FromMilliseconds(random.NextDouble() * LongestDelay[step]));
            await KillOnceAsync(folder.Path, state, moment, () => Interlocked.Increment(ref number));
            kills[step] = kills.GetValueOrDefault(step) + 1;
            await state.AssertWholeAsync();
            await state.AgeLeftOversAsync();
            if (kill % SettleEvery == 0)
            {
                await SettleAsync(folder.Path, state);
            }
        }

        await state.AssertWholeAsync(again: true);
        var (datasets, deleted, received) = await state.CountsAsync();
        output.WriteLine($"{KillCount} kills in {watch.Elapsed.TotalSeconds:0} s, aimed at: {string.Join(", ", kills.Select(pair => $"{pair.Key} {pair.Value}"))}");
        output.WriteLine($"met after the kills: {string.Join(", ", state.LeftBehind.Select(pair => $"{pair.Key} {pair.Value}"))}");
        output.WriteLine($"{datasets} datasets, {deleted} of them deleted, {received} received files, {state.Told.Count} acknowledged; partial: 0");
        Assert.All(state.LeftBehind.Where(pair => IsSurelyMet(pair.Key)), pair => Assert.True(pair.Value > 0, $"No kill met {pair.Key}."));
    }

    /// <summary>Too short to be met in every fifty kills: the way from a folder's rename to its row, and a deletion.</summary>
    private static bool IsSurelyMet(string kind) => kind is not ("a folder whose row was not saved" or "a deletion under way");

    private static async Task KillOnceAsync(string dataFolder, IntakeState state, KillMoment moment, Func<int> nextNumber)
    {
        using var campaign = await CampaignProcess.StartAsync(dataFolder);
        await UntilAsync(state.IsSweptAsync, async () => $"the sweep: {string.Join(", ", await state.LeftOversAsync())}\n{campaign.Log}");
        using var client = await campaign.SignInAsync();
        var token = await client.AntiforgeryTokenAsync("/datasets/upload");
        using var stop = new CancellationTokenSource();
        Task[] people =
        [
            new IntakePerson(client, token, state, nextNumber, moment).WorkAsync(await state.WaitingForAsync(moment.Step), stop.Token),
            new IntakePerson(client, token, state, nextNumber, null).WorkAsync(null, stop.Token),
        ];
        var first = await Task.WhenAny([moment.Reached, .. people]).WaitAsync(Patience);
        Assert.True(first == moment.Reached, $"{first.Exception}\n{campaign.Log}");

        await Task.Delay(moment.Delay);
        await campaign.KillAsync();
        await stop.CancelAsync();
        foreach (var person in people)
        {
            var end = await Record.ExceptionAsync(() => person);
            Assert.True(end is HttpRequestException or IOException or OperationCanceledException, $"{end}");
        }
    }

    /// <summary>The next start ends what was left: every job, every left-over.</summary>
    private static async Task SettleAsync(string dataFolder, IntakeState state)
    {
        using (var campaign = await CampaignProcess.StartAsync(dataFolder))
        {
            await UntilAsync(async () => !await state.IsBusyAsync() && await state.IsSweptAsync(), async () => $"the work of the last start: {string.Join(", ", await state.LeftOversAsync())}\n{campaign.Log}");
        }

        await state.AssertWholeAsync();
        Assert.True(await state.IsSweptAsync());
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, Func<Task<string>> what)
    {
        for (var watch = Stopwatch.StartNew(); !await condition(); await Task.Delay(20))
        {
            if (watch.Elapsed > Patience)
            {
                Assert.Fail($"Waited too long for {await what()}");
            }
        }
    }
}
