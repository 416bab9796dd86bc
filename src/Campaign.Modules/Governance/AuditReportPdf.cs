using System.Globalization;
using System.Text.Json;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Governance;

/// <summary>The audit report of one run as a document: sections 1 to 18, none left out.</summary>
internal static class AuditReportPdf
{
    public static string ToHtml(AuditReport report)
    {
        var page = new HtmlPage();
        Cover(page, report);
        Data(page, report.Data);
        Training(page, report);
        Entries(page, report);
        page.Section("9  Access").Missing("Users, roles and their changes, failed sign-ins")
            .Section("10  Consent").Missing("Opt-outs and contacts after them")
            .Section("11  Monitoring").Missing("Drift, accuracy, fairness by month, alerts")
            .Section("12  Outcomes").Missing("Lift of each campaign with its interval")
            .Section("13  Overrides, complaints, corrections").Missing("Individual reviews")
            .Section("14  API use").Missing("Callers, calls, errors")
            .Section("15  Changes").Facts(report.Training.Versions.Select(version => (version.Key, (string?)version.Value)))
            .Missing("Settings, key rotation, backups, restore drills")
            .Section("16  Exceptions and open issues").Missing("Open issues with owner and date")
            .Section("17  Method")
            .Paragraph("Sections 1 and 5 to 8: read from the audit trail, recomputed entry by entry before this report was made. Sections 2, 3, 4 and 15: read from the model register and from the record of the file and of the run. No number was typed.")
            .Section("18  Signatures and check")
            .Table(["Role", "Name", "Date", "Signature"], [["Compliance", "", "", ""]])
            .Paragraph($"To check the file offline: its SHA-256 must be {report.Data.Fingerprint}. To check the model: {string.Join("; ", report.Training.ModelFiles.Select(file => $"the SHA-256 of model/{file.Key} must be {file.Value}"))}.");
        return page.ToHtml($"Audit report: {report.ModelName}", $"Audit report: {report.ModelName}", report.Review);
    }

    private static void Cover(HtmlPage page, AuditReport report)
    {
        page.Title(report.ModelName).Badge(report.Review)
        .Section("1  Scope").Facts(
            ("About", $"model run {report.RunId}: its file, its training, its lists"),
            ("Period", "from the upload of the file to the making of this report"),
            ("Made", InWords.When(report.GeneratedUtc)),
            ("Campaign version", report.AppVersion),
            ("Audit trail", report.Trail.FirstBreak is { } fault
                ? $"BROKEN after {InWords.Count(report.Trail.EntryCount, "entry", "entries")}: {fault}"
                : $"whole: {InWords.Count(report.Trail.EntryCount, "entry", "entries")} recomputed, no break"))
        .Section("2  Inventory");
        if (report.Models.Count == 0)
        {
            page.Paragraph("No model is registered.");
            return;
        }

        page.Table(
            ["Model", "Stage", "Registered", "By", "Approved by"],
            report.Models.Select(model => new[] { model.Name, model.Stage, InWords.When(model.RegisteredUtc), model.RegisteredBy, model.ApprovedBy ?? "–" }));
    }

    private static void Data(HtmlPage page, ReportData data) => page.Section("3  Data received").Facts(
        ("File", data.FileName),
        ("Received from", data.ReceivedFrom),
        ("Received", InWords.When(data.ReceivedUtc)),
        ("Size", InWords.Count(data.ByteCount, "byte")),
        ("Read as", data.ReadAs),
        ("Rows kept", InWords.Count(data.KeptRowCount)),
        ("Rows rejected", InWords.Count(data.RejectedRowCount)),
        ("Fingerprint (SHA-256)", data.Fingerprint),
        ("Consent basis, retention date, deletions", null));

    private static void Training(HtmlPage page, AuditReport report)
    {
        var training = report.Training;
        page.Section("4  Training").Facts(
            ("Started by", training.StartedBy),
            ("Asked for", InWords.When(training.RequestedUtc)),
            ("Done", training.CompletedUtc is { } done ? InWords.When(done) : HtmlPage.NoData),
            ("Algorithm", $"{training.Algorithm}, {InWords.Count(training.TreeCount, "tree")}"),
            ("Seed", training.Seed.ToString(CultureInfo.InvariantCulture)),
            ("Quick run", training.Quick ? "yes" : "no"),
            ("Model hash (SHA-256)", training.ModelHash),
            ("Threshold in force", training.Threshold is { } score ? $"{InWords.Score(score)}: {training.ThresholdInWords}" : "none"),
            ("Peak memory", InWords.Size(training.PeakMemoryBytes)),
            ("Reproduced", null));
        page.Table(
            ["Step", "Time"],
            training.Stages.Select(stage => new[] { stage.Name, InWords.Duration(stage.Seconds) })
                .Append(["All steps", InWords.Duration(training.Stages.Sum(stage => stage.Seconds))]),
            1);
    }

    private static void Entries(HtmlPage page, AuditReport report)
    {
        page.Section("5  Approvals").Paragraph(report.Review == CardCover.NotReviewed ? "None: " + CardCover.NotReviewed + "." : report.Review);
        var acts = report.Entries.Where(entry => entry.Subject.StartsWith("model:", StringComparison.Ordinal)).ToList();
        if (acts.Count > 0)
        {
            Table(page, acts);
        }

        page.Section("6  Threshold changes");
        Table(page, report.Entries.Where(entry => entry.Action == AuditActions.ThresholdSet));
        page.Section("7  Lists");
        Table(page, report.Entries.Where(entry => entry.Subject.StartsWith("list:", StringComparison.Ordinal) && entry.Action != AuditActions.Downloaded));
        page.Section("8  Exports and downloads");
        Table(page, report.Entries.Where(entry => entry.Action == AuditActions.Downloaded));
        page.Heading("All entries about this run");
        Table(page, report.Entries);
    }

    /// <summary>'name: value' for each detail.</summary>
    private static string DetailsInWords(string? json)
    {
        if (json is null)
        {
            return "";
        }

        using var details = JsonDocument.Parse(json);
        return details.RootElement.ValueKind == JsonValueKind.Object
            ? string.Join(", ", details.RootElement.EnumerateObject().Select(detail => $"{detail.Name}: {(detail.Value.ValueKind == JsonValueKind.Null ? "none" : detail.Value)}"))
            : json;
    }

    private static void Table(HtmlPage page, IEnumerable<ReportEntry> entries)
    {
        var rows = entries.Select(entry => new[]
        {
            entry.Sequence.ToString(CultureInfo.InvariantCulture), InWords.When(entry.Utc).Replace(' ', '\u00a0'), entry.Who, entry.Action, DetailsInWords(entry.Details),
        }).ToArray();
        if (rows.Length == 0)
        {
            page.Paragraph("None.");
            return;
        }

        page.Table(["No.", "When", "Who", "What", "Details"], rows, 0);
    }
}
