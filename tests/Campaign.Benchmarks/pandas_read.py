"""Times pandas.read_csv on a customer file, to set beside `Campaign.Benchmarks -- reading FILE`. Usage: pandas_read.py FILE.csv ..."""
import os
import resource
import sys
import time

import pandas

print(f"| file | rows | MB | seconds | MB/s | CPU seconds | peak memory (MB) | pandas {pandas.__version__} |")
print("|---|---|---|---|---|---|---|---|")
for path in sys.argv[1:]:
    cpu, start = sum(os.times()[:2]), time.perf_counter()
    rows = len(pandas.read_csv(path))
    seconds, cpu = time.perf_counter() - start, sum(os.times()[:2]) - cpu
    megabytes = os.path.getsize(path) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"| {os.path.basename(path)} | {rows:,} | {megabytes:.1f} | {seconds:.2f} | {megabytes / seconds:.0f} | {cpu:.2f} | {peak:.0f} | |")
