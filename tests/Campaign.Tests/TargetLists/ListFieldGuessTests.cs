using Campaign.Modules.TargetLists;
using Xunit;

namespace Campaign.Tests.TargetLists;

public class ListFieldGuessTests
{
    [Fact]
    public void Headers_name_their_field_whatever_their_case_spaces_and_signs()
    {
        var guesses = ListFieldGuess.Of(["C_ID", "HOUSEHOLD_ID", "Rel. Manager", "RM_CODE", "Branch Code", "région", "Pref-Language", "Preferred Channel", "LastContactDate", "contacts_30d", "NUM_PRD", "C_TENURE", "C_seg"]);

        Assert.Equal(
            new Dictionary<ListField, string>
            {
                [ListField.Household] = "HOUSEHOLD_ID",
                [ListField.RelationshipManager] = "Rel. Manager",
                [ListField.Branch] = "Branch Code",
                [ListField.Region] = "région",
                [ListField.PreferredLanguage] = "Pref-Language",
                [ListField.PreferredChannel] = "Preferred Channel",
                [ListField.LastContacted] = "LastContactDate",
                [ListField.ContactsIn30Days] = "contacts_30d",
                [ListField.ExistingProducts] = "NUM_PRD",
                [ListField.Tenure] = "C_TENURE",
            },
            guesses);
    }

    [Fact]
    public void Phone_and_e_mail_are_never_guessed() =>
        Assert.Empty(ListFieldGuess.Of(["Phone", "PHONE_NO", "mobile", "E-mail", "email_address", "C_EMAIL"]));

    [Fact]
    public void Columns_that_name_nothing_are_left_alone() =>
        Assert.Empty(ListFieldGuess.Of(["C_AGE", "MAXCASA", "balance", "", "region_sales_total", "branch_distance_km"]));
}
