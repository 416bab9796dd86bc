#!/usr/bin/python3
"""Scores a customer file with a model folder of Campaign, without Campaign: XGBoost's own files and package.json are enough.

    python3 score_with_python.py MODEL_FOLDER CUSTOMERS.csv SCORES.csv [--as-of 2024-02-29]

Needs Python 3.9, numpy and xgboost 1.7 or later (on Debian: python3-numpy, python3-xgboost). Writes row,customer_id,score,selected, one line a
row of the file, as 'campaign score' does for customers that were not in the training file: the final model scores every row.

The file must be plain: UTF-8, commas, a header with the names of the training file, decimal points, dates as 2024-02-29. Campaign reads many
more kinds of file; that reading is not repeated here.
"""
import argparse
import csv
import datetime
import json
import os

import numpy
import xgboost

FORMAT = 2
EPOCH = datetime.date(1970, 1, 1)
LIMIT = numpy.float32(1e37)
MISSING = {"", "NA", "N/A", "#N/A", "<NA>", "NULL", "NAN", "-NAN", "-", "--"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("model")
    arguments.add_argument("customers")
    arguments.add_argument("scores")
    arguments.add_argument("--as-of", type=datetime.date.fromisoformat, help="the day the file was drawn, for models that count time")
    given = arguments.parse_args()

    with open(os.path.join(given.model, "package.json"), encoding="utf-8") as file:
        package = json.load(file)
    if package["formatVersion"] != FORMAT:
        raise SystemExit(f"This script reads packages of format {FORMAT}; this one is of format {package['formatVersion']}.")

    with open(given.customers, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    values = features(package["features"], rows, given.as_of)
    log_odds = predict(given.model, package, values)
    scores = 1 / (1 + numpy.exp(-log_odds.astype(numpy.float64)))

    threshold, id_column = package.get("threshold"), package.get("idColumn")
    with open(given.scores, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["row", "customer_id", "score", "selected"])
        for number, (row, score) in enumerate(zip(rows, scores), 1):
            selected = "" if threshold is None else int(score >= threshold)
            writer.writerow([number, cell(row, id_column) if id_column else number, repr(float(score)), selected])


def predict(folder, package, values):
    """The weighted sum of the members' log-odds, summed in double precision and kept in single, as Campaign does."""
    categorical = ["c" if feature["kind"].lower() == "category" else "q" for feature in package["features"]]
    sums = numpy.zeros(len(values))
    for member in package["members"]:
        booster = xgboost.Booster(model_file=os.path.join(folder, f"final-{member['name']}.ubj"))
        if "design" in member:
            matrix = xgboost.DMatrix(design(member["design"]["columns"], values), missing=numpy.nan)
        else:
            matrix = xgboost.DMatrix(values, missing=numpy.nan, feature_types=categorical, enable_categorical=True)
        sums += member["weight"] * booster.predict(matrix, output_margin=True, validate_features=False).astype(numpy.float64)
    return sums.astype(numpy.float32)


def features(described, rows, as_of):
    """Row-major single-precision numbers in the order that the models know; NaN is missing, a category its place among the training file's."""
    reference_day = day_of_reference(described, rows, as_of)
    values = numpy.full((len(rows), len(described)), numpy.nan, dtype=numpy.float32)
    for place, feature in enumerate(described):
        derived, kind = feature.get("derived"), feature["kind"].lower()
        if derived:
            values[:, place] = derive(derived, rows, reference_day)
        elif kind == "category":
            codes = {category: code for code, category in enumerate(feature["categories"])}
            values[:, place] = [codes.get(cell(row, feature["name"]), numpy.nan) for row in rows]
        else:
            column = dates(rows, feature["name"]) if kind == "date" else numbers(rows, feature["name"])
            values[:, place] = numpy.clip(column, -LIMIT, LIMIT)
    return values


def derive(derived, rows, reference_day):
    """A ratio where the denominator is above 0, or the days or years since a date that is not later than the reference day; else NaN."""
    formula = derived["formula"].lower()
    with numpy.errstate(all="ignore"):
        if formula == "ratio":
            over = numbers(rows, derived["denominator"])
            return numpy.clip(numpy.where(over > 0, numbers(rows, derived["column"]) / over, numpy.float32(numpy.nan)), -LIMIT, LIMIT)
        day = dates(rows, derived["column"])
        since = numpy.where(day <= reference_day, numpy.float32(reference_day) - day, numpy.float32(numpy.nan))
        return since / numpy.float32(365.25) if formula == "yearssince" else since


def day_of_reference(described, rows, as_of):
    """Days since 1970: --as-of, else the latest date up to tomorrow in the columns whose days are counted, else tomorrow."""
    if as_of:
        return (as_of - EPOCH).days
    tomorrow = (datetime.datetime.now(datetime.timezone.utc).date() - EPOCH).days + 1
    counted = [feature["derived"]["column"] for feature in described if feature.get("derived", {}).get("formula", "").lower() == "dayssince"]
    days = [day for column in counted for day in dates(rows, column) if day <= tomorrow]
    return int(max(days, default=tomorrow))


def design(columns, values):
    """The inputs of a linear member: numbers drawn in to their limits, indicators of missing values and of categories, all standardised."""
    inputs = numpy.empty((len(values), len(columns)), dtype=numpy.float32)
    for place, column in enumerate(columns):
        raw, kind = values[:, column["feature"]].astype(numpy.float64), column["kind"].lower()
        if kind == "number":
            value = numpy.where(numpy.isnan(raw), column["mean"], numpy.clip(raw, column["low"], column["high"]))
        elif kind == "missing":
            value = numpy.isnan(raw)
        else:
            value = raw == column["code"]
        inputs[:, place] = (value - column["mean"]) / column["scale"]
    return inputs


def numbers(rows, name):
    return numpy.array([numpy.nan if is_missing(cell(row, name)) else float(cell(row, name)) for row in rows], dtype=numpy.float32)


def dates(rows, name):
    """Days since 1970."""
    return numpy.array(
        [numpy.nan if is_missing(cell(row, name)) else (datetime.date.fromisoformat(cell(row, name)[:10]) - EPOCH).days for row in rows], dtype=numpy.float32)


def cell(row, name):
    if row.get(name) is None:
        raise SystemExit(f"The file has no column '{name}', which the model needs.")
    return row[name].strip()


def is_missing(text):
    return text.upper() in MISSING


if __name__ == "__main__":
    main()
