using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets;
using Microsoft.EntityFrameworkCore;

namespace Campaign.EndToEndTests.Support;

/// <summary>Sends file after file through the pages: upload, check, columns with one that holds something else, now and then deletion.</summary>
/// <param name="kill">Told of each step; null for a person beside the one whose step decides.</param>
public sealed class IntakePerson(HttpClient client, string token, IntakeState state, Func<int> nextNumber, KillMoment? kill)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>Never ends by itself: throws when the application is gone.</summary>
    /// <param name="id">The file to begin with; null begins with an upload.</param>
    public async Task WorkAsync(Guid? id, CancellationToken stop)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var number = nextNumber();
            var file = id is { } waiting && isFirst ? waiting : await UploadAsync(number, stop);
            if (await state.AskAsync(db => db.Set<ReceivedFile>().AnyAsync(one => one.Id == file, stop)))
            {
                await CheckAsync(file, stop);
            }

            var dataset = await state.AskAsync(db => db.Set<Dataset>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == file, stop));
            if (dataset is null)
            {
                // Its check was cut off three times.
                continue;
            }

            if (!dataset.ColumnsConfirmed)
            {
                await ConfirmAsync(dataset, stop);
            }

            if (number % 2 == 0 || kill?.Step == IntakeStep.Deleting)
            {
                await DeleteAsync(file, stop);
            }
        }
    }

    private async Task<Guid> UploadAsync(int number, CancellationToken stop)
    {
        var bytes = CustomerFile.Make(number);
        using var form = new CustomerFileForm(token, bytes, HoldAsync);
        var location = await PostAsync("/datasets/upload", form, stop);
        var id = Guid.Parse(location[(location.LastIndexOf('/') + 1)..]);
        state.Told[id] = new ToldFile(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return id;
    }

    private async Task HoldAsync(double shareSent, CancellationToken stop)
    {
        if (kill is { Step: IntakeStep.Arriving } && shareSent >= kill.ShareSent)
        {
            kill.Begin(IntakeStep.Arriving);
            await Task.Delay(Timeout.Infinite, stop);
        }

        if (shareSent >= 1)
        {
            kill?.Begin(IntakeStep.Arrived);
        }
    }

    private async Task CheckAsync(Guid id, CancellationToken stop)
    {
        var version = await state.AskAsync(db => db.Set<ReceivedFile>().Where(file => file.Id == id).Select(file => file.Version).SingleAsync(stop));
        kill?.Begin(IntakeStep.Checking);
        await PostFieldsAsync($"/datasets/received/{id}", stop, ("Version", Text(version)), ("Input.IsAsked", "true"));
        Tell(id, told => told with { CheckQueued = true });
        while (kill is { Step: IntakeStep.Saving } && !File.Exists(Path.Combine(state.Folder(id), "checked.json")))
        {
            await Task.Delay(1, stop);
        }

        kill?.Begin(IntakeStep.Saving);
        await UntilIdleAsync(id, stop);
    }

    private async Task ConfirmAsync(Dataset dataset, CancellationToken stop)
    {
        (string, string)[] fields =
        [
            ("Version", Text(dataset.Version)), ("Input.Id", "customer_id"), ("Input.Affluent", "5|affluent"),
            .. new[] { "Fixed", "Learn", "Learn", "Learn", "Learn", "Fixed" }.Select(use => ("Input.Uses", use)),

            // What was confirmed before is remembered for this file: the age becomes a category where it is a number, and a number where it is one.
            .. new[] { -1, AgeIsNumber(dataset.Id) ? 1 : 0, 0, 1, 3, -1 }.Select(type => ("Input.Types", Text(type))),
        ];
        await BeginWhenAsync(
            IntakeStep.Confirming, PostFieldsAsync($"/datasets/{dataset.Id}/columns", stop, fields), () => Task.FromResult(File.Exists(IntakeState.ChangeNoteIn(state.Folder(dataset.Id)))));
        Tell(dataset.Id, told => told with { ConfirmedVersion = dataset.Version + 1 });
        kill?.Begin(IntakeStep.Profiling);
        await UntilIdleAsync(dataset.Id, stop);
    }

    private bool AgeIsNumber(Guid id)
    {
        using var table = ColumnTable.Open(Path.Combine(state.Folder(id), "columns"));
        return table.Columns[table.IndexOf("age")].Kind == ColumnKind.Number;
    }

    private async Task DeleteAsync(Guid id, CancellationToken stop)
    {
        var version = await state.AskAsync(db => db.Set<Dataset>().Where(dataset => dataset.Id == id).Select(dataset => dataset.Version).SingleAsync(stop));
        await BeginWhenAsync(
            IntakeStep.Deleting,
            PostFieldsAsync($"/datasets/{id}/lineage?handler=Delete", stop, ("Version", Text(version)), ("IsSure", "true")),
            () => state.AskAsync(db => db.Set<Dataset>().AnyAsync(dataset => dataset.Id == id && dataset.DeletedUtc != null, stop)));
        Tell(id, told => told with { Deleted = true });
    }

    /// <summary>
    /// A process that was started a moment ago takes long to come to what a form asks: the step begins when its first trace is there, or with the answer.
    /// </summary>
    private async Task BeginWhenAsync(IntakeStep step, Task answer, Func<Task<bool>> hasBegun)
    {
        while (kill?.Step == step && !answer.IsCompleted && !await hasBegun())
        {
            await Task.WhenAny(answer, Task.Delay(1));
        }

        kill?.Begin(step);
        await answer;
    }

    private async Task PostFieldsAsync(string address, CancellationToken stop, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Prepend(new("__RequestVerificationToken", token)));
        await PostAsync(address, form, stop);
    }

    /// <summary>Where the answer sends the person: a page that answers itself has refused.</summary>
    private async Task<string> PostAsync(string address, HttpContent form, CancellationToken stop)
    {
        using var answer = await client.PostAsync(new Uri(address, UriKind.Relative), form, stop);
        return answer.StatusCode == HttpStatusCode.Redirect
            ? answer.Headers.Location!.OriginalString
            : throw new InvalidOperationException($"{address} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
    }

    private void Tell(Guid id, Func<ToldFile, ToldFile> change)
    {
        if (state.Told.TryGetValue(id, out var told))
        {
            state.Told[id] = change(told);
        }
    }

    private async Task UntilIdleAsync(Guid id, CancellationToken stop)
    {
        while (await state.IsBusyAsync(id))
        {
            await Task.Delay(Look, stop);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
