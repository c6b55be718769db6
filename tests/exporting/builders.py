"""Theme tables, quotations and a codebook made by hand for the tests of exports."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist

import pandas as pd

from qualcode.model.codebook import Code, Codebook, Wording

Counts = Mapping[str, int]  # respondents by theme key

CODEBOOK = Codebook(
    key="cooperation",
    title=Wording({"en": "Cooperation", "nb": "Samarbeid om arbeid og behandling"}),
    source="Invented for the tests",
    version="2",
    codes=(
        Code(
            key="formal_barriers",
            name=Wording({"en": "Formal barriers", "nb": "Formelle hindre"}),
            definition=Wording({"en": "Conditions of the framework.", "nb": "Rammer som hemmer flyten i arbeidet."}),
            include=("Taushetsplikt som hindrer deling", "Ingen tilgang til journal eller kalender"),
            exclude=("Holdninger hos enkeltpersoner: bruk Faglige spenninger",),
            examples=("«Vi sitter i hvert vårt hus og ser ikke hverandre.»", "=ikke en formel"),
        ),
        Code(
            key="records_access",
            name=Wording({"en": "Records access", "nb": "Tilgang til journal og til hverandres kalendere"}),
            parent="formal_barriers",
            depth=1,
        ),
        Code(key="inclusion", name=Wording({"en": "Inclusion", "nb": "Inkludering i behandlingsteamet"})),
        Code(key="other", name=Wording(plain="Other"), definition=Wording(plain="Fits none of the others.")),
    ),
)


def wilson_percent(n: int, N: int) -> tuple[float, float]:
    """95 % score interval in per cent, one decimal."""
    z = NormalDist().inv_cdf(0.975)
    centre, half = 2 * n + z * z, z * math.sqrt(z * z + 4 * n * (N - n) / N)
    return tuple(round(100 * bound / (2 * (N + z * z)), 1) for bound in (centre - half, centre + half))  # type: ignore[return-value]


def theme_table(
    groups: Sequence[tuple[str, int, int, Counts]], codebook: Codebook = CODEBOOK, *, small_cell: int = 5
) -> pd.DataFrame:
    """A theme table from (group, answering, size, respondents by theme); two codings a respondent, 40 words a piece."""
    rows = []
    for group, answering, size, counts in groups:
        codings_in_group = sum(2 * counts.get(code.key, 0) for code in codebook.codes if not code.depth)
        words = 40 * answering
        for code in codebook.codes:
            n = counts.get(code.key, 0)
            percent = answering >= small_cell
            low, high = wilson_percent(n, answering) if percent else (math.nan, math.nan)
            rows.append(
                {
                    "group": group,
                    "theme": code.key,
                    "name": code.name.in_language("nb"),
                    "parent": code.parent,
                    "depth": code.depth,
                    "codings": 2 * n,
                    "pct_of_codings": round(200 * n / codings_in_group, 1)
                    if codings_in_group >= small_cell
                    else math.nan,
                    "units": 2 * n,
                    "pct_of_units": math.nan,
                    "respondents": n,
                    "pct_of_answering": round(100 * n / answering, 1) if percent else math.nan,
                    "pct_of_group": round(100 * n / size, 1) if percent else math.nan,
                    "ci_low": low,
                    "ci_high": high,
                    "sessions": 0,
                    "units_in_group": codings_in_group,
                    "codings_in_group": codings_in_group,
                    "answering": answering,
                    "group_n": size,
                    "sessions_in_group": 0,
                    "words_in_group": words,
                    "per_1000_words": round(2000 * n / words, 1) if words else math.nan,
                    "suggested": 3 * n,
                    "suggested_units": 3 * n,
                    "suggested_respondents": n,
                    "suggested_pct_of_answering": round(100 * n / answering, 1) if percent else math.nan,
                }
            )
    return pd.DataFrame(rows)


GROUPS: list[tuple[str, int, int, Counts]] = [
    ("(all)", 82, 87, {"formal_barriers": 31, "records_access": 12, "inclusion": 22}),
    ("Metodeveileder", 46, 48, {"formal_barriers": 23, "records_access": 9, "inclusion": 18}),
    ("Teamleder i distriktspsykiatrisk senter", 33, 36, {"formal_barriers": 8, "records_access": 3, "inclusion": 3}),
    ("Behandler", 3, 3, {"inclusion": 1}),
]


def quotations(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Quotations in the columns of codings.csv with theme_name and parent; what a row leaves out has a stand-in."""
    names = {code.key: code for code in CODEBOOK.codes}
    made = []
    for i, row in enumerate(rows):
        code = names[str(row.get("code", "inclusion"))]
        made.append(
            {
                "segment_id": i + 1,
                "document": "survey.xlsx#Svar!2:Hva er viktigst?",
                "respondent": "17",
                "respondent_key": "survey-17",
                "group": "Metodeveileder",
                "session": "",
                "question": "Hva er viktigst?",
                "start": 0,
                "end": 10,
                "text": "Vi blir glemt når det kalles inn til møte.",
                "code": code.key,
                "coder": "Kari",
                "origin": "manual",
                "rule": None,
                "evidence": None,
                "score": math.nan,
                "unit": "segment",
                "unit_start": 0,
                "unit_end": 10,
                "language": "nb",
                "theme_name": code.name.in_language("nb"),
                "parent": code.parent,
                **row,
            }
        )
    return pd.DataFrame(made)
