using System.CommandLine;
using Campaign.Learning;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Datasets;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.Modeling;

namespace Campaign.Web.CommandLine;

/// <summary><c>campaign run</c>: the main job without a browser. The options; the work is in <see cref="MainJob"/>.</summary>
public static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The customer file, CSV or XLSX." };
        var output = new Option<string>("--out") { Required = true, Description = "The folder to write; made whole or not at all." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace a folder that is not empty." };
        var data = new Option<string?>("--data") { Description = "Keep the dataset, the run and the trail in this data folder." };
        var id = new Option<string?>("--id") { Description = "The customer id's column; 'none' makes each row a customer, and the model then knows no customer again in a new file." };
        var label = new Option<string?>("--label") { Description = "The column of the recorded class." };
        var positive = new Option<string?>("--positive") { Description = "The recorded class's value that means affluent." };
        var exclude = new Option<string?>("--exclude") { Description = "Columns to leave out of training, separated by commas." };
        var sensitive = new Option<string?>("--sensitive") { Description = "Columns to leave out of training and to use for the fairness tables, separated by commas." };
        var derived = new Option<string>("--derived") { DefaultValueFactory = _ => "none", Description = "Features computed from the columns: 'suggested' switches the suggested ones on, 'none' leaves them off." };
        var encoding = new Option<string?>("--encoding") { Description = $"The file's characters, where they are not found right: {string.Join(", ", TextEncodings.Names)}." };
        var sheet = new Option<string?>("--sheet") { Description = "The workbook's sheet; otherwise the first visible one with rows." };
        var headerLine = new Option<int?>("--header-line") { Description = "The line that holds the columns' names, from 1." };
        var dates = new Option<string?>("--dates") { Description = "day-first or month-first, for dates that fit both." };
        var recall = new Option<double>("--recall") { DefaultValueFactory = _ => 0.90, Description = "The promise: at least this share of the affluents is found." };
        var confidence = new Option<double>("--confidence") { DefaultValueFactory = _ => 0.95, Description = "How sure the promise is." };
        var promise = new Option<string>("--promise") { DefaultValueFactory = _ => "tight", Description = "tight: all known affluents, out of fold; exact: customers held out of training altogether." };
        var trials = new Option<int?>("--trials") { Description = $"Trials of the search for settings, 0 to {ModelRuns.MostTrials}; otherwise what suits the file's size." };
        var searchMinutes = new Option<double?>("--search-minutes") { Description = "No trial is begun after so many minutes; the trials made are counted in run.json." };
        var threshold = new Option<double?>("--threshold") { Description = "A threshold by hand, 0 to 1, instead of the promise." };
        var budget = new Option<int?>("--budget") { Description = "At most so many customers to contact." };
        var control = new Option<double>("--control") { DefaultValueFactory = _ => 0.1, Description = "Share of the eligible customers kept as the control group." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Same file and seed, same result." };
        var threads = new Option<int?>("--threads") { Description = "Threads to train with; the result does not depend on it." };
        var quick = new Option<bool>("--quick") { Description = "One algorithm, no tuning, no repeats." };
        var skipBadRows = new Option<bool>("--skip-bad-rows") { Description = "Go on without rows that don't fit the header; they go to rejected.csv." };
        var check = new Option<bool>("--check-reproducible") { Description = "Train again with another number of threads and compare models and scores, byte for byte." };
        var mlflow = new Option<bool>("--mlflow") { Description = "Also write the run as MLflow's file store keeps it, into the folder mlruns." };
        var command = new Command("run", "Customer file in; scores, target list, model, model card and audit report out.")
        {
            file, output, overwrite, data, id, label, positive, exclude, sensitive, derived, encoding, sheet, headerLine, dates, recall, confidence, promise, trials, searchMinutes, threshold, budget, control, seed, threads, quick, skipBadRows, check, mlflow,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new MainJobRequest(
                parsed.GetValue(file)!,
                new RoleRequest(
                    parsed.GetValue(id), parsed.GetValue(label), parsed.GetValue(positive),
                    Names(parsed.GetValue(exclude)), Names(parsed.GetValue(sensitive)), Derived: Derived(parsed.GetValue(derived)!)),
                new ReadingChoices(
                    Encoding(parsed.GetValue(encoding)), Sheet: parsed.GetValue(sheet), HeaderLine: parsed.GetValue(headerLine), Dates: Dates(parsed.GetValue(dates))),
                Share(parsed.GetValue(recall), "--recall"),
                Share(parsed.GetValue(confidence), "--confidence"),
                Threshold(parsed.GetValue(threshold)),
                parsed.GetValue(budget),
                parsed.GetValue(control),
                parsed.GetValue(seed),
                parsed.GetValue(threads) ?? Environment.ProcessorCount,
                parsed.GetValue(quick),
                parsed.GetValue(skipBadRows),
                Promise(parsed.GetValue(promise)!),
                parsed.GetValue(trials),
                parsed.GetValue(searchMinutes),
                parsed.GetValue(check),
                parsed.GetValue(mlflow));
            Check(request);
            using var folder = new OutputFolder(parsed.GetValue(output)!, parsed.GetValue(overwrite));
            var progress = new TerminalProgress(Console.Error, !Console.IsErrorRedirected);
            await using var place = await WorkPlace.OpenAsync(parsed.GetValue(data), request.ThreadCount, cancellation);
            await using var scope = place.Services.CreateAsyncScope();
            await new MainJob(scope.ServiceProvider, folder, progress).RunAsync(request, cancellation);
            return 0;
        });
        return command;
    }

    private static string[] Names(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string[] Derived(string choice) => choice switch
    {
        "none" => [],
        RoleRequest.AllSuggested => [RoleRequest.AllSuggested],
        _ => throw new RefusedException("--derived must be 'none' or 'suggested'."),
    };

    private static string? Encoding(string? name) => name is null
        ? null
        : TextEncodings.Names.FirstOrDefault(one => string.Equals(one, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new RefusedException($"--encoding must be one of: {string.Join(", ", TextEncodings.Names)}.");

    private static DateForm? Dates(string? order) => order switch
    {
        null => null,
        "day-first" => DateForm.DayFirst,
        "month-first" => DateForm.MonthFirst,
        _ => throw new RefusedException("--dates must be day-first or month-first."),
    };

    private static PromiseKind Promise(string kind) => kind switch
    {
        "tight" => PromiseKind.Tight,
        "exact" => PromiseKind.Exact,
        _ => throw new RefusedException("--promise must be tight or exact."),
    };

    private static double Share(double value, string option) => value is > 0 and < 1
        ? value
        : throw new RefusedException($"{option} must lie above 0 and below 1, for example 0.9.");

    private static OperatingThreshold? Threshold(double? score) => score switch
    {
        null => null,
        >= 0 and <= 1 => new OperatingThreshold(score.Value),
        _ => throw new RefusedException("--threshold must lie between 0 and 1, for example 0.5."),
    };

    private static void Check(MainJobRequest request)
    {
        if (request.ThreadCount < 1)
        {
            throw new RefusedException("--threads must be 1 or more.");
        }

        if (request.Budget < 1)
        {
            throw new RefusedException("--budget must be 1 or more: it is the number of customers to contact.");
        }

        if (request.ControlShare is not (>= 0 and < 1))
        {
            throw new RefusedException("--control must be 0 or more and below 1, for example 0.1.");
        }
    }
}
