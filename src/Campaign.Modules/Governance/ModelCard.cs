using Campaign.Learning.Explanations;
using Campaign.Learning.Metrics;
using Campaign.Learning.Money;
using Campaign.Learning.Thresholds;
using Campaign.Modules.Modeling.Contracts;

namespace Campaign.Modules.Governance;

/// <summary>
/// What compliance is told about a model run: the record first, the document (<see cref="ModelCardPdf"/>) second. <see cref="RunFairness"/>
/// is section 11: is it as good for every group? Every number is read from the run, none is typed. A comment on a field is the question that
/// it answers. Sections of the document that have no field here have no source in this version and say so.
/// </summary>
public sealed record ModelCard(
    CardCover Cover,
    CardTraining Training,
    CardThreshold Threshold,
    CardData Data,
    CardResults Results,
    RunFairness Fairness,
    CardReasons Reasons)
{
    /// <summary>Section 13: what if columns go wrong, or the file is older? Null where it was not measured.</summary>
    public RunRobustness? Robustness { get; init; }
}

/// <summary>Section 0, 1 and 2: which model is this?</summary>
/// <param name="ModelName">What do people call it?</param>
/// <param name="RunId">Which run made it?</param>
/// <param name="Status">Is it a draft, approved, or retired?</param>
/// <param name="Owner">Who asked for it?</param>
/// <param name="Approver">Who approved it? Null: not independently reviewed.</param>
/// <param name="TrainedUtc">When was it made?</param>
/// <param name="GeneratedUtc">When was this record made?</param>
/// <param name="ModelHash">Which bytes are the final model? SHA-256.</param>
/// <param name="AppVersion">Which Campaign made the document?</param>
/// <param name="Version">Which version of which model is it in the register? Null: not registered.</param>
public sealed record CardCover(
    string ModelName, Guid RunId, string Status, string Owner, string? Approver, DateTime TrainedUtc, DateTime GeneratedUtc, string ModelHash, string AppVersion,
    string? Version = null)
{
    public const string NotReviewed = "not independently reviewed";

    /// <summary>Approved by whom, or not at all: for the header of every page.</summary>
    public string Review => Approver is null ? NotReviewed : "approved by " + Approver;
}

/// <summary>Sections 2, 4 and 9: how was it made?</summary>
/// <param name="Algorithm">Which family of models, in words?</param>
/// <param name="Seed">With which number can it be made again, byte for byte?</param>
/// <param name="Quick">Was it a quick run, without repeats?</param>
/// <param name="Parameters">With which settings, by XGBoost's own names?</param>
/// <param name="Versions">By which libraries and on which system?</param>
/// <param name="Stages">How long did each step take?</param>
/// <param name="PeakMemoryBytes">How much memory did it need?</param>
public sealed record CardTraining(
    string Algorithm, int TreeCount, int FoldCount, int RepeatCount, int Seed, bool Quick,
    IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<StageTime> Stages, long PeakMemoryBytes)
{
    /// <summary>What kind of promise was asked for? An exact one holds customers out of training.</summary>
    public PromiseKind PromiseKind { get; init; }

    /// <summary>How many settings were tried? As many make the same model again.</summary>
    public int TrialCount { get; init; }
}

/// <summary>Section 6: from which score are customers selected, and what is promised?</summary>
/// <param name="Score">From which score on, 0 to 1?</param>
/// <param name="InWords">How was it chosen?</param>
/// <param name="Promise">What does it keep, how sure, resting on how many known affluents? Null where it was set by budget or by hand.</param>
/// <param name="RecallFloor">Which recall was asked for when the run was trained?</param>
/// <param name="BudgetCost">Where it was set by budget: what does that cost against the promise that was asked for?</param>
/// <param name="Money">What is a contact expected to bring and to cost? Null where nobody has said, or it can't be told.</param>
public sealed record CardThreshold(
    double Score, string InWords, RecallPromise? Promise, double RecallFloor, double Confidence, BudgetCost? BudgetCost, CardMoney? Money);

/// <summary>Sections 6 and 10: which profit is expected?</summary>
/// <param name="Money">By whose guesses?</param>
/// <param name="BreakEven">From which share of affluents does a contact pay, in words?</param>
/// <param name="InForce">Which profit at the threshold in force, in words?</param>
/// <param name="Best">Where is it highest, in words?</param>
/// <param name="Curve">Which at other thresholds?</param>
public sealed record CardMoney(RunMoney Money, string BreakEven, string InForce, string Best, IReadOnlyList<ProfitPoint> Curve);

