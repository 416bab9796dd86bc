using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Campaign.Modules.Platform.Charts;
using Xunit;

namespace Campaign.Tests.Platform.Charts;

public sealed partial class ChartSvgTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\" onload=\"alert(1)")]
    [InlineData("a\u0000\u0001\u000b\ufffe and a lone \ud800")]
    [InlineData("Ähre & ελλάδα 'x' 漢字 😀")]
    public void A_hostile_name_stays_a_text_wherever_it_stands(string name)
    {
        var chart = Bars(name);
        var svg = XElement.Parse(ChartSvg.Draw(chart).ToString());
        var figure = XElement.Parse(ChartFigure.Of(chart with { Table = new([name, name], [[name, name]]) }).ToString());

        Assert.DoesNotContain(figure.DescendantsAndSelf().Concat(svg.DescendantsAndSelf()), element => element.Name.LocalName is "script" or "style" or "img");
        Assert.DoesNotContain(figure.DescendantsAndSelf().Concat(svg.DescendantsAndSelf()).Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName == "style");
        Assert.StartsWith(XElement.Parse(new Markup().Element("p", name).ToString()).Value, svg.Attribute("aria-label")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_axis_says_what_it_measures_and_every_mark_what_it_stands_for()
    {
        var svg = XElement.Parse(ChartSvg.Draw(Bars("Balance")).ToString());

        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal(["Balance", "share"], svg.Elements("text").Where(text => text.Attribute("class")?.Value == "axis-title").Select(text => text.Value).Order());
        var bars = svg.Elements("g").Where(group => group.Attribute("class")!.Value == "tone-normal").Elements("rect").ToArray();
        Assert.Equal(["bin 0", "bin 1", "bin 3"], bars.Select(bar => bar.Element("title")!.Value));
    }

    [Fact]
    public void A_bar_is_as_high_as_its_share_of_the_axis()
    {
        var svg = XElement.Parse(ChartSvg.Draw(Bars("Balance")).ToString());
        var heights = svg.Elements("g").Elements("rect").Where(bar => bar.Element("title") is not null).Select(bar => Number(bar, "height")).ToArray();

        // The axis goes from 0 to 0.4 over 170 units.
        Assert.Equal([42.5, 85, 170], heights);
    }

    [Fact]
    public void Texts_below_the_plot_keep_apart_and_inside_the_drawing()
    {
        string[] edges = [.. Enumerable.Range(0, 31).Select(edge => (edge * 1_234_567).ToString("N0", CultureInfo.InvariantCulture))];
        var chart = new Chart("t", ChartAxis.Edges("x", edges), ChartAxis.Shares("y", 1), []);

        var texts = XElement.Parse(ChartSvg.Draw(chart).ToString()).Elements("text").Where(text => edges.Contains(text.Value)).ToArray();

        Assert.InRange(texts.Length, 3, 8);
        var ends = texts.Select(text => (Middle: Number(text, "x"), Half: TextWidth.Of(text.Value, ChartSvg.FontSize) / 2)).ToArray();
        Assert.All(ends, end => Assert.True(end.Middle - end.Half >= -0.1 && end.Middle + end.Half <= 360.1));
        Assert.All(ends.Zip(ends.Skip(1)), pair => Assert.True(pair.First.Middle + pair.First.Half < pair.Second.Middle - pair.Second.Half));
    }

    [Fact]
    public void A_name_that_is_too_long_is_cut_and_whole_in_its_tooltip()
    {
        const string name = "Salaried employee of a private company with more than 250 employees";
        var chart = new Chart("t", ChartAxis.Shares("x", 1), ChartAxis.Names("", [name, "Student"]), []);

        var cut = XElement.Parse(ChartSvg.Draw(chart).ToString()).Elements("text").Single(text => text.Element("title") is not null);

        Assert.Equal(name, cut.Element("title")!.Value);
        Assert.EndsWith("…", cut.Nodes().OfType<XText>().Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_undefined_is_not_drawn()
    {
        var chart = new Chart(
            "t", ChartAxis.Shares("x", 1), ChartAxis.Names("", ["a", "b"]),
            [new("share", ChartTone.Affluent, [new ChartDot(double.NaN, 0.5, double.NaN, double.NaN, "a"), new ChartDot(0.5, 1.5, 0.4, 0.6, "b")]), new("line", ChartTone.Second, [new ChartPath([(0, 0.2), (0.5, double.NaN), (1, 1)])])])
        {
            Rules = [new("whole file", ChartTone.Overall, double.NaN)],
        };

        var svg = ChartSvg.Draw(chart).ToString();

        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("whole file", svg, StringComparison.Ordinal);
        Assert.Equal(2, XElement.Parse(svg).Descendants("polyline").Single(line => line.Attribute("points") is not null).Attribute("points")!.Value.Split(' ').Length);
    }

    [Fact]
    public void An_axis_of_shares_ends_at_all()
    {
        Assert.Equal(1, ChartAxis.Shares("x", 0.93).To);
        Assert.Equal(1, ChartAxis.Shares("x", 1).To);
        Assert.Equal(0.08, ChartAxis.Shares("x", 0.07).To);
        Assert.Equal(1, ChartAxis.Shares("x", double.NaN).To);
        Assert.True(ChartAxis.Shares("x", 0).To > 0);
    }

    [Fact]
    public void Every_tone_has_its_colour_in_the_style_sheet()
    {
        ChartTone[] tones = [ChartTone.Normal, ChartTone.Affluent, ChartTone.Second, ChartTone.Overall, ChartTone.Threshold, .. ChartTone.HeatSteps, .. ChartTone.AgainstSteps];

        Assert.All(tones, tone => Assert.Contains($".{tone.CssClass} {{", ChartStyle.Charts, StringComparison.Ordinal));
        var named = Variable().Matches(ChartStyle.Charts).Select(match => match.Groups[1].Value).Distinct();
        Assert.All(named, name => Assert.Contains($"{name}:", ChartStyle.Palette + ChartStyle.Charts, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.01, 1)]
    [InlineData(0.143, 2)]
    [InlineData(0.5, 4)]
    [InlineData(1, 7)]
    [InlineData(1.2, 7)]
    public void A_heat_step_is_a_seventh(double share, int level)
    {
        Assert.Equal($"heat-{level}", ChartTone.Heat(share).CssClass);
        Assert.Equal($"against-{level}", ChartTone.Against(share).CssClass);
    }

    private static Chart Bars(string name) => new(
        name, ChartAxis.Edges(name, ["0", name, "20", "30", "40"]), ChartAxis.Shares("share", 0.4),
        [new("normals", ChartTone.Normal, [.. new[] { 0.1, 0.2, 0, 0.4 }.Select((share, bin) => new ChartBox(bin, bin + 0.9, 0, share, $"bin {bin}"))])]);

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"var\((--[a-z-]+)\)")]
    private static partial Regex Variable();
}
