#!/usr/bin/python3
"""Other methods on the cases of `recovery`, appended to the same results file.  usage: recovery_peers.py FOLDER RESULTS METHODS CASE.csv...
FOLDER has peers.py and judge.py of the shared bench; METHODS are theirs, joined by commas (oracle_reg and the like are told the truth)."""
import os
import sys
import time

import pandas as pd

sys.path.insert(0, sys.argv[1])
import judge  # noqa: E402
import peers  # noqa: E402

results, methods = sys.argv[2], sys.argv[3].split(",")
done = {tuple(line.split("\t")[:2]) for line in open(results)} if os.path.exists(results) else set()
for path in sys.argv[4:]:
    name = os.path.basename(path)[:-4]
    if all((name, method) in done for method in methods):
        continue
    table, truth = pd.read_csv(path), pd.read_csv(path[:-4] + ".truth.csv")
    affluent, hidden = (truth.true_segment == "affluent").to_numpy(), truth.hidden.to_numpy().astype(bool)
    case = peers.Case(table, 1, affluent.astype(int))
    for method in methods:
        if (name, method) in done:
            continue
        begun = time.time()
        judged = judge.judge_arrays(affluent, hidden, peers.M[method](case))
        numbers = [100 * judged[key] for key in ("precision_at_k", "avg_precision", "precision_top1pct")]
        with open(results, "a") as out:
            out.write("\t".join([name, method, *map(repr, map(float, numbers)), f"{time.time() - begun:.1f}"]) + "\n")
