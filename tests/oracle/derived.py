#!/usr/bin/python3
"""Reference for DerivedFeature from numpy and datetime. Writes derived.json; missing and undefined are null."""
import datetime
import json
import pathlib

import numpy as np

ROW_COUNT = 200
random = np.random.default_rng(11)
debt = np.where(random.random(ROW_COUNT) < 0.1, np.nan, random.normal(2000, 3000, ROW_COUNT)).astype(np.float32)
income = np.where(random.random(ROW_COUNT) < 0.1, np.nan, random.normal(3000, 2500, ROW_COUNT)).astype(np.float32)
income[::17] = 0
debt[1::23] = 0

uploaded = datetime.date(2024, 3, 10)
opened = [uploaded - datetime.timedelta(int(days)) for days in random.integers(9, 9000, ROW_COUNT)]
opened[5] = datetime.date(9999, 12, 31)
opened[6] = uploaded + datetime.timedelta(1)
opened[7] = None
born = [datetime.date(1930, 1, 1) + datetime.timedelta(int(days)) for days in random.integers(0, 33000, ROW_COUNT)]
born[8] = None
born[9] = uploaded

with np.errstate(divide="ignore", invalid="ignore"):
    ratio = np.where(income > 0, debt / income, np.float32(np.nan))
reference = max(day for day in opened if day is not None and day <= uploaded)
since = [None if day is None or day > reference else (reference - day).days for day in opened]
age = [None if day is None or day > reference else float(np.float32((reference - day).days) / np.float32(365.25)) for day in born]


def numbers(values):
    return [None if np.isnan(value) else float(value) for value in values]


def days(values):
    return [None if day is None else day.isoformat() for day in values]


pathlib.Path(__file__).with_name("derived.json").write_text(json.dumps({
    "uploaded": uploaded.isoformat(), "reference": reference.isoformat(),
    "debt": numbers(debt), "income": numbers(income), "opened": days(opened), "born": days(born),
    "ratio": numbers(ratio), "daysSince": since, "yearsSince": age,
}) + "\n")
