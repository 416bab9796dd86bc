using System.Net;
using System.Text.Json;
using Campaign.Learning.Metrics;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Governance;
using Campaign.Tests.Support;
using Xunit;

namespace Campaign.Tests.Governance;

public class ModelCardPdfTests
{
    [Fact]
    public void Every_section_stands_in_its_order()
    {
        var html = ModelCardPdf.ToHtml(SampleDocuments.Card());

        var places = Enumerable.Range(1, 21).Select(section => html.IndexOf($"<h2>{section}  ", StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Contains("not recorded by this version", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_that_makes_the_model_again_says_all_that_decides_it()
    {
        var card = SampleDocuments.Card();
        var exact = card with { Training = card.Training with { PromiseKind = PromiseKind.Exact } };

        Assert.Contains("--seed 17 --promise exact --trials 2 with", ModelCardPdf.ToHtml(exact), StringComparison.Ordinal);
        Assert.Contains("--seed 17 --quick with", ModelCardPdf.ToHtml(card with { Training = card.Training with { Quick = true } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_can_not_become_markup_or_style()
    {
        const string evil = "x</style><script>alert(1)</script>\"; } body { display: none";
        var html = ModelCardPdf.ToHtml(SampleDocuments.Card(evil, "<img src=x onerror=1>.csv"));

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        var style = html[html.IndexOf("<style>", StringComparison.Ordinal)..html.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.DoesNotContain("body { display", style, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=1&gt;.csv", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("</style>").Length - 1);
    }

    [Fact]
    public void The_page_loads_nothing_from_elsewhere()
    {
        var html = ModelCardPdf.ToHtml(SampleDocuments.Card());

        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Undefined_rates_are_said_and_never_a_number()
    {
        var card = SampleDocuments.Card();
        var empty = card with { Training = card.Training with { Candidates = [] }, Results = card.Results with { Counts = new ConfusionCounts(0, 0, 1093, 5515) }, Fairness = card.Fairness with { Columns = [] }, Reasons = new CardReasons(0, 0, []) };
        var html = ModelCardPdf.ToHtml(empty);

        Assert.Contains("undefined (out of 0)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_measured_stands_with_its_intervals_and_its_assumption()
    {
        var html = ModelCardPdf.ToHtml(SampleDocuments.Card());

        foreach (var told in new[]
        {
            "0.877 (0.861 to 0.892)", "0.654 (0.623 to 0.684)", "4.321 (4.116 to 4.527)", "Between 312 and 560 customers recorded normal are affluent, if the hidden affluents were overlooked at random",
            "It does not carry over to the hidden affluents", "0.732 (0.701 to 0.761)", "68.2 % (65.1 to 71.2)", "the most frequent value spelled anew", "&#39;february.csv&#39; of 2 Feb 2026",
            "Reliability: mean probability against the share recorded affluent",
        })
        {
            Assert.Contains(told, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_candidate_stands_with_its_intervals_and_the_simple_rule_is_compared_with()
    {
        var html = WebUtility.HtmlDecode(ModelCardPdf.ToHtml(SampleDocuments.Card()));

        Assert.Contains("The only candidate that was not a rule.", html, StringComparison.Ordinal);
        Assert.Contains("2.3 (2.0 to 2.7)", html, StringComparison.Ordinal);
        Assert.Contains("a rule on 'CASATD_CNT' alone: area under the ROC curve 0.765 (0.752 to 0.779)", html, StringComparison.Ordinal);
        Assert.Contains("their lists had 2,311 to 2,355 rows recorded normal", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_that_makes_it_again_names_what_was_asked_for()
    {
        var card = SampleDocuments.Card();

        Assert.Contains("--recall 0.9 --confidence 0.95 --seed 17 --trials 2 with", ModelCardPdf.ToHtml(card), StringComparison.Ordinal);
        Assert.Contains(
            "--seed 17 --promise exact --quick with",
            ModelCardPdf.ToHtml(card with { Training = card.Training with { Quick = true, Trials = [], PromiseKind = PromiseKind.Exact } }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_way_to_approval_is_told_with_its_reasons()
    {
        var html = ModelCardPdf.ToHtml(SampleDocuments.Card() with { Approval = [new CardAct("approved", "Mei", DateTime.UnixEpoch, "Beats the last one")] });

        Assert.Contains("Beats the last one", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_an_earlier_version_says_that_it_was_not_measured()
    {
        var card = SampleDocuments.Card();
        var html = ModelCardPdf.ToHtml(card with { Results = card.Results with { Measures = null }, Robustness = null });

        Assert.Contains("<tr><th scope=\"row\">How many affluents are hidden</th><td class=\"missing\">not recorded by this version</td></tr>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_have_verdicts_against_the_limits_and_small_ones_none()
    {
        var html = WebUtility.HtmlDecode(ModelCardPdf.ToHtml(SampleDocuments.Card()));

        Assert.Contains("gap of at most 7 percentage points, ratio of at least 0.80, groups of at least 30 recorded affluents", html, StringComparison.Ordinal);
        Assert.Contains("Board decision 12", html, StringComparison.Ordinal);
        Assert.Contains("gn_occ (trained on): outside", html, StringComparison.Ordinal);
        Assert.Contains("HOUSEWIFE and PMEB", html, StringComparison.Ordinal);
        Assert.Contains("STUDENT (cannot tell: fewer than 30 recorded affluents)", html, StringComparison.Ordinal);
        Assert.Contains("NOBLE (cannot tell: fewer than 5 rows, no figures)", html, StringComparison.Ordinal);
        Assert.Contains("C_AGE (not trained on): cannot tell", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Money_is_called_a_guess_with_its_author_and_missing_money_is_said()
    {
        var card = SampleDocuments.Card();
        var html = WebUtility.HtmlDecode(ModelCardPdf.ToHtml(card));
        var without = WebUtility.HtmlDecode(ModelCardPdf.ToHtml(card with { Threshold = card.Threshold with { Money = null } }));

        Assert.Contains("Money, by guesses of Aina", html, StringComparison.Ordinal);
        Assert.Contains("A converted affluent is worth RM 1,000, a contact costs RM 20, and 25 % of the affluents contacted convert.", html, StringComparison.Ordinal);
        Assert.Contains("RM 44,203", html, StringComparison.Ordinal);
        Assert.Contains("nobody has said what a contact brings and costs", without, StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_survives_its_file()
    {
        var card = SampleDocuments.Card();
        var read = JsonSerializer.Deserialize<ModelCard>(JsonSerializer.Serialize(card, RunDocuments.Json), RunDocuments.Json)!;

        Assert.Equal(ModelCardPdf.ToHtml(card), ModelCardPdf.ToHtml(read));
    }

    [FactWithTool("chromium", "qpdf", "pdftotext", "pdffonts")]
    public async Task The_pdf_holds_the_records_numbers_with_its_fonts_inside()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("card.pdf");
        using var printer = ChromiumPrinter.OfThisMachine();
        await printer.PrintAsync(ModelCardPdf.ToHtml(SampleDocuments.Card("Frühling Ελλάδα ğ")), path);

        await Tool.RunAsync("qpdf", "--check", path);
        var text = await Tool.RunAsync("pdftotext", "-layout", path, "-");
        foreach (var number in new[] { "0.916", "0.311", "0.877", "0.654", "4.321", "0.0873", "1,093", "2,213", "0.765", "0.987", "16.5 %", "71.5 %", "not independently reviewed", "page 1 of", "Frühling Ελλάδα ğ" })
        {
            Assert.Contains(number, text, StringComparison.Ordinal);
        }

        var fonts = (await Tool.RunAsync("pdffonts", path)).Split('\n').Skip(2).Where(line => line.Length > 0).ToArray();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, font => Assert.Contains(" yes ", font, StringComparison.Ordinal));
        Assert.DoesNotContain(fonts, font => font.Contains("Type 3", StringComparison.Ordinal));
        Assert.Contains(fonts, font => font.Contains("Inter", StringComparison.Ordinal));
    }
}
