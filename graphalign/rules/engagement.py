"""The engagement rules about persons: who is owed attention and does not get or give it."""

from __future__ import annotations

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.pairs import only, places
from graphalign.graph.shared import projection
from graphalign.model import Judged, Option, Says, Tie
from graphalign.rules import rule
from graphalign.settings import RuleSettings
from graphalign.vocabulary import ENGAGEMENT, RACI

STANDING = ("power", "interest", "engagement", "desired_engagement")


def is_key_player(facts: Facts) -> pl.Expr:
    """Return whether power and interest are both high (the power/interest grid, Mendelow 1991)."""
    return pl.all_horizontal(pl.col("power", "interest") >= facts.high).fill_null(value=False)


def is_monitored(facts: Facts) -> pl.Expr:
    """Return whether power and interest are both known and below high."""
    return pl.all_horizontal(pl.col("power", "interest") < facts.high).fill_null(value=False)


def shown(column: str, places: int = 2) -> pl.Expr:
    """Return a number as a sentence shows it, halves rounded away from zero."""
    return pl.col(column).round(places, mode="half_away_from_zero").cast(pl.String).str.replace(r"\.0$", "")


def _said(condition: pl.Expr, text: pl.Expr | str) -> pl.Expr:
    return pl.when(condition).then(pl.lit(text) if isinstance(text, str) else text)


def _part(name: str, detail: pl.Expr) -> pl.Expr:
    known = pl.format("{} {}, {}", pl.lit(name), shown(name), detail)
    return _said(pl.col(name).is_not_null(), known).fill_null(f"{name} unknown")


@rule(
    "ENG301",
    "weakly-engaged",
    subjects=("stakeholder",),
    message="{stakeholder} is owed attention ({owed}) but weakly engaged: the index of behaviour is {index}, below "
    "{threshold} ({parts}), weakest in {weakest}; stance: {stance}.",
    remedy="For {stakeholder}: {advice}.",
    nothing="there is no person owed attention whose contact or roles are known",
    evidence=(
        Says("stakeholder", STANDING),
        Tie("stakeholder", RACI, None),
        Tie("stakeholder", ("COMMUNICATES_WITH",), "with"),
    ),
    also=("with",),
    options={
        "threshold": Option(0.4, "an index of behaviour below this is weak", 0, 1),
        "half_life_days": Option(30, "after so many days without contact recency is halved", 1, 3660),
        "full_roles": Option(2, "so many RACI roles are full involvement", 1, 1000),
        "full_contacts": Option(3, "so many distinct contacts are full reach", 1, 1000),
    },
)
def weakly_engaged(facts: Facts, settings: RuleSettings) -> Judged:
    """A person owed attention (high power or interest, wanted supportive or leading, or accountable or responsible
    for something active) whose index of behaviour is below 0.4: the mean of what is known of recency (2 to the power
    of minus the days since the last dated contact / 30), involvement (RACI roles / 2, at most 1) and reach (distinct
    contacts / 3, at most 1). High for key players.

    Recency is unknown without a dated contact, reach when too few of the persons judged have a contact, involvement
    when the graph has no RACI relationship.

    Why: people who matter to the outcome and are not involved learn of decisions late and withdraw support; behaviour
    shows it sooner than the stance they profess.

    Source: PMBOK Guide, Monitor Stakeholder Engagement; Mendelow 1991 (power/interest grid); Mitchell, Agle & Wood
    1997.
    """
    people = facts.owed_attention
    who = places(people["person"])
    covered = facts.coverage(facts.mask(people["person"])) >= facts.settings.get("contact", "coverage")
    has_roles = any(facts.graph.of_type(t).height for t in RACI)
    held = (
        people.hstack(facts.spoken[who])
        .with_columns(
            pl.Series("roles", facts.role_counts.take(who)),
            (pl.lit(facts.as_of) - pl.col("last")).dt.total_days().alias("days"),
        )
        .with_columns(
            pl.lit(2.0).pow(-pl.col("days") / settings["half_life_days"]).alias("recency"),
            _said(pl.lit(has_roles), (pl.col("roles") / settings["full_roles"]).clip(upper_bound=1)).alias(
                "involvement"
            ),
            _said(pl.lit(covered), (pl.col("contacts") / settings["full_contacts"]).clip(upper_bound=1)).alias("reach"),
        )
        .with_columns(
            pl.mean_horizontal("recency", "involvement", "reach").round(6, mode="half_away_from_zero").alias("value")
        )
    )
    judged = held.filter(pl.col("value").is_not_null())
    found = judged.filter(pl.col("value") < settings["threshold"])
    theirs = only(facts.contact, "person", facts.mask(found["person"]))
    latest = theirs.filter(theirs["last"] == facts.spoken["last"].gather(theirs["person"]))
    found = found.join(latest.group_by("person").agg(pl.col("other").min().alias("with")), on="person", how="left")
    return Judged(_weakness(facts, found), judged.height)