/// <summary>Sections 7 and 8: what was it trained and evaluated on?</summary>
/// <param name="FileName">Which file, as the person knows it?</param>
/// <param name="Fingerprint">Which bytes exactly? SHA-256.</param>
/// <param name="ReadAs">How was the file read: encoding, delimiter, sheet?</param>
/// <param name="RejectedRowCount">How many rows were left out when it was read?</param>
/// <param name="CustomerCount">How many different customers do the rows belong to?</param>
/// <param name="IdColumn">Which column names the customer? Null: each row is a customer of its own.</param>
/// <param name="AffluentValue">Which value of the label means affluent?</param>
/// <param name="Features">What did the models learn from, and how much of it is missing?</param>
/// <param name="LeftOut">What did they not learn from, and why?</param>
/// <param name="Leaking">Which columns alone tell the class suspiciously well?</param>
public sealed record CardData(
    string FileName, string Fingerprint, long ByteCount, string ReadAs, DateTime ReceivedUtc, string ReceivedFrom,
    int RowCount, int RejectedRowCount, int CustomerCount, int AffluentRowCount,
    string? IdColumn, string LabelColumn, string AffluentValue,
    IReadOnlyList<CardColumn> Features, IReadOnlyList<CardLeftOut> LeftOut, IReadOnlyList<CardLeak> Leaking);

/// <param name="MissingShare">0 to 1.</param>
public sealed record CardColumn(string Name, string Kind, double MissingShare);

/// <param name="Reason">In words.</param>
public sealed record CardLeftOut(string Name, string Reason);

/// <param name="Auc">Of the column alone, 0.5 to 1.</param>
public sealed record CardLeak(string Name, double Auc);

/// <summary>Section 10: how good is it, on customers that its models never saw?</summary>
/// <param name="Counts">How many rows of each recorded class are selected?</param>
/// <param name="InSampleSelectedAtHalf">How many recorded normals would scoring the training rows at cut-off 0.5 have listed?</param>
/// <param name="Deciles">How are the affluents spread over tenths of the rows by score?</param>
/// <param name="Curve">What would other thresholds mean?</param>
/// <param name="AffluentHistogram">Rows recorded affluent in <see cref="HistogramBins"/> equal bins of the score.</param>
/// <param name="BestColumn">Which single column ranks the affluents best, as the simplest thing to compare with? Null where none can.</param>
public sealed record CardResults(
    ConfusionCounts Counts, double Auc, double AveragePrecision, double LiftTopDecile, int InSampleSelectedAtHalf,
    IReadOnlyList<CardDecile> Deciles, IReadOnlyList<CardCurvePoint> Curve,
    IReadOnlyList<int> AffluentHistogram, IReadOnlyList<int> NormalHistogram, CardLeak? BestColumn)
{
    public const int HistogramBins = 20;

    /// <summary>How sure are these numbers, do the probabilities come true, and how many affluents may be hidden? Null in a run of an earlier version.</summary>
    public RunMeasures? Measures { get; init; }
}

/// <param name="Decile">1 is the tenth of rows with the highest scores.</param>
public sealed record CardDecile(int Decile, int RowCount, int AffluentCount, double LowestScore);

/// <summary>Rows selected at or above a score.</summary>
public sealed record CardCurvePoint(double Score, int SelectedAffluent, int SelectedNormal, int InSampleNormal);

/// <summary>Section 12: why does it score customers high?</summary>
/// <param name="ExplainedRowCount">How many candidates were explained, evenly over the list?</param>
/// <param name="AddingUpCount">For how many of them do the contributions add up to the score?</param>
/// <param name="Columns">Which columns are among the three strongest reasons, and how often?</param>
public sealed record CardReasons(int ExplainedRowCount, int AddingUpCount, IReadOnlyList<CardReason> Columns)
{
    /// <summary>Which columns move all customers' scores, how much, how steadily over the fold models, in which direction? Null: not worked out.</summary>
    public GlobalImportance? Importance { get; init; }

    /// <summary>How many customers' ids does the model keep a keyed hash of? Null: none, the file had no ids.</summary>
    public int? KnownCustomerCount { get; init; }
}

/// <param name="CandidateCount">Explained candidates with this column among their three strongest reasons.</param>
/// <param name="MeanContribution">Mean over these, in log-odds; above 0.</param>
public sealed record CardReason(string Column, int CandidateCount, double MeanContribution);
