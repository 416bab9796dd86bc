using System.Globalization;

namespace Campaign.Modules.TargetLists;

/// <summary>A bar: the sheet's row that holds its name and its number, both also kept in the chart for programs that do not look there.</summary>
internal sealed record XlsxBar(int Row, string Name, double Value);

/// <summary>
/// A native chart of bars that lie, the first on top, each with its number. It points at the sheet's cells, so it follows what is changed
/// there.
/// </summary>
/// <param name="NameColumn">Letters of the column with the bars' names.</param>
/// <param name="ValueColumn">Letters of the column with their numbers.</param>
/// <param name="Corner">Left upper corner: column and row, from 0.</param>
/// <param name="OppositeCorner">Right lower corner.</param>
internal sealed record XlsxBarChart(
    string Title, string NameAxis, string ValueAxis, string NameColumn, string ValueColumn, IReadOnlyList<XlsxBar> Bars,
    (int Column, int Row) Corner, (int Column, int Row) OppositeCorner)
{
    private const string ChartNamespace = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private const string DrawingNamespace = "http://schemas.openxmlformats.org/drawingml/2006/main";
    private const string Ink = "3A4657";
    private const string Bar = "2F6DB5";

    /// <summary>Where the chart lies on the sheet; its only relation is rId1, the chart.</summary>
    public string DrawingXml() => string.Create(CultureInfo.InvariantCulture,
        $"""
        <xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="{DrawingNamespace}"><xdr:twoCellAnchor>
        <xdr:from><xdr:col>{Corner.Column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{Corner.Row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>
        <xdr:to><xdr:col>{OppositeCorner.Column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{OppositeCorner.Row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>
        <xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1" descr="{Title}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>
        <xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>
        <a:graphic><a:graphicData uri="{ChartNamespace}"><c:chart xmlns:c="{ChartNamespace}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></a:graphicData></a:graphic>
        </xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>
        """);

    /// <param name="sheet">The name of the sheet that holds the cells.</param>
    public string ChartXml(string sheet) => string.Create(CultureInfo.InvariantCulture,
        $"""
        <c:chartSpace xmlns:c="{ChartNamespace}" xmlns:a="{DrawingNamespace}"><c:roundedCorners val="0"/><c:chart>
        <c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr/></a:pPr><a:r>{Letters("rPr", 1300, bold: true)}<a:t>{Encode(Title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>
        <c:autoTitleDeleted val="0"/>
        <c:plotArea><c:layout/>
        <c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>
        <c:ser><c:idx val="0"/><c:order val="0"/><c:spPr><a:solidFill><a:srgbClr val="{Bar}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>
        <c:dLbls><c:numFmt formatCode="#,##0" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{Text(900)}<c:dLblPos val="outEnd"/>
        <c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>
        <c:cat><c:strRef><c:f>{Encode(Cells(sheet, NameColumn))}</c:f><c:strCache><c:ptCount val="{Bars.Count}"/>{Points(bar => Encode(bar.Name))}</c:strCache></c:strRef></c:cat>
        <c:val><c:numRef><c:f>{Encode(Cells(sheet, ValueColumn))}</c:f><c:numCache><c:formatCode>#,##0</c:formatCode><c:ptCount val="{Bars.Count}"/>{Points(bar => bar.Value.ToString(CultureInfo.InvariantCulture))}</c:numCache></c:numRef></c:val>
        </c:ser><c:gapWidth val="45"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>
        <c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>{AxisTitle(NameAxis, isUpright: true)}<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{Line}{Text(900)}<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>
        <c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>{AxisTitle(ValueAxis, isUpright: false)}<c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{Line}{Text(900)}<c:crossAx val="1001"/><c:crosses val="max"/><c:crossBetween val="between"/></c:valAx>
        <c:spPr><a:noFill/></c:spPr></c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>
        <c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>
        """);

    private static string Line => $"""<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{Ink}"/></a:solidFill></a:ln></c:spPr>""";

    private static string Text(int size) => $"<c:txPr><a:bodyPr/><a:p><a:pPr>{Letters("defRPr", size, bold: false)}</a:pPr><a:endParaRPr lang=\"en-GB\"/></a:p></c:txPr>";

    private static string Letters(string element, int size, bool bold) =>
        $"""<a:{element} sz="{size}" b="{(bold ? 1 : 0)}"><a:solidFill><a:srgbClr val="{Ink}"/></a:solidFill></a:{element}>""";

    private static string AxisTitle(string title, bool isUpright) =>
        $"""<c:title><c:tx><c:rich><a:bodyPr{(isUpright ? " rot=\"-5400000\" vert=\"horz\"" : "")}/><a:p><a:pPr><a:defRPr/></a:pPr><a:r>{Letters("rPr", 1000, bold: false)}<a:t>{Encode(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>""";

    private static string Encode(string text) => XlsxText.Encode(text);

    private string Points(Func<XlsxBar, string> content) =>
        string.Concat(Bars.Select((bar, place) => string.Create(CultureInfo.InvariantCulture, $"""<c:pt idx="{place}"><c:v>{content(bar)}</c:v></c:pt>""")));

    /// <summary>The bars' cells of a column: one range for each run of neighbouring rows.</summary>
    private string Cells(string sheet, string column)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var bar in Bars)
        {
            if (runs.Count > 0 && runs[^1].Last + 1 == bar.Row)
            {
                runs[^1] = (runs[^1].First, bar.Row);
            }
            else
            {
                runs.Add((bar.Row, bar.Row));
            }
        }

        var ranges = string.Join(',', runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"'{sheet}'!${column}${run.First}:${column}${run.Last}")));
        return runs.Count == 1 ? ranges : $"({ranges})";
    }
}
