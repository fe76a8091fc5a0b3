"""The words for every parameter: its name on a form, and what it means. `domain/parameters.py` declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import examples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.declaring import Parameter
    from bot.domain.query import Query

_BOTH: Mapping[str, tuple[str, str]] = {
    "scoring": ("Scoring", "on asks for scores, off for the search engine alone"),
    "limit": ("Page size", "how many on a page, 1 to 30"),
    "page": ("Page", "which page, from 1"),
    "order": ("Order", "desc (best or latest first) or asc"),
    "near": ("Place", "a city, or latitude and longitude: 48.85,2.35"),
    "within": ("Distance from the place", "how far from near:"),
    "summary": ("Words in the summary", "words in the summary, all of them"),
    "text": ("Words anywhere", "words in the whole text, all of them"),
    "skills": ("Skills", "skills, all of them, with a level if you like"),
}
_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "/profiles": {
        **_BOTH,
        "job": ("Job", "the job: title, key or reference"),
        "source": ("Sources", "names or keys of sources"),
        "board": ("Board", "the job's board, by name or key"),
        "stage": ("Stage", "new (default), yes, later, no or any"),
        "sort": ("Sort by", "what to sort by, score by default"),
        "since": ("Received since", "received from then on"),
        "until": ("Received until", "received up to then"),
        "name": ("Name", "part of the profile's name"),
        "email": ("E-mail", "the profile's e-mail"),
        "experience": ("Words in experiences", "words in experiences"),
        "worked-near": ("Worked near", "where an experience was: a city, or latitude and longitude"),
        "worked-within": ("Distance from where they worked", "how far from worked-near:"),
        "years": ("Years of experience", "years of experience in all"),
        "education": ("Words in educations", "words in educations"),
        "studied-near": ("Studied near", "where an education was: a city, or latitude and longitude"),
        "studied-within": ("Distance from where they studied", "how far from studied-near:"),
        "education-years": ("Years of education", "years of education in all"),
        "languages": ("Languages", "languages, all of them"),
        "tags": ("Tags", "tags, with a value if you like"),
        "interests": ("Interests", "interests, all of them"),
    },
    "/jobs": {
        **_BOTH,
        "profile": ("Profile", "the profile: name, e-mail, key or reference"),
        "source": ("Source", "the profile's source, by name or key"),
        "board": ("Boards", "names or keys of boards"),
        "agent": ("Scoring agent", "the scoring agent's key; the configured one by default"),
        "sort": ("Sort by", "score (default) or created"),
        "since": ("Created since", "created from then on"),
        "until": ("Created until", "created up to then"),
        "name": ("Title", "part of the job's title"),
        "languages": ("Languages", "languages, all of them"),
        "tags": ("Tags", "tags: a comma means any of them, a repeated key and"),
        "range": ("Ranges of numbers", "a named range of numbers"),
        "dates": ("Ranges of dates", "a named range of dates"),
    },
}


def label(query_type: type[Query], parameter: Parameter) -> str:
    """Its name on a form."""
    return _WORDS[query_type.command][parameter.key][0]


def meaning(query_type: type[Query], parameter: Parameter) -> str:
    """What it asks for, as half a sentence."""
    return _WORDS[query_type.command][parameter.key][1]


def hint(query_type: type[Query], parameter: Parameter) -> str:
    """What a form says below the field, or ""."""
    return _HINTS.get((query_type.command, parameter.key)) or _HINTS.get(("", parameter.key), "")


def example(query_type: type[Query], parameter: Parameter) -> str:
    """What it looks like typed."""
    return examples.of_filter(query_type.command, parameter.key)


def placeholder(query_type: type[Query], parameter: Parameter) -> str:
    """What stands in an empty field."""
    return f"e.g. {example(query_type, parameter).partition(':')[2].strip(chr(34))}"


def choice(parameter: Parameter, word: str) -> str:
    """A word of a menu as people say it."""
    return _CHOICES.get((parameter.key, word)) or word[:1].upper() + word[1:].replace("-", " ")


BY_DEFAULT = "Best match first"
_DATES = "A date such as 2026-11-01, or counted back from now: 7d, 2w, 3m, yesterday."
_HINTS: Mapping[tuple[str, str], str] = {
    ("", "near"): "A city, or latitude and longitude.",
    ("", "within"): "50km where it is left empty.",
    ("", "since"): _DATES,
    ("", "skills"): "All of them, between commas; python=0.9 asks for a level.",
    ("", "languages"): "All of them, between commas; english=fluent asks for a level.",
    ("", "summary"): "All of them, between commas.",
    ("", "text"): "All of them, between commas.",
    ("/profiles", "education"): "All of them, between commas.",
    ("/profiles", "experience"): "All of them, between commas.",
    ("/profiles", "years"): "From and to, such as 3..7, 3.. or ..7.",
    ("/profiles", "tags"): "All of them, between commas; active=true asks for a value.",
    ("/jobs", "tags"): "Between commas any of them; each line has to match.",
    ("/jobs", "range"): "A name and from and to, such as salary=40000..60000.",
    ("/jobs", "dates"): "A name and from and to, such as start=2026-01-01..2026-06-30.",
}
_CHOICES: Mapping[tuple[str, str], str] = {
    ("stage", "any"): "Any of them",
    ("order", "desc"): "Best or latest first",
    ("order", "asc"): "Worst or earliest first",
    ("sort", "semantic"): "Match of the texts",
    ("sort", "received"): "Date received",
    ("sort", "created"): "Date created",
    ("sort", "location"): "Distance",
    ("sort", "experience-location"): "Distance from where they worked",
    ("sort", "education-location"): "Distance from where they studied",
    ("scoring", "off"): "Off: the search engine alone",
}
