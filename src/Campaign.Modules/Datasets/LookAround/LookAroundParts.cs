using Campaign.Learning.Profiles;
using Campaign.Modules.Platform.Charts;

namespace Campaign.Modules.Datasets.LookAround;

/// <summary>Parts that the page and the report share.</summary>
internal static class LookAroundParts
{
    private const int MostTellingCount = 6;

    /// <summary>The most telling columns with a sentence each; those that hardly tell anything are not among them.</summary>
    /// <param name="address">A column's page by its place in the file's order; null in a document.</param>
    public static Markup MostTelling(DatasetProfile profile, Func<int, string>? address)
    {
        var html = new Markup();
        var telling = ColumnWordings.MostTellingFirst(profile).Where(one => ColumnWordings.TellingOf(one.Column) >= Telling.Somewhat).Take(MostTellingCount).ToArray();
        if (telling.Length == 0)
        {
            return html.Element("p", "No column alone tells affluents and normals apart. A model can still find what several tell together.", "look-sentence");
        }

        html.Open("ol", "look-ranks");
        foreach (var (place, column) in telling)
        {
            var band = ColumnWordings.TellingOf(column);
            html.Open("li").Open("p", "look-rank");
            if (address is null)
            {
                html.Element("strong", column.Name);
            }
            else
            {
                html.Element("a", column.Name, null, ("href", address(place)));
            }

            html.Text(" ").Element("span", ColumnWordings.Of(band), $"look-mark telling-{(int)band}").Close("p")
                .Element("p", ColumnWordings.Difference(column, profile)).Close("li");
        }

        return html.Close("ol");
    }
}
