using System.Text;
using Campaign.Learning.Columns;

namespace Campaign.Modules.TargetLists;

/// <summary>
/// Guesses by its header which column of the bank's file holds a field. Phone and e-mail are never guessed: a person must want them on a list.
/// </summary>
public static class ListFieldGuess
{
    /// <summary>Headers without case, accents, spaces and signs; the earlier one wins where a file has several.</summary>
    private static readonly (ListField Field, string[] Keys)[] Known =
    [
        (ListField.Household, ["householdid", "householdno", "householdnumber", "household", "hhid", "hhno", "familyid"]),
        (ListField.RelationshipManager,
            ["relationshipmanager", "relationshipmanagername", "relationshipmanagerid", "relationshipmgr", "relmanager", "rm", "rmname", "rmid", "rmcode", "rmno", "accountmanager", "adviser", "advisor"]),
        (ListField.Branch, ["branch", "branchname", "branchcode", "branchid", "branchno", "homebranch", "cawangan"]),
        (ListField.Region, ["region", "regionname", "regioncode", "area", "areaname", "state", "statename", "territory", "negeri", "wilayah"]),
        (ListField.PreferredLanguage, ["preferredlanguage", "preflanguage", "preflang", "languagepreference", "language", "lang", "bahasa"]),
        (ListField.PreferredChannel, ["preferredchannel", "prefchannel", "channelpreference", "contactpreference", "preferredcontact", "channel"]),
        (ListField.LastContacted,
            ["lastcontacted", "lastcontact", "lastcontactdate", "lastcontactdt", "datelastcontacted", "lastcontactedon", "lastcampaigndate", "lastcontacteddate"]),
        (ListField.ContactsIn30Days, ["contactsin30days", "contacts30days", "contacts30d", "contactcount30d", "contactcount30days", "contactslast30days", "numcontacts30d"]),
        (ListField.ExistingProducts, ["existingproducts", "productsheld", "products", "productcount", "numproducts", "numberofproducts", "noofproducts", "numprd", "productholding"]),
        (ListField.Tenure, ["tenure", "tenureyears", "tenuremonths", "tenureyrs", "yearswithbank", "monthswithbank", "relationshiplength", "mob"]),
    ];

    /// <returns>The column's name by field; only fields that a header names, and none whose ids were read as numbers that are too long to be kept.</returns>
    public static IReadOnlyDictionary<ListField, string> Of(ColumnTable table) =>
        Of([.. table.Columns.Select(column => column.Name)])
            .Where(pair => ShownColumn.IsExact(table, table.IndexOf(pair.Value), pair.Key))
            .ToDictionary();

    /// <param name="columns">The file's headers, in its order.</param>
    public static IReadOnlyDictionary<ListField, string> Of(IReadOnlyList<string> columns)
    {
        var columnOfKey = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            foreach (var key in Keys(column))
            {
                columnOfKey.TryAdd(key, column);
            }
        }

        var guesses = new Dictionary<ListField, string>();
        foreach (var (field, keys) in Known)
        {
            if (keys.FirstOrDefault(columnOfKey.ContainsKey) is { } key)
            {
                guesses.Add(field, columnOfKey[key]);
            }
        }

        return guesses;
    }

    /// <summary>The header's letters and digits; and without a leading word for the customer: <c>C_BRANCH</c> is a branch.</summary>
    private static IEnumerable<string> Keys(string column)
    {
        var key = new StringBuilder();
        var firstWord = 0;
        foreach (var character in column.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(character))
            {
                key.Append(char.ToLowerInvariant(character));
            }
            else if (firstWord == 0)
            {
                firstWord = key.Length;
            }
        }

        var text = key.ToString();
        yield return text;
        if (text[..firstWord] is "c" or "cust" or "customer" or "client" or "cif")
        {
            yield return text[firstWord..];
        }
    }
}
