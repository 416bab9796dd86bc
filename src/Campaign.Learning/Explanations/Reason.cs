namespace Campaign.Learning.Explanations;

/// <summary>What one column adds to a customer's score, in words.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Contribution">What the column adds to the row's log-odds (exact SHAP value, mean over repeats); above 0 speaks for the row, below 0 against it.</param>
/// <param name="Value">The row's value as text; 'missing' where there is none.</param>
/// <param name="Comparison">How that value compares with other rows, in words.</param>
public sealed record Reason(string Column, double Contribution, string Value, string Comparison)
{
    /// <summary>The whole reason, for example 'Asset value is 812,000: far above the typical normal customer's 3,200; typical affluent 640,000'.</summary>
    public string Sentence => $"{Column} is {Value}: {Comparison}";
}
