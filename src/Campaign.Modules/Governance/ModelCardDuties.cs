using Campaign.Learning.Thresholds;
using Campaign.Modules.Platform;

namespace Campaign.Modules.Governance;

/// <summary>Sections 13 to 21 and the appendix of the model card: who watches, who answers, how to make it again.</summary>
internal static class ModelCardDuties
{
    public static void Write(HtmlPage page, ModelCard card)
    {
        ModelCardRobustness.Write(page, card.Robustness);
        page.Section("14  Human oversight").Facts(
            ("Who trains and sets the threshold", "people with the role marketer; each change is an entry of the audit trail"),
            ("Who sees single customers", "marketer and campaign team"),
            ("Approval", card.Cover.Review),
            ("Approval chain with names, times and reasons", null),
            ("Training of staff", null));
        page.Section("15  Risks and ethical considerations")
            .List(
                "A customer is contacted who is not affluent: a wasted contact, no decision depends on it.",
                "An affluent customer is not found: limited by the recall promise.",
                "A group is found less often than others: see section 11.")
            .Missing("Likelihood, owner and residual risk of each");
        page.Section("16  Security").Facts(
            ("Access", "by role; every page and address names who may use it"),
            ("Logging", "an append-only, keyed, hash-chained audit trail"),
            ("Customers' ids in the model package", card.Reasons.KnownCustomerCount is { } known
                ? $"none. A keyed hash (HMAC-SHA-256, 16 bytes) of each of {InWords.Count(known, "id")} with its folds, so that a customer who was in training is scored by the models that never saw that customer. Who holds the package can test a guessed id, but can't list the customers: keep it as you keep the customer file."
                : "none, and no hash of any: the file had no ids to know customers by"),
            ("Encryption at rest, retention", null),
            ("ASVS level claimed and tests passed", null));
        page.Section("17  Monitoring plan").Missing("Signals, limits, frequency, owner, retrain and stop triggers");
        page.Section("18  Materiality").Missing("Exposure, tier, next review date and event triggers");
        page.Section("19  Standards applied").Missing("Standards applied or not applied, with reasons")
            .Facts(("Declaration of conformity (EU AI Act)", "not applicable: not high-risk by our reading"));
        page.Section("20  Caveats and recommendations")
            .List(
                "Use the list before its last day; make a new one afterwards.",
                "Keep the control group uncontacted: without it nobody can say what the campaign earned.",
                "Train again when the file's layout or the bank's definition of affluent changes.")
            .Missing("How a customer contests or corrects a score");
        page.Section("21  Sign-off").Table(
            ["Role", "Name", "Date", "Signature"],
            [["Tester", "", "", ""], ["Validator", "", "", ""], ["Approver", card.Cover.Approver ?? CardCover.NotReviewed, "", ""]]);
        Appendix(page, card);
    }

    private static void Appendix(HtmlPage page, ModelCard card)
    {
        page.PageBreak().Section("Appendix").Heading("Glossary").Facts(
            ("Recorded class", "what the bank's file says of a customer: affluent or normal"),
            ("Hidden affluent", "recorded normal, selected by the model: a candidate, not a fact"),
            ("Out-of-fold score", "from models that did not train on that customer"),
            ("Operating threshold", "the score from which customers are selected: at or above"),
            ("Fingerprint", "SHA-256 of the file's bytes"));
        page.Heading("Full parameters").Facts(card.Training.Parameters.Select(parameter => (parameter.Key, (string?)parameter.Value)));
        page.Heading("Steps and their times").Table(
            ["Step", "Time"], card.Training.Stages.Select(stage => new[] { stage.Name, InWords.Duration(stage.Seconds) }), 1);
        page.Heading("Make it again")
            .Paragraph($"campaign run FILE --out DIR --recall {card.Threshold.RecallFloor:0.####} --confidence {card.Threshold.Confidence:0.####} --seed {card.Training.Seed}{Asked(card.Training)} with the file of the fingerprint above and the same columns gives the model of the hash on the cover.")
            .Missing("Test log hashes");
    }

    /// <summary>What else of the command decides the model.</summary>
    private static string Asked(CardTraining training) =>
        (training.PromiseKind == PromiseKind.Exact ? " --promise exact" : "") + (training.Quick ? " --quick" : $" --trials {training.TrialCount}");
}
