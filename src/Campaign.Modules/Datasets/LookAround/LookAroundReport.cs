using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Platform;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Datasets.LookAround;

/// <summary>The whole look at a dataset as one HTML file: no script, nothing loaded from elsewhere, no customer's row.</summary>
public static class LookAroundReport
{
    public const string FileName = "look-around.html";

    private const string Sheet = """
        * { box-sizing: border-box; }
        body { font: 400 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--ground); margin: 0 auto; max-width: 66rem; padding: 2rem 1.25rem 4rem; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
        p { margin: 0 0 .75rem; }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1.5rem; margin: 0 0 1rem; }
        dt { color: var(--muted); }
        dd { margin: 0; overflow-wrap: anywhere; }
        .promise { border-left: 4px solid var(--brand); padding-left: .75rem; }
        @page { size: A4; margin: 14mm; }
        @media print {
          :root, :root:not([data-bs-theme]) { color-scheme: light; }
          body { font-size: 9.5pt; padding: 0; background: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          .look-meaning { font-size: 9pt; }
          h2 { break-after: avoid; }
        }
        """;

    /// <param name="madeUtc">When the report was made.</param>
    public static string ToHtml(DatasetSummary dataset, DatasetProfile profile, DateTime madeUtc)
    {
        var html = new Markup().Open("main")
            .Element("p", "A look around a customer file", "look-meaning").Element("h1", dataset.FileName).Open("dl");
        foreach (var (name, value) in Facts(dataset, profile, madeUtc))
        {
            html.Element("dt", name).Element("dd", value);
        }

        html.Close("dl")
            .Element("p", "This file holds counts and summaries only: no customer's row is in it. It needs no network and runs no script.", "promise")
            .Element("h2", "What tells affluents apart most").Add(LookAroundParts.MostTelling(profile, address: null))
            .Element("h2", "What goes together").Add(Associations.Of(profile.Associations));
        if (profile.Principal is { } principal)
        {
            html.Element("h2", "Map of the customers").Add(CustomerMaps.Principal(principal));
        }

        if (profile.SelfOrganising is { } selfOrganising)
        {
            html.Element("h2", "Groups of alike customers").Add(CustomerMaps.SelfOrganising(selfOrganising, profile));
        }

        html.Element("h2", $"Every column, the most telling first ({InWords.Count(profile.Columns.Count)})");
        foreach (var (_, column) in ColumnWordings.MostTellingFirst(profile))
        {
            html.Add(ColumnCard.Of(column, profile));
        }

        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            {new Markup().Element("title", $"A look around {dataset.FileName}")}
            <style>
            {ChartStyle.Palette}{ChartStyle.Charts}{Sheet}
            </style>
            </head>
            <body>
            {html.Close("main")}
            </body>
            </html>

            """;
    }

    private static IEnumerable<(string Name, string Value)> Facts(DatasetSummary dataset, DatasetProfile profile, DateTime madeUtc) =>
    [
        ("Made", InWords.When(madeUtc)),
        ("Fingerprint (SHA-256)", dataset.Fingerprint),
        ("Uploaded", $"{InWords.When(dataset.UploadedUtc)} by {dataset.UploadedByName}"),
        ("Rows", InWords.Count(profile.RowCount)),
        ("Recorded affluent", ValueText.CountAndShare(profile.AffluentRowCount, profile.RowCount)),
        ("Affluent means", $"{dataset.Roles.Label} is {dataset.Roles.AffluentValue}"),
    ];
}
