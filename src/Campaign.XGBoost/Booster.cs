using System.Globalization;

namespace Campaign.XGBoost;

/// <summary>A model file's format.</summary>
public enum ModelFormat
{
    /// <summary>Universal binary JSON: smallest.</summary>
    Ubj,

    Json,
}

/// <summary>
/// Boosted trees. Training is for one thread at a time; a booster that is no longer changed may score from several threads at once.
/// The same parameters, seed and rows give the same model bytes, whatever the thread count.
/// </summary>
public sealed class Booster : IDisposable
{
    private readonly BoosterHandle _handle;

    private Booster(BoosterHandle handle) => _handle = handle;

    /// <summary>Rounds trained so far: trees, unless num_parallel_tree says more.</summary>
    public int BoostedRounds
    {
        get
        {
            XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterBoostedRounds(_handle, out var rounds));
            return rounds;
        }
    }

    public int FeatureCount
    {
        get
        {
            XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterGetNumFeature(_handle, out var count));
            return checked((int)count);
        }
    }

    /// <param name="parameters">By XGBoost's own names.</param>
    /// <param name="training">The matrix that it will be trained on.</param>
    public static unsafe Booster Create(IEnumerable<KeyValuePair<string, string>> parameters, DMatrix training)
    {
        var matrix = training.Handle.DangerousGetHandle();
        XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterCreate(&matrix, 1, out var handle));
        GC.KeepAlive(training);
        var booster = new Booster(handle);
        try
        {
            foreach (var (name, value) in parameters)
            {
                booster.SetParameter(name, value);
            }

            return booster;
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    /// <summary>A saved model, of either format.</summary>
    /// <param name="threadCount">Threads that score; the scores do not depend on it.</param>
    /// <exception cref="XGBoostException">The bytes are not a model.</exception>
    public static unsafe Booster Load(ReadOnlySpan<byte> model, int threadCount = 1)
    {
        XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterCreate(null, 0, out var handle));
        var booster = new Booster(handle);
        try
        {
            fixed (byte* bytes = model)
            {
                XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterLoadModelFromBuffer(handle, bytes, (ulong)model.Length));
            }

            booster.SetParameter("nthread", threadCount.ToString(CultureInfo.InvariantCulture));
            return booster;
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    public void SetParameter(string name, string value) => XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterSetParam(_handle, name, value));

    /// <summary>Trains one round.</summary>
    /// <param name="round">From 0, one more each time: the seed of the round's samples.</param>
    public void Update(int round, DMatrix training) =>
        XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterUpdateOneIter(_handle, round, training.Handle));

    /// <summary>Trains one round on derivatives of the caller's own loss; a row with both 0 takes no part in it.</summary>
    /// <param name="training">Needs no labels; several boosters may be trained on it at once.</param>
    /// <param name="gradients">First derivative by the log-odds, one a row.</param>
    /// <param name="hessians">Second derivative, one a row, 0 or above.</param>
    /// <exception cref="ArgumentException">The lengths don't fit each other.</exception>
    public unsafe void Boost(DMatrix training, ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians)
    {
        if (gradients.Length != hessians.Length || gradients.Length != training.RowCount)
        {
            throw new ArgumentException($"{gradients.Length} gradients and {hessians.Length} hessians for {training.RowCount} rows.");
        }

        fixed (float* first = gradients, second = hessians)
        {
            XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterBoostOneIter(_handle, training.Handle, first, second, (ulong)gradients.Length));
        }
    }

    /// <summary>
    /// Log-odds of a matrix's rows. For the matrix in training they are at hand, on the thread that trains: without this call before the first
    /// round they are not kept.
    /// </summary>
    /// <param name="margins">One a row: to be filled.</param>
    public unsafe void PredictMargins(DMatrix rows, Span<float> margins)
    {
        XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterPredictFromDMatrix(
            _handle, rows.Handle, Prediction(1, 0, 0), out var shape, out var dimension, out var result));
        CopyResult(shape, dimension, result, margins);
    }

    /// <summary>Log-odds of rows, without a matrix being made.</summary>
    /// <param name="rows">Row-major, NaN missing, <see cref="FeatureCount"/> features a row.</param>
    /// <param name="margins">One a row: to be filled.</param>
    /// <param name="firstRound">Counts the trees from this round on.</param>
    /// <param name="endRound">Up to but not including this one; 0 for all.</param>
    /// <exception cref="ArgumentException">The lengths don't fit each other.</exception>
    public unsafe void PredictMargins(ReadOnlySpan<float> rows, Span<float> margins, int firstRound = 0, int endRound = 0)
    {
        if (margins.IsEmpty && rows.IsEmpty)
        {
            return;
        }

        var featureCount = FeatureCount;
        if (rows.Length != margins.Length * featureCount)
        {
            throw new ArgumentException($"{rows.Length} values are not {margins.Length} rows of {featureCount} features.");
        }

        fixed (float* values = rows)
        {
            XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterPredictFromDense(
                _handle,
                ArrayInterface.Of(values, margins.Length, featureCount),
                Prediction(1, firstRound, endRound),
                0,
                out var shape,
                out var dimension,
                out var result));
            CopyResult(shape, dimension, result, margins);
        }
    }

    /// <summary>
    /// Exact SHAP contributions to each row's log-odds (TreeSHAP, path-dependent): one a feature, then the bias; they add up to the log-odds.
    /// </summary>
    /// <param name="rows">A plain matrix: XGBoost can't explain quantile bins.</param>
    /// <param name="contributions">(<see cref="FeatureCount"/> + 1) a row, row-major: to be filled.</param>
    public unsafe void PredictContributions(DMatrix rows, Span<float> contributions)
    {
        XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterPredictFromDMatrix(
            _handle, rows.Handle, Prediction(2, 0, 0), out var shape, out var dimension, out var result));
        CopyResult(shape, dimension, result, contributions);
    }

    /// <summary>The rounds from <paramref name="begin"/> up to but not including <paramref name="end"/>, as a booster of its own.</summary>
    public Booster Slice(int begin, int end)
    {
        XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterSlice(_handle, begin, end, 1, out var slice));
        return new Booster(slice);
    }

    public unsafe byte[] Save(ModelFormat format)
    {
        var config = format == ModelFormat.Json ? "{\"format\":\"json\"}" : "{\"format\":\"ubj\"}";
        XGBoostException.ThrowIfFailed(NativeMethods.XGBoosterSaveModelToBuffer(_handle, config, out var length, out var bytes));
        return new ReadOnlySpan<byte>(bytes, checked((int)length)).ToArray();
    }

    public void Dispose() => _handle.Dispose();

    private static string Prediction(int type, int firstRound, int endRound) =>
        $"{{\"type\":{type},\"training\":false,\"iteration_begin\":{firstRound},\"iteration_end\":{endRound},\"strict_shape\":false,\"missing\":NaN,\"cache_id\":0}}";

    /// <summary>At once, on the calling thread: the result's memory is the booster's own, by thread, until its next prediction.</summary>
    private static unsafe void CopyResult(ulong* shape, ulong dimension, float* result, Span<float> destination)
    {
        ulong length = 1;
        for (ulong i = 0; i < dimension; i++)
        {
            length *= shape[i];
        }

        if (length != (ulong)destination.Length)
        {
            throw new ArgumentException($"XGBoost gives {length} numbers, room is for {destination.Length}.");
        }

        new ReadOnlySpan<float>(result, destination.Length).CopyTo(destination);
    }
}
