using static Campaign.Modules.Platform.Charts.Markup;

namespace Campaign.Modules.Platform.Charts;

/// <summary>Draws a <see cref="Chart"/> as SVG: from top to bottom the legend, the side axis's title, the plot, the bottom axis with its title.</summary>
internal sealed class ChartSvg
{
    public const double FontSize = 12;

    private const double Line = 18;
    private const double Gap = 8;
    private const double LongestSlanted = 130;

    private readonly Chart _chart;
    private readonly Markup _svg = new();
    private readonly List<IReadOnlyList<Key>> _legend;
    private readonly double _left;
    private readonly double _top;
    private readonly double _plotWidth;
    private readonly double _plotHeight;
    private readonly double _slanted;

    private ChartSvg(Chart chart)
    {
        _chart = chart;
        var widest = chart.Y.Ticks.Select(tick => TextWidth.Of(tick.Text, FontSize)).DefaultIfEmpty(0).Max();
        _left = Math.Min(0.42 * chart.Width, widest + Gap + 2);
        _plotWidth = chart.Width - _left - 12;
        _legend = Rows();
        _top = 4 + (_legend.Count * Line) + (chart.Scale is null ? 0 : Line) + (chart.Y.Title.Length == 0 ? 0 : Line + 4) + 4;
        _plotHeight = chart.IsSquare ? _plotWidth * (chart.Y.To - chart.Y.From) / (chart.X.To - chart.X.From) : chart.PlotHeight;
        var widestBelow = chart.X.NamesAll ? chart.X.Ticks.Select(tick => TextWidth.Of(tick.Text, FontSize)).DefaultIfEmpty(0).Max() : 0;
        _slanted = widestBelow > (_plotWidth / (chart.X.To - chart.X.From)) - 4 ? Math.Min(LongestSlanted, widestBelow) : 0;
    }

    public static Markup Draw(Chart chart) => new ChartSvg(chart).Draw();

    private Markup Draw()
    {
        var below = (_chart.X.Ticks.Count == 0 ? 0 : _slanted > 0 ? (0.72 * _slanted) + 16 : Line) + (_chart.X.Title.Length == 0 ? 2 : Line + 2);
        var height = _top + _plotHeight + below;
        var label = _chart.Description.Length == 0 ? _chart.Title : $"{_chart.Title}. {_chart.Description}";
        _svg.Open("svg", "drawing", ("viewBox", $"0 0 {_chart.Width} {Length(height)}"), ("width", Length(_chart.Width)), ("height", Length(height)), ("role", "img"), ("aria-label", label));
        Legend();
        Grid();
        foreach (var series in _chart.Series)
        {
            _svg.Open("g", series.Tone.CssClass);
            foreach (var mark in series.Marks)
            {
                Mark(mark);
            }

            _svg.Close("g");
        }

        foreach (var rule in _chart.Rules.Where(rule => double.IsFinite(rule.At)))
        {
            _svg.Shape("line", "rule " + rule.Tone.CssClass, rule.Name, ("x1", X(rule.At)), ("x2", X(rule.At)), ("y1", Length(_top)), ("y2", Length(_top + _plotHeight)));
        }

        SideAxis();
        BottomAxis(height);
        return _svg.Close("svg");
    }

    private void Mark(ChartMark mark)
    {
        switch (mark)
        {
            case ChartBox box when box.Left != box.Right && box.Low != box.High:
                var (left, right) = (AtX(box.Left), AtX(box.Right));
                var (first, second) = (AtY(box.Low), AtY(box.High));
                _svg.Shape("rect", null, box.Title, ("x", Length(left)), ("y", Length(Math.Min(first, second))), ("width", Length(right - left)), ("height", Length(Math.Abs(second - first))));
                break;
            case ChartDot dot when !double.IsNaN(dot.X):
                _svg.Shape("line", null, "", ("x1", X(dot.Left)), ("x2", X(dot.Right)), ("y1", Y(dot.Y)), ("y2", Y(dot.Y)));
                _svg.Shape("circle", null, dot.Title, ("cx", X(dot.X)), ("cy", Y(dot.Y)), ("r", "4"));
                break;
            case ChartPath path:
                _svg.Shape("polyline", null, "", ("points", string.Join(' ', path.Points.Where(point => !double.IsNaN(point.Y)).Select(point => $"{X(point.X)},{Y(point.Y)}"))));
                break;
        }
    }

