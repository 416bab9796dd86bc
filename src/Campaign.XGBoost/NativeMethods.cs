using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Campaign.XGBoost;

/// <summary>XGBoost's C functions under their own names. Functions that return an int return 0 for success: see <see cref="XGBoostException.ThrowIfFailed"/>.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "xgboost";

    [LibraryImport(Library)]
    internal static partial void XGBoostVersion(out int major, out int minor, out int patch);

    [LibraryImport(Library)]
    internal static partial byte* XGBGetLastError();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGDMatrixCreateFromDense(string data, string config, out DMatrixHandle matrix);

    [LibraryImport(Library)]
    internal static partial int XGDMatrixFree(nint matrix);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGDMatrixSetFloatInfo(DMatrixHandle matrix, string field, float* values, ulong length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGDMatrixSetInfoFromInterface(DMatrixHandle matrix, string field, string data);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGDMatrixSetStrFeatureInfo(DMatrixHandle matrix, string field, string[] features, ulong length);

    [LibraryImport(Library)]
    internal static partial int XGDMatrixNumRow(DMatrixHandle matrix, out ulong rowCount);

    [LibraryImport(Library)]
    internal static partial int XGDMatrixNumCol(DMatrixHandle matrix, out ulong columnCount);

    [LibraryImport(Library)]
    internal static partial int XGProxyDMatrixCreate(out DMatrixHandle proxy);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGProxyDMatrixSetDataDense(DMatrixHandle proxy, string data);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGQuantileDMatrixCreateFromCallback(
        nint iterator,
        DMatrixHandle proxy,
        nint reference,
        delegate* unmanaged[Cdecl]<nint, void> reset,
        delegate* unmanaged[Cdecl]<nint, int> next,
        string config,
        out DMatrixHandle matrix);

    [LibraryImport(Library)]
    internal static partial int XGBoosterCreate(nint* matrices, ulong length, out BoosterHandle booster);

    [LibraryImport(Library)]
    internal static partial int XGBoosterFree(nint booster);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterSetParam(BoosterHandle booster, string name, string value);

    [LibraryImport(Library)]
    internal static partial int XGBoosterUpdateOneIter(BoosterHandle booster, int iteration, DMatrixHandle training);

    [LibraryImport(Library)]
    internal static partial int XGBoosterBoostOneIter(BoosterHandle booster, DMatrixHandle training, float* gradients, float* hessians, ulong length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterPredictFromDense(
        BoosterHandle booster, string data, string config, nint metadata, out ulong* shape, out ulong dimension, out float* result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterPredictFromDMatrix(
        BoosterHandle booster, DMatrixHandle matrix, string config, out ulong* shape, out ulong dimension, out float* result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int XGBoosterSaveModelToBuffer(BoosterHandle booster, string config, out ulong length, out byte* result);

    [LibraryImport(Library)]
    internal static partial int XGBoosterLoadModelFromBuffer(BoosterHandle booster, byte* buffer, ulong length);

    [LibraryImport(Library)]
    internal static partial int XGBoosterSlice(BoosterHandle booster, int begin, int end, int step, out BoosterHandle slice);

    [LibraryImport(Library)]
    internal static partial int XGBoosterBoostedRounds(BoosterHandle booster, out int rounds);

    [LibraryImport(Library)]
    internal static partial int XGBoosterGetNumFeature(BoosterHandle booster, out ulong featureCount);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    internal static partial int TrimHeap(nuint kept);
}
