using System.CommandLine;
using System.Globalization;
using Campaign.Learning;
using Campaign.Learning.Columns;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.Reading;
using Campaign.Modules.TargetLists;

namespace Campaign.Web.CommandLine;

/// <summary><c>campaign score</c>: scores a new file with a saved model.</summary>
public static class ScoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The customer file, CSV or XLSX; it needs no recorded class. Customers who were in training are scored by the models that never saw them, new ones by the final model; the column scored_by says which." };
        var model = new Option<string>("--model") { Required = true, Description = "The model folder that 'campaign run' wrote." };
        var output = new Option<string>("--out") { Required = true, Description = "The scores file to write; - for standard output." };
        var asOf = new Option<string?>("--as-of") { Description = "The day the file was drawn, as 2024-02-29, for models that count time; without it the latest date in the file." };
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => Environment.ProcessorCount, Description = "Threads to score with; the result does not depend on it." };
        var command = new Command("score", "Scores a new file with a saved model.") { file, model, output, asOf, threads };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(threads) < 1)
            {
                throw new RefusedException("--threads must be 1 or more.");
            }

            Score(parsed.GetValue(file)!, parsed.GetValue(model)!, parsed.GetValue(output)!, Day(parsed.GetValue(asOf)), parsed.GetValue(threads), cancellation);
            return Task.FromResult(0);
        });
        return command;
    }

    private static DateOnly? Day(string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new RefusedException("--as-of must be a day as 2024-02-29.");

    private static void Score(string path, string modelFolder, string output, DateOnly? asOf, int threadCount, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new RefusedException($"There is no file '{path}': check the path.");
        }

        using var package = ModelPackage.Open(modelFolder);
        var threshold = package.Threshold ?? throw new RefusedException("This model has no threshold yet: set one in its run and save the model again.");
        var columns = Directory.CreateTempSubdirectory("campaign-score-");
        try
        {
            var kinds = package.Manifest.InputKinds();
            if (package.Manifest.IdColumn is { } id)
            {
                kinds[id] = ColumnKind.Text;
            }

            using var table = DatasetCatalog.ReadFile(path, Path.GetFileName(path), Path.Combine(columns.FullName, "columns"), kinds, DateForms(package.Manifest), cancellation);
            var referenceDay = asOf ?? DerivedFeature.ReferenceDay(table, package.Manifest.DerivedFeatures, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1));
            var scored = package.ScoreCustomers(table, threadCount, referenceDay, cancellation);
            var probabilities = package.Manifest.Calibration?.ProbabilitiesOf(scored.LogOdds);
            Write(output, stream => ScoresCsv.WriteNew(
                stream, CustomerIds(table, package.Manifest.IdColumn), LogOdds.ToScores(scored.LogOdds), probabilities, scored.ByHeldOutModels, threshold));
            foreach (var (column, rowCount) in CategoryCodes.Unseen(table, package.Manifest.Features))
            {
                Console.Error.WriteLine(TerminalText.Escape(string.Create(
                    CultureInfo.InvariantCulture, $"Warning: column '{column}' holds values in {rowCount:N0} rows that training never saw; they count as missing.")));
            }

            Console.Error.WriteLine(InWords(scored, package.Manifest));
        }
        finally
        {
            columns.Delete(recursive: true);
        }
    }

    /// <summary>How many rows were scored by which models.</summary>
    internal static string InWords(CustomerScores scored, ModelManifest manifest)
    {
        var known = scored.ByHeldOutModels.Count(byHeldOut => byHeldOut);
        var other = scored.ByHeldOutModels.Length - known;
        return manifest.KnownCustomers is null
            ? string.Create(CultureInfo.InvariantCulture, $"Scored {other:N0} rows, all by the final model: the model keeps no customers, as {(manifest.IdColumn is null ? "its training file had no ids" : "it is a copy that left them behind")}. Rows that it was trained on can't be told, and are scored by a model that has seen them.")
            : string.Create(CultureInfo.InvariantCulture, $"Scored {known + other:N0} rows: {known:N0} of customers who were in training, by the models that never saw them, and {other:N0} of customers whom no model was trained on, by the final model.");
    }

    private static Dictionary<string, DateForm> DateForms(ModelManifest manifest) =>
        manifest.DateForms.Where(pair => Enum.TryParse<DateForm>(pair.Value, out _)).ToDictionary(pair => pair.Key, pair => Enum.Parse<DateForm>(pair.Value));

    private static IEnumerable<string> CustomerIds(ColumnTable table, string? idColumn)
    {
        var column = idColumn is null ? -1 : table.IndexOf(idColumn);
        for (var row = 0; row < table.RowCount; row++)
        {
            yield return (column < 0 ? null : table.Text(column, row)) ?? (row + 1).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static void Write(string output, Action<Stream> write)
    {
        if (output == "-")
        {
            using var standardOutput = Console.OpenStandardOutput();
            write(standardOutput);
            return;
        }

        using var file = new OutputFile(output);
        write(file.Stream);
        file.Commit();
    }
}