def _weakness(facts: Facts, found: pl.DataFrame) -> pl.DataFrame:
    """The rows of ENG301, with the sentence's parts: never the index alone."""
    named = ("recency", "involvement", "reach")
    least = pl.min_horizontal(*named)
    owed = [
        _said(pl.col("power") >= facts.high, pl.format("power {}", shown("power"))),
        _said(pl.col("interest") >= facts.high, pl.format("interest {}", shown("interest"))),
        _said(
            pl.col("desired_engagement").is_in(["supportive", "leading"]), pl.format("wanted {}", "desired_engagement")
        ),
        _said(pl.col("works"), "owns or does active work"),
    ]
    parts = [
        _part("recency", pl.format("{} days since the last contact", "days")),
        _part("involvement", pl.format("RACI roles: {}", "roles")),
        _part("reach", pl.format("contacts: {}", "contacts")),
    ]
    advice = {
        "recency": "talk to them soon and record the date",
        "involvement": "give them a role on a goal they care about",
        "reach": "bring them together with more of the people involved",
    }
    mend = [_said(pl.col(n) == least, text) for n, text in advice.items()]
    return found.select(
        pl.col("person").alias("stakeholder"),
        "with",
        shown("value", 3).alias("index"),
        pl.concat_str(parts, separator="; ").alias("parts"),
        pl.concat_str([_said(pl.col(n) == least, n) for n in named], separator=" and ", ignore_nulls=True).alias(
            "weakest"
        ),
        pl.concat_str(mend, separator=", and ", ignore_nulls=True).alias("advice"),
        pl.concat_str(owed, separator=", ", ignore_nulls=True).alias("owed"),
        pl.col("engagement").fill_null("unknown").alias("stance"),
        _said(is_key_player(facts), "high").alias("severity"),
        (-pl.col("value")).alias("rank"),
    )


@rule(
    "ENG302",
    "engagement-gap",
    subjects=("stakeholder",),
    message={
        "below": "{stakeholder} is {engagement} and should be {desired}: {steps} short.",
        "above": "{stakeholder} is {engagement}, more than the {desired} that is wanted.",
    },
    remedy={
        "below": "Agree with {stakeholder} what would move them from {engagement} to {desired}, and who talks to them.",
        "above": "Use the support of {stakeholder}, or correct the desired level.",
    },
    nothing="no person has both an engagement and a desired engagement",
    judges_goals=False,
    evidence=(Says("stakeholder", STANDING),),
)
def engagement_gap(facts: Facts, _: RuleSettings) -> Judged:
    """A person whose engagement is below the desired level, in the order unaware, resistant, neutral, supportive,
    leading. High for key players, low for those to monitor (power and interest known and below high), else medium.
    Above the desired level: info.

    Why: the gap between the engagement there is and the engagement wanted is what a stakeholder plan is to close.

    Source: PMBOK Guide, stakeholder engagement assessment matrix; Mendelow 1991 (power/interest grid).
    """
    level = pl.Enum(ENGAGEMENT)
    people = facts.persons.select("person", "engagement", "desired_engagement", "power", "interest")
    judged = people.drop_nulls(["engagement", "desired_engagement"]).with_columns(
        (
            pl.col("desired_engagement").cast(level).to_physical().cast(pl.Int64)
            - pl.col("engagement").cast(level).to_physical().cast(pl.Int64)
        ).alias("gap")
    )
    below = pl.col("gap") > 0
    severity = (
        pl.when(~below)
        .then(pl.lit("info"))
        .when(is_key_player(facts))
        .then(pl.lit("high"))
        .when(is_monitored(facts))
        .then(pl.lit("low"))
    )
    rows = judged.filter(pl.col("gap") != 0).select(
        pl.col("person").alias("stakeholder"),
        "engagement",
        pl.col("desired_engagement").alias("desired"),
        pl.when(pl.col("gap") == 1).then(pl.lit("one level")).otherwise(pl.format("{} levels", "gap")).alias("steps"),
        pl.when(below).then(pl.lit("below")).otherwise(pl.lit("above")).alias("case"),
        severity.alias("severity"),
        pl.col("gap").alias("rank"),
    )
    return Judged(rows, judged.height)


