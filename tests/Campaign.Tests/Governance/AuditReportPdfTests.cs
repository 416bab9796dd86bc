using Campaign.Modules.Governance;
using Xunit;

namespace Campaign.Tests.Governance;

public class AuditReportPdfTests
{
    [Fact]
    public void Every_section_stands_in_its_order()
    {
        var html = AuditReportPdf.ToHtml(SampleDocuments.Report());

        var places = Enumerable.Range(1, 18).Select(section => html.IndexOf($"<h2>{section}  ", StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void A_broken_trail_is_said_with_its_place()
    {
        Assert.Contains("whole: 23 entries recomputed", AuditReportPdf.ToHtml(SampleDocuments.Report()), StringComparison.Ordinal);
        Assert.Contains("BROKEN after 23 entries: entry 24 is missing", AuditReportPdf.ToHtml(SampleDocuments.Report("entry 24 is missing")), StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_model_steps_and_entries_are_in_it()
    {
        var html = AuditReportPdf.ToHtml(SampleDocuments.Report());

        Assert.All([new string('a', 64), new string('b', 64), "1 min 14 s", "threshold set", "toContact: 1955", "Beats the last one", "etb 3", "approved, champion"], text => Assert.Contains(text, html, StringComparison.Ordinal));
    }
}
