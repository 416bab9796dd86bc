using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Campaign.XGBoost;

/// <summary>Fills one batch of rows; called several times for each batch, on the thread that builds the matrix.</summary>
/// <param name="firstRow">The batch's first row, from 0.</param>
/// <param name="rows">Row-major, one row a label: to be filled.</param>
/// <param name="labels">To be filled.</param>
public delegate void FillBatch(int firstRow, Span<float> rows, Span<float> labels);

/// <summary>
/// Rows that are read batch by batch and kept as quantile bins: a quarter of the floats' memory or less, and the same model bit for bit.
/// For training with tree_method hist; contributions need a plain <see cref="DMatrix"/>.
/// </summary>
public sealed class QuantileDMatrix : DMatrix
{
    private QuantileDMatrix(DMatrixHandle handle)
        : base(handle)
    {
    }

    /// <param name="rowCount">Above 0.</param>
    /// <param name="featureCount">Above 0.</param>
    /// <param name="fill">Gives each batch the same values every time. What it throws stops the reading and is thrown on from here.</param>
    /// <param name="types">One a feature; null where all are numbers.</param>
    /// <param name="maxBin">Bins a feature, at least 2. At most 256 keeps a bin in a byte.</param>
    /// <param name="threadCount">Threads that bin; the result does not depend on it.</param>
    /// <param name="batchRowCount">Rows held as floats at a time.</param>
    /// <exception cref="XGBoostException">XGBoost refused the values.</exception>
    public static unsafe QuantileDMatrix FromBatches(
        int rowCount,
        int featureCount,
        FillBatch fill,
        IReadOnlyList<FeatureType>? types = null,
        int maxBin = 256,
        int threadCount = 1,
        int batchRowCount = 16_384)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        XGBoostException.ThrowIfFailed(NativeMethods.XGProxyDMatrixCreate(out var proxy));
        var reader = new BatchReader(proxy, rowCount, featureCount, Math.Min(batchRowCount, rowCount), fill, types);
        var readerHandle = GCHandle.Alloc(reader);
        try
        {
            var status = NativeMethods.XGQuantileDMatrixCreateFromCallback(
                GCHandle.ToIntPtr(readerHandle),
                proxy,
                0,
                &Reset,
                &Next,
                $"{{\"missing\":NaN,\"nthread\":{threadCount},\"max_bin\":{maxBin}}}",
                out var handle);
            if (reader.Failure is not null)
            {
                // Native code saw an early end and may have made a matrix of the batches so far: it must never be trained on.
                handle.Dispose();
                reader.Failure.Throw();
            }

            XGBoostException.ThrowIfFailed(status, nameof(NativeMethods.XGQuantileDMatrixCreateFromCallback) + "()");
            return new QuantileDMatrix(handle);
        }
        finally
        {
            readerHandle.Free();
            proxy.Dispose();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Reset(nint iterator) => ((BatchReader)GCHandle.FromIntPtr(iterator).Target!).Reset();

    /// <summary>1: a batch is given, 0: the end (the C header's wording suggests the reverse).</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Next(nint iterator) => ((BatchReader)GCHandle.FromIntPtr(iterator).Target!).Next() ? 1 : 0;

    private sealed unsafe class BatchReader(
        DMatrixHandle proxy, int rowCount, int featureCount, int batchRowCount, FillBatch fill, IReadOnlyList<FeatureType>? types)
    {
        private readonly float[] _rows = GC.AllocateUninitializedArray<float>(batchRowCount * featureCount, pinned: true);
        private readonly float[] _labels = GC.AllocateUninitializedArray<float>(batchRowCount, pinned: true);
        private int _nextRow;

        internal ExceptionDispatchInfo? Failure { get; private set; }

        internal void Reset() => _nextRow = 0;

        internal bool Next()
        {
            var count = Math.Min(batchRowCount, rowCount - _nextRow);
            if (Failure is not null || count <= 0)
            {
                return false;
            }

            try
            {
                fill(_nextRow, _rows.AsSpan(0, count * featureCount), _labels.AsSpan(0, count));
                fixed (float* rows = _rows, labels = _labels)
                {
                    XGBoostException.ThrowIfFailed(NativeMethods.XGProxyDMatrixSetDataDense(proxy, ArrayInterface.Of(rows, count, featureCount)));
                    XGBoostException.ThrowIfFailed(
                        NativeMethods.XGDMatrixSetInfoFromInterface(proxy, "label", ArrayInterface.Of(labels, count)));
                }

                SetTypes(proxy, types);
                _nextRow += count;
                return true;
            }
#pragma warning disable CA1031 // No exception may cross native frames: it is kept and thrown on when the native call has returned.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Failure = ExceptionDispatchInfo.Capture(failure);
                return false;
            }
        }
    }
}
