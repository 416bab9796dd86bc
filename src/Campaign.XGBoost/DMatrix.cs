namespace Campaign.XGBoost;

/// <summary>What the floats of a feature mean to XGBoost.</summary>
public enum FeatureType
{
    /// <summary>A number: splits are 'below'.</summary>
    Number,

    /// <summary>A category code, a whole number from 0: splits are 'one of'.</summary>
    Category,
}

/// <summary>Rows of features, NaN being missing, with a label each. The native side has a copy of its own.</summary>
public class DMatrix : IDisposable
{
    private protected DMatrix(DMatrixHandle handle) => Handle = handle;

    internal DMatrixHandle Handle { get; }

    public int RowCount
    {
        get
        {
            XGBoostException.ThrowIfFailed(NativeMethods.XGDMatrixNumRow(Handle, out var count));
            return checked((int)count);
        }
    }

    public int FeatureCount
    {
        get
        {
            XGBoostException.ThrowIfFailed(NativeMethods.XGDMatrixNumCol(Handle, out var count));
            return checked((int)count);
        }
    }

    /// <param name="rows">Row-major: feature by feature, row after row.</param>
    /// <param name="featureCount">Above 0.</param>
    /// <param name="labels">One a row, 0 or 1; empty for rows that are only scored.</param>
    /// <param name="types">One a feature; null where all are numbers.</param>
    /// <param name="threadCount">Threads that copy; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The lengths don't fit each other.</exception>
    /// <exception cref="XGBoostException">XGBoost refused the values.</exception>
    public static unsafe DMatrix FromDense(
        ReadOnlySpan<float> rows, int featureCount, ReadOnlySpan<float> labels = default, IReadOnlyList<FeatureType>? types = null, int threadCount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        var rowCount = rows.Length / featureCount;
        if (rows.Length != rowCount * featureCount || (labels.Length != 0 && labels.Length != rowCount))
        {
            throw new ArgumentException($"{rows.Length} values of {featureCount} features with {labels.Length} labels are not whole rows.");
        }

        DMatrixHandle handle;
        fixed (float* values = rows)
        {
            XGBoostException.ThrowIfFailed(NativeMethods.XGDMatrixCreateFromDense(
                ArrayInterface.Of(values, rowCount, featureCount), $"{{\"missing\":NaN,\"nthread\":{threadCount}}}", out handle));
        }

        var matrix = new DMatrix(handle);
        try
        {
            fixed (float* values = labels)
            {
                if (labels.Length > 0)
                {
                    XGBoostException.ThrowIfFailed(NativeMethods.XGDMatrixSetFloatInfo(handle, "label", values, (ulong)labels.Length));
                }
            }

            SetTypes(handle, types);
            return matrix;
        }
        catch
        {
            matrix.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Handle.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static void SetTypes(DMatrixHandle handle, IReadOnlyList<FeatureType>? types)
    {
        if (types is not null)
        {
            string[] names = [.. types.Select(type => type == FeatureType.Category ? "c" : "q")];
            XGBoostException.ThrowIfFailed(NativeMethods.XGDMatrixSetStrFeatureInfo(handle, "feature_type", names, (ulong)names.Length));
        }
    }
}
