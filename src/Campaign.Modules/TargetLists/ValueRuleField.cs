namespace Campaign.Modules.TargetLists;

/// <summary>One column-and-values question of the list's form.</summary>
/// <param name="Name">Of the form's property, such as <c>Input.Status</c>.</param>
/// <param name="None">The choice of no column, in words.</param>
/// <param name="Ask">What a tick means.</param>
/// <param name="Address">Answers with the form that shows the chosen column's values.</param>
public sealed record ValueRuleField(string Name, string Label, string None, string Ask, ValueRuleForm Rule, ListChoices Choices, string Address)
{
    public string Id => Name.Replace('.', '_').Replace('[', '_').Replace(']', '_') + "_Column";
}