    private void Grid()
    {
        var (right, bottom) = (_left + _plotWidth, _top + _plotHeight);
        if (_chart.IsSquare)
        {
            _svg.Shape("rect", "frame", "", ("x", Length(_left)), ("y", Length(_top)), ("width", Length(_plotWidth)), ("height", Length(_plotHeight)));
            return;
        }

        foreach (var tick in _chart.Y.HasGrid ? _chart.Y.Ticks : [])
        {
            _svg.Shape("line", "grid", "", ("x1", Length(_left)), ("x2", Length(right)), ("y1", Y(tick.At)), ("y2", Y(tick.At)));
        }

        foreach (var tick in _chart.X.HasGrid && !_chart.Y.HasGrid ? _chart.X.Ticks : [])
        {
            _svg.Shape("line", "grid", "", ("x1", X(tick.At)), ("x2", X(tick.At)), ("y1", Length(_top)), ("y2", Length(bottom)));
        }

        foreach (var tick in _chart.X.HasGrid || _chart.X.NamesAll ? [] : _chart.X.Ticks)
        {
            _svg.Shape("line", "axis", "", ("x1", X(tick.At)), ("x2", X(tick.At)), ("y1", Length(bottom)), ("y2", Length(bottom + 3)));
        }

        _svg.Shape("line", "axis", "", ("x1", Length(_left)), ("x2", Length(right)), ("y1", Length(bottom)), ("y2", Length(bottom)));
    }

    private void SideAxis()
    {
        foreach (var tick in _chart.Y.Ticks)
        {
            var fitted = TextWidth.Fit(tick.Text, FontSize, _left - Gap);
            _svg.Open("text", null, ("x", Length(_left - Gap + 2)), ("y", Length(AtY(tick.At) + 4)), ("text-anchor", "end"));
            Cut(fitted, tick.Text);
        }

        if (_chart.Y.Title.Length > 0)
        {
            _svg.Open("text", "axis-title", ("x", "2"), ("y", Length(_top - 13)));
            Cut(TextWidth.Fit(_chart.Y.Title, FontSize, _chart.Width - 4), _chart.Y.Title);
        }
    }

    private void BottomAxis(double height)
    {
        var y = _top + _plotHeight + 15;
        foreach (var tick in _slanted > 0 ? _chart.X.Ticks : Apart())
        {
            var (x, width) = (AtX(tick.At), TextWidth.Of(tick.Text, FontSize));
            if (_slanted > 0)
            {
                _svg.Open("text", null, ("text-anchor", "end"), ("transform", $"translate({Length(x + 4)} {Length(y - 4)}) rotate(-45)"));
                Cut(TextWidth.Fit(tick.Text, FontSize, LongestSlanted), tick.Text);
                continue;
            }

            // A text at either end is moved inwards rather than cut off by the drawing's edge.
            _svg.Element("text", tick.Text, null, ("x", Length(Middle(x, width))), ("y", Length(y)), ("text-anchor", "middle"));
        }

        if (_chart.X.Title.Length > 0)
        {
            var fitted = TextWidth.Fit(_chart.X.Title, FontSize, _chart.Width - 4);
            _svg.Open("text", "axis-title", ("x", Length(Middle(_left + (_plotWidth / 2), TextWidth.Of(fitted, FontSize)))), ("y", Length(height - 5)), ("text-anchor", "middle"));
            Cut(fitted, _chart.X.Title);
        }
    }

    /// <summary>Every first, second, third … tick, with as few left out as keep the texts apart.</summary>
    private List<ChartTick> Apart()
    {
        var ticks = _chart.X.Ticks;
        for (var step = 1; ; step++)
        {
            var kept = ticks.Where((tick, place) => place % step == 0 && tick.Text.Length > 0).ToList();
            var end = double.NegativeInfinity;
            if (kept.TrueForAll(tick =>
            {
                var width = TextWidth.Of(tick.Text, FontSize);
                var start = Middle(AtX(tick.At), width) - (width / 2);
                var fits = start >= end + Gap;
                end = start + width;
                return fits;
            }) || step >= ticks.Count)
            {
                return kept;
            }
        }
    }

