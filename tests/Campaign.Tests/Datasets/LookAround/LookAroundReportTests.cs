using System.Net;
using System.Text;
using System.Xml.Linq;
using Campaign.Learning.Profiles;
using Campaign.Modules.Datasets.Contracts;
using Campaign.Modules.Datasets.LookAround;
using Xunit;

namespace Campaign.Tests.Datasets.LookAround;

public sealed class LookAroundReportTests
{
    private static readonly DateTime Made = new(2026, 3, 2, 9, 30, 0, DateTimeKind.Utc);

    [Fact]
    public void Sixty_columns_fit_into_two_megabytes()
    {
        var html = LookAroundReport.ToHtml(Dataset(), SampleProfile.Build(60, mapSide: 40), Made);

        Assert.InRange(Encoding.UTF8.GetByteCount(html), 200_000, 1_999_999);
    }

    [Fact]
    public void A_report_needs_nothing_from_elsewhere_and_runs_nothing()
    {
        var html = LookAroundReport.ToHtml(Dataset(), SampleProfile.Build(), Made);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Body(SampleProfile.Build()).DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "src" or "href" or "action" or "style");
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_values_of_the_file_never_become_markup()
    {
        var html = LookAroundReport.ToHtml(Dataset("</style><script>x</script>.csv"), SampleProfile.Build(), Made);

        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("</style>").Length - 1);
        Assert.Contains("&lt;b&gt;Ärztin&lt;/b&gt; &amp; Co", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_says_what_it_is_of()
    {
        var text = WebUtility.HtmlDecode(LookAroundReport.ToHtml(Dataset(), SampleProfile.Build(), Made));

        Assert.All(
            ["customers.csv", new string('a', 64), "2 Mar 2026, 09:30 UTC", "66,000", "4,620 (7.0 %)", "no customer's row is in it"],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_chart_has_a_name_and_its_numbers_behind_it()
    {
        var figures = Body(SampleProfile.Build()).Descendants("figure").ToArray();

        // Two for each of eleven columns, the matrix, two maps, the planes.
        Assert.Equal(26, figures.Length);
        Assert.All(figures, figure =>
        {
            Assert.NotEmpty(figure.Element("figcaption")!.Value);
            Assert.NotEmpty(figure.Descendants("svg"));
            Assert.All(figure.Descendants("svg"), svg => Assert.True(svg.Attribute("role")!.Value == "img" && svg.Attribute("aria-label")!.Value.Length > 0));
            Assert.NotEmpty(figure.Element("details")!.Descendants("tbody").Single().Elements());
        });
    }

    [Fact]
    public void The_numbers_are_those_of_the_profile()
    {
        var profile = SampleProfile.Build();
        var figures = Body(profile).Descendants("figure").ToArray();
        var assets = profile.Columns[0];

        var spread = Rows(figures, "How Asset value is spread");
        Assert.Equal(assets.Numbers!.Histogram.Select(bin => Plain(bin.Count.Normal)), spread.Select(row => row[1].Split(' ')[0]));
        Assert.Equal(assets.Numbers.Histogram.Select(bin => Plain(bin.Count.Affluent)), spread.Select(row => row[2].Split(' ')[0]));
        var shares = Rows(figures, "Affluent share by Asset value");
        Assert.Equal(assets.Numbers.Tenths.Select(bin => Plain(bin.Count.Rows)).Append(Plain(assets.Missing.Rows)), shares.Select(row => row[1]));
        Assert.Equal("no value", shares[^1][0]);
        var pairs = Rows(figures, "How strongly two columns go together");
        Assert.Equal(profile.Associations.Names.Count * (profile.Associations.Names.Count - 1) / 2, pairs.Length);
        Assert.Equal(["MTHCASA, MAXCASA", "0.940", "Pearson's correlation"], pairs[0]);
        Assert.Equal("–", pairs[^1][1]);
        var cells = Rows(figures, "Where the customers lie");
        Assert.Equal(profile.Principal!.Cells.Select(cell => (Plain(cell.Count.Normal), Plain(cell.Count.Affluent))), cells.Select(row => (row[1], row[2])));
    }

    [Fact]
    public void A_profile_with_hardly_anything_in_it_is_told_all_the_same()
    {
        var profile = new DatasetProfile(
            5, 0, [new("note", Campaign.Learning.Columns.ColumnKind.Text, new(5, 0), default, double.NaN, double.NaN, null, null)], new([], [], []), null, null);

        var text = Body(profile).Value;

        Assert.Contains("No column alone tells affluents and normals apart.", text, StringComparison.Ordinal);
        Assert.Contains("There are not two columns that can be compared.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    internal static DatasetSummary Dataset(string fileName = "customers.csv") => new(
        Guid.Parse("7f3a91c2-0000-4000-8000-1234567890ab"), fileName, new string('a', 64), 1234, 66_000, new ColumnRoles(null, "segment", "affluent", [], [], [], []),
        true, "Aina", Made, "UTF-8, comma", 0, 0);

    private static XElement Body(DatasetProfile profile)
    {
        var html = LookAroundReport.ToHtml(Dataset(), profile, Made);
        return XElement.Parse(html[html.IndexOf("<main>", StringComparison.Ordinal)..(html.IndexOf("</main>", StringComparison.Ordinal) + 7)]);
    }

    private static string[][] Rows(XElement[] figures, string title) =>
        [.. figures.Single(figure => figure.Element("figcaption")!.Value == title).Descendants("tbody").Single().Elements().Select(row => row.Elements().Select(cell => cell.Value).ToArray())];

    private static string Plain(long count) => count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
