namespace Campaign.Modules.TargetLists;

/// <summary>What the fields of a list are called on the page that asks for them.</summary>
public static class ListFieldInWords
{
    public static string Of(ListField field) => field switch
    {
        ListField.Household => "Household",
        ListField.RelationshipManager => "Relationship manager",
        ListField.Branch => "Branch",
        ListField.Region => "Region",
        ListField.PreferredLanguage => "Preferred language",
        ListField.PreferredChannel => "Preferred channel",
        ListField.LastContacted => "Last contacted",
        ListField.ContactsIn30Days => "Contacts in 30 days",
        ListField.ExistingProducts => "Existing products",
        ListField.Tenure => "Tenure",
        ListField.Phone => "Phone (personal)",
        ListField.Email => "E-mail (personal)",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };
}
