#!/usr/bin/python3
"""The profile's plain part as pandas makes it, for comparison: python3 pandas_profile.py FILE.csv (of CAMPAIGN_BENCHMARK_CSV)."""
import resource
import sys
import time

import pandas as pd

start = time.perf_counter()
table = pd.read_csv(sys.argv[1])
read = time.perf_counter()
processor = time.process_time()
numbers = [name for name in table if name.startswith("number")]
categories = [name for name in table if name.startswith("category")]
described = table[numbers].describe(percentiles=[.01, .05, .25, .5, .75, .95, .99])
by_class = table.groupby("affluent")[numbers].describe(percentiles=[.01, .05, .25, .5, .75, .95, .99])
skewness = table[numbers].skew()
distinct = table.nunique()
missing = table.isna().groupby(table.affluent).sum()
counts = {name: table.groupby("affluent")[name].value_counts() for name in categories}
correlation = table[numbers].corr()
tables = [pd.crosstab(table[left], table[right]) for i, left in enumerate(categories) for right in categories[:i]]
given = {name: table.groupby(name)[numbers].agg(["count", "mean", "var"]) for name in categories}
end = time.perf_counter()
print(f"| {len(table):,} | read {read - start:.1f} s | profile {end - read:.1f} s | processor {time.process_time() - processor:.1f} s "
      f"| peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB |")
