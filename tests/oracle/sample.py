#!/usr/bin/python3
"""Writes sample.csv: 600 invented rows of 450 customers (ids repeat), with missing cells, a category, ties and a fold for each of two repeats."""
import os

import numpy as np
import pandas as pd

HERE = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(20)
row_count, customer_count, fold_count = 600, 450, 4

customer = np.concatenate([np.arange(customer_count), random.integers(0, customer_count, row_count - customer_count)])
wealth = random.standard_normal(customer_count)[customer] + 0.3 * random.standard_normal(row_count)
balance = np.where(random.random(row_count) < 0.2, np.nan, np.round(np.exp(7 + 1.2 * wealth + random.standard_normal(row_count)), 2))
products = np.clip(np.round(2 + wealth + 0.8 * random.standard_normal(row_count)), 1, 6).astype(int)
age = np.clip(np.round(48 + 4 * wealth + 12 * random.standard_normal(row_count)), 18, 90).astype(int)
jobs = np.array(["CLERK", "MANAGER", "RETIREE", "STUDENT", "TEACHER"])
job = jobs[np.clip(np.round(2 - 0.7 * wealth + 1.2 * random.standard_normal(row_count)), 0, 4).astype(int)].astype(object)
job[random.random(row_count) < 0.1] = None
affluent = wealth + 0.9 * random.standard_normal(row_count) > 0.9

sample = pd.DataFrame({"customer": [f"K{c:04d}" for c in customer], "balance": balance, "products": products, "age": age, "job": job})
for repeat in (1, 2):
    sample[f"fold{repeat}"] = random.integers(0, fold_count, customer_count)[customer]
sample["segment"] = np.where(affluent, "affluent", "normal")
sample.to_csv(os.path.join(HERE, "sample.csv"), index=False)
print(len(sample), "rows,", affluent.sum(), "affluent")