    private double Middle(double x, double width) => Math.Max(width / 2, Math.Min(x, _chart.Width - (width / 2)));

    /// <summary>Ends a text that was opened; the whole of a cut one is its tooltip.</summary>
    private void Cut(string fitted, string whole)
    {
        _svg.Text(fitted);
        if (fitted != whole)
        {
            _svg.Element("title", whole);
        }

        _svg.Close("text");
    }

    private void Legend()
    {
        for (var row = 0; row < _legend.Count; row++)
        {
            foreach (var key in _legend[row])
            {
                var y = 4 + (row * Line) + 6;
                _svg.Open("g", (key.IsRule ? "key rule " : "key ") + key.Tone.CssClass);
                if (key.IsLine)
                {
                    _svg.Shape("line", null, "", ("x1", Length(key.X)), ("x2", Length(key.X + 16)), ("y1", Length(y)), ("y2", Length(y)));
                }

                if (key.Sample is ChartBox)
                {
                    _svg.Shape("rect", null, "", ("x", Length(key.X + 1)), ("y", Length(y - 5)), ("width", "14"), ("height", "10"));
                }
                else if (key.Sample is ChartDot)
                {
                    _svg.Shape("circle", null, "", ("cx", Length(key.X + 8)), ("cy", Length(y)), ("r", "4"));
                }

                _svg.Close("g").Element("text", key.Name, null, ("x", Length(key.X + 22)), ("y", Length(y + 4)));
            }
        }

        if (_chart.Scale is { } scale)
        {
            var y = 4 + (_legend.Count * Line);
            _svg.Element("text", scale.LowText, null, ("x", "2"), ("y", Length(y + 10)));
            var x = 2 + TextWidth.Of(scale.LowText, FontSize) + 6;
            var width = Math.Clamp((_chart.Width - x - 6 - TextWidth.Of(scale.HighText, FontSize)) / scale.Steps.Count, 3, 14);
            foreach (var tone in scale.Steps)
            {
                _svg.Open("g", tone.CssClass).Shape("rect", null, "", ("x", Length(x)), ("y", Length(y)), ("width", Length(width)), ("height", "12")).Close("g");
                x += width;
            }

            _svg.Element("text", scale.HighText, null, ("x", Length(x + 6)), ("y", Length(y + 10)));
        }
    }

    /// <summary>The legend's keys, in as many rows as the width asks for.</summary>
    private List<IReadOnlyList<Key>> Rows()
    {
        var keys = _chart.Series.Where(series => series.Name.Length > 0).Select(series => new Key(series.Name, series.Tone, series.Marks.Count == 0 ? null : series.Marks[0], false, 0))
            .Concat(_chart.Rules.Where(rule => double.IsFinite(rule.At)).Select(rule => new Key(rule.Name, rule.Tone, null, true, 0)));
        var rows = new List<IReadOnlyList<Key>>();
        var (row, x) = (new List<Key>(), 2.0);
        foreach (var key in keys)
        {
            var width = 22 + TextWidth.Of(key.Name, FontSize);
            if (row.Count > 0 && x + width > _chart.Width)
            {
                rows.Add(row);
                (row, x) = ([], 2);
            }

            row.Add(key with { X = x });
            x += width + 14;
        }

        if (row.Count > 0)
        {
            rows.Add(row);
        }

        return rows;
    }

    private string X(double position) => Length(AtX(position));

    private string Y(double position) => Length(AtY(position));

    private double AtX(double position) => _left + (Share(_chart.X, position) * _plotWidth);

    private double AtY(double position) => _top + ((_chart.Y.RunsDown ? Share(_chart.Y, position) : 1 - Share(_chart.Y, position)) * _plotHeight);

    private static double Share(ChartAxis axis, double position) => (Math.Clamp(position, axis.From, axis.To) - axis.From) / (axis.To - axis.From);

    private sealed record Key(string Name, ChartTone Tone, ChartMark? Sample, bool IsRule, double X)
    {
        public bool IsLine => IsRule || Sample is ChartDot or ChartPath;
    }
}