@rule(
    "ENG303",
    "overdue-contact",
    subjects=("stakeholder",),
    message={
        "late": "{stakeholder} is due a contact every {cadence} days, and the last one outside the own "
        "organisation or with a goal owner "
        "was {days} days ago, on {last}, with {other}.",
        "never": "{stakeholder} is due a contact every {cadence} days, and none outside the own organisation or "
        "with a goal owner is recorded.",
    },
    remedy="Arrange a talk between {stakeholder} and a goal owner or another partner, and record its date.",
    needs=("contact",),
    covered_on=lambda facts: facts.paced["person"],
    nothing="no person has a cadence of contact",
    also=("other",),
    evidence=(Says("stakeholder", ("cadence_days",)), Tie("stakeholder", ("COMMUNICATES_WITH",), "other")),
)
def overdue_contact(facts: Facts, _: RuleSettings) -> Judged:
    """A person with a cadence, whose last dated contact with somebody who has a partner that is not this person's, or
    with an owner of an active goal, is older than the cadence, or who has no such contact of any date. Whoever has
    only undated contact of this sort is not judged.

    Why: a rhythm of contact that was agreed and is not kept is the first sign of a stakeholder drifting away.

    Source: PMBOK Guide, communications management plan (frequency).
    """
    judged = facts.paced.with_columns((pl.lit(facts.as_of) - pl.col("last")).dt.total_days().alias("days"))
    found = judged.filter(pl.col("days").is_null() | (pl.col("days") > pl.col("cadence_days")))
    rows = found.select(
        pl.col("person").alias("stakeholder"),
        "other",
        pl.col("cadence_days").alias("cadence"),
        "days",
        "last",
        pl.when(pl.col("days").is_null()).then(pl.lit("never")).otherwise(pl.lit("late")).alias("case"),
        pl.when(pl.col("days").is_null())
        .then(pl.lit(1e6))
        .otherwise(pl.col("days") - pl.col("cadence_days"))
        .alias("rank"),
    )
    return Judged(rows, judged.height)


@projection
def key_players(facts: Facts) -> pl.DataFrame:
    """The persons of high power and high interest."""
    return facts.persons.filter(is_key_player(facts))


@rule(
    "ENG304",
    "neglected-key-player",
    severity="high",
    subjects=("stakeholder",),
    message="{stakeholder} is a key player (power {power}, interest {interest}) and in contact with no other "
    "owner of an active goal, "
    "nor with a member of one.",
    remedy="Let the owner of a goal that matters to {stakeholder} talk to them, and record it.",
    needs=("contact",),
    covered_on=lambda facts: key_players(facts)["person"],
    nothing="no person has both high power and high interest",
    evidence=(Says("stakeholder", ("power", "interest")),),
)
def neglected_key_player(facts: Facts, _: RuleSettings) -> Judged:
    """A key player (power and interest high) without contact with another owner of an active goal, or with a member
    of one.

    Why: key players can make or break an outcome; those who answer for the goals must manage them closely, in person.

    Source: Mendelow 1991 (power/interest grid: manage closely).
    """
    players = key_players(facts)
    owns = facts.mask(facts.owned["owner"])
    answering = owns | facts.mask(only(facts.belonging, "container", owns)["party"])
    asked = only(facts.contact, "person", facts.mask(players["person"]))
    found = only(players, "person", ~facts.mask(only(asked, "other", answering)["person"]))
    rows = found.select(
        pl.col("person").alias("stakeholder"), "power", "interest", (pl.col("power") + pl.col("interest")).alias("rank")
    )
    return Judged(rows, players.height)


@rule(
    "ENG305",
    "isolated-stakeholder",
    severity="info",
    subjects=("stakeholder",),
    message="{stakeholder} is listed, but has no role, no contact and no other relationship than membership.",
    remedy="Say what part {stakeholder} has in the alliance, or leave them out.",
    nothing="there is no person",
    judges_goals=False,
    evidence=(Tie("stakeholder", ("MEMBER_OF",), None),),
)
def isolated_stakeholder(facts: Facts, _: RuleSettings) -> Judged:
    """A person without any relationship but membership; relationships of types outside the vocabulary count too.

    Why: somebody who is listed and tied to nothing is either forgotten or does not belong in the picture.

    Source: PMBOK Guide, stakeholder register.
    """
    people = facts.persons.select(pl.col("person").alias("stakeholder"))
    start, n = facts.graph.span("MEMBER_OF")
    tied = np.zeros(facts.n, dtype=np.bool_)
    for end in (facts.graph.edges[c].to_numpy() for c in ("source", "target")):
        tied[end[:start]] = tied[end[start + n :]] = True
    return Judged(only(people, "stakeholder", ~tied), people.height)
