"""People, phones and keyboards spell one question in many ways; all of them mean the same."""

# ruff: noqa: RUF001 - curly quotes and dashes are what phones type

from __future__ import annotations

import pytest

from bot.domain.grammar import HelpWanted, parse, read
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.values import Named, NamedRange, Range
from bot.errors import QueryError

ASKED = '/profiles "Data Engineer" limit:5 skills:python,"machine learning"'


@pytest.mark.parametrize(
    "line",
    [
        "/profiles “Data Engineer” skills:python,“machine learning” limit:5",
        "/profiles ‘Data Engineer’ skills:python,‘machine learning’ limit:5",
        "/profiles 'Data Engineer' skills:python,'machine learning' limit:5",
        "/profiles „Data Engineer“ skills:python,«machine learning» limit:5",
        "/profiles Data Engineer skills:python,“machine learning” limit:5",
        "/profiles Data   Engineer\u00a0 limit: 5\tskills: python, “machine learning”",
        "/profiles Data limit:5 Engineer skills:python skills:“machine learning”",
        "/profiles skills:python , “machine learning” limit:5 Data Engineer",
        "/profiles skills:python ,“machine learning” limit:5 Data Engineer",
        "/profiles --limit 5 --skills python,'machine learning' Data Engineer",
        "/profiles --limit=5 --skills=python --skills='machine learning' Data Engineer",
        "/profiles —limit 5 —skills python,“machine learning” Data Engineer",
        "/profiles –limit=5 ―skills:python,“machine learning” Data Engineer",
        "/profiles LIMIT:5 Skills:python SKILL:“machine learning” Data Engineer",
        '/profiles job:"Data Engineer" limit:"5" skills:"python","machine learning"',
        '/profiles job_key:"Data Engineer" limit:5 skills_dict:["python", "machine learning"]',
        "/profiles\nData Engineer\n\nlimit:5\nskills:python,\n“machine learning”",
        "/profiles Data\u200b Engineer\ufeff limit:5 skills:py\u00adthon,“machine\u3000learning”",
        "/Profiles Data Engineer limit:5 skills:python,“machine learning”,python",
        "profiles Data Engineer limit:5 skills:python,,“machine learning”,",
        "/profiles ––limit 5 ——skills=python,“machine learning” Data Engineer",
        "/profiles Data Engineer limit:5 skills_dict:[{“name”:“python”,“value”:null},{“name”:“machine learning”}]",
    ],
)
def test_every_spelling_means_the_same(line: str) -> None:
    assert str(parse(line)) == ASKED


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("near:–33.86,−151.2", "near:-33.86,-151.2 within:50km"),
        ("since:2026–11–01 until:2026—11—02", "since:2026-11-01 until:2026-11-02"),
        ("worked–near:Lyon worked—within:20km", "worked-near:Lyon worked-within:20km"),
        ("—education–years 2..5", "education-years:2..5"),
        ("text:a–b", 'text:"a–b"'),
    ],
)
def test_a_keyboard_that_lengthens_dashes_is_understood_where_only_a_hyphen_can_be_meant(
    typed: str, meant: str
) -> None:
    assert str(parse(f"/profiles x {typed}")) == f"/profiles x {meant}"


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("/jobs Liam O'Brien", "Liam O'Brien"),
        ("/jobs Liam O’Brien limit:3", "Liam O’Brien"),
        ("/jobs 'tis a name", "'tis a name"),
        ("/jobs 'Liam O'Brien' limit:3", "Liam O'Brien"),
        ("/jobs rock'n'roll", "rock'n'roll"),
        ("/jobs Anne-Marie Léa", "Anne-Marie Léa"),
        ("/jobs C++ & C# dev (remote)", "C++ & C# dev (remote)"),
        ('/jobs "limit:5"', "limit:5"),
        ('/jobs "--limit 5"', "--limit 5"),
        (r'/jobs "the \"best\" one"', 'the "best" one'),
        (r'/jobs "back\\slash"', r"back\slash"),
        ("/jobs ann@example.com", "ann@example.com"),
        ("/jobs 漢字 名", "漢字 名"),
        ("/jobs a,b", "a,b"),
    ],
)
def test_a_name_stays_as_it_is(line: str, subject: str) -> None:
    query = parse(line)

    assert not isinstance(query, HelpWanted)
    assert query.subject == subject


def test_commas_in_quotes_do_not_part_a_list() -> None:
    query = parse('/profiles x skills:"a,b",c')

    assert isinstance(query, ProfilesQuery)
    assert query.skills == (Named("a,b"), Named("c"))


def test_quotes_force_text_and_bare_values_are_typed() -> None:
    query = parse('/profiles x tags:a=true,b="true",c=1,d="1",e=fluent,f=False,g=-0.5')

    assert isinstance(query, ProfilesQuery)
    assert [item.value for item in query.tags] == [True, "true", 1.0, "1", "fluent", False, -0.5]
    assert [type(item.value) for item in query.tags] == [bool, str, float, str, str, bool, float]


def test_a_list_key_given_twice_adds_up_without_doubles() -> None:
    query = parse("/profiles x text:kafka,spark text:spark,flink source:A source:B")

    assert isinstance(query, ProfilesQuery)
    assert query.text == ("kafka", "spark", "flink")
    assert query.source == ("A", "B")


def test_a_repeated_tag_key_of_jobs_means_and_while_a_comma_means_any() -> None:
    query = parse("/jobs ann tags:full-time,part-time tags:remote=true")

    assert isinstance(query, JobsQuery)
    assert query.tags == ((Named("full-time"), Named("part-time")), (Named("remote", value=True),))


_SINGLE = [
    "scoring:on",
    "limit:5",
    "page:2",
    "order:asc",
    "sort:created",
    "since:7d",
    "until:today",
    "name:a",
    "near:1,2",
]


@pytest.mark.parametrize("filter_", _SINGLE)
def test_a_single_value_given_twice_is_an_error(filter_: str) -> None:
    with pytest.raises(QueryError, match="twice"):
        parse(f"/jobs ann {filter_} skills:x {filter_}")


@pytest.mark.parametrize(
    "filters",
    [
        "stage:yes stage:no",
        "years:3.. years:..7",
        "years:3.. experiences_duration_min:2",
        "experiences_duration_max:3 years:..4",
        "experiences_duration_min:3 experiences_duration_min:4",
        "job:a job:b",
        "near:1,2 location_geopoint:3,4",
        "limit:5 LIMIT:6",
    ],
)
def test_two_names_of_one_single_value_are_given_twice_too(filters: str) -> None:
    with pytest.raises(QueryError, match="twice"):
        parse(f"/profiles {filters}")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3..7", Range(3, 7)),
        ("3..", Range(low=3)),
        ("..7", Range(high=7)),
        ("0..0", Range(0, 0)),
        ("0.5..2.25", Range(0.5, 2.25)),
        ("3…7", Range(3, 7)),
        ('"3 .. 7"', Range(3, 7)),
        ("5..5", Range(5, 5)),
    ],
)
def test_a_range_may_be_open_at_one_end(typed: str, expected: Range) -> None:
    query = parse(f"/profiles x years:{typed}")

    assert isinstance(query, ProfilesQuery)
    assert query.years == expected


@pytest.mark.parametrize(
    "typed", ["..", "7..3", "3", "3-7", "-1..2", "a..b", "1..2..3", "3..,7", "inf..", "1e3..", "nan.."]
)
def test_what_is_no_range_is_refused(typed: str) -> None:
    with pytest.raises(QueryError):
        parse(f"/profiles x education-years:{typed}")


def test_named_ranges_hold_numbers_or_dates() -> None:
    query = parse('/jobs ann range:salary=40000..60000,"bonus in %"=..10 dates:start=2026-01-01..2026-06-30')

    assert isinstance(query, JobsQuery)
    assert query.ranges == (NamedRange("salary", 40_000.0, 60_000.0), NamedRange("bonus in %", None, 10.0))
    assert query.dates == (NamedRange("start", "2026-01-01", "2026-06-30"),)


@pytest.mark.parametrize(
    ("typed", "km"),
    [
        ("40km", 40),
        ("40", 40),
        ("25mi", 41),
        ("1mi", 2),
        ("0.2km", 1),
        ("40.01km", 41),
        ("10 miles", 17),
        ("40 KM", 40),
    ],
)
def test_a_radius_is_whole_kilometres_rounded_up(typed: str, km: int) -> None:
    query = parse(f'/profiles x near:1,2 within:"{typed}"')

    assert isinstance(query, ProfilesQuery)
    assert query.within == km


@pytest.mark.parametrize("typed", ["0km", "-5km", "km", "30000km", "5 parsecs", "1e3km"])
def test_what_is_no_radius_is_refused(typed: str) -> None:
    with pytest.raises(QueryError):
        parse(f'/profiles x near:1,2 within:"{typed}"')


@pytest.mark.parametrize("typed", ["48.85,2.35", "48.85, 2.35", '"48.85, 2.35"', "48.85 ,2.35", "+48.85,2.35"])
def test_a_point_is_latitude_then_longitude(typed: str) -> None:
    assert str(parse(f"/profiles x near:{typed}")) == "/profiles x near:48.85,2.35 within:50km"


@pytest.mark.parametrize("typed", ["91,0", "0,181", "-91,0", "48", "48,2,1", "48;2"])
def test_what_is_no_point_is_refused(typed: str) -> None:
    with pytest.raises(QueryError):
        parse(f"/profiles x near:{typed}")


@pytest.mark.parametrize(
    "filters",
    [
        "within:10km",
        "worked-within:10km",
        "studied-within:5km worked-near:1,2",
        "scoring:off sort:score",
        "stage:any sort:location",
        "stage:any sort:semantic",
        "stage:any scoring:off",
        "stage:any sort:experience-location",
    ],
)
def test_filters_that_contradict_each_other_are_refused(filters: str) -> None:
    with pytest.raises(QueryError):
        parse(f"/profiles x {filters}")


@pytest.mark.parametrize("sort", ["score", "received", "created"])
def test_any_stage_goes_with_every_sort_that_can_be_merged(sort: str) -> None:
    query = parse(f"/profiles x stage:any sort:{sort}")

    assert isinstance(query, ProfilesQuery)
    assert query.stage == "any"


def test_scoring_off_sorts_by_relevance() -> None:
    query = parse("/profiles x scoring:off")

    assert isinstance(query, ProfilesQuery)
    assert query.sorted_by == "semantic"


@pytest.mark.parametrize("word", ["help", "HELP", "--help", "-h", "?", "—help"])
@pytest.mark.parametrize("command", ["/profiles", "/jobs"])
def test_help_is_asked_for_in_every_usual_way(command: str, word: str) -> None:
    assert parse(f"{command} {word}") == HelpWanted(command)
    assert parse(f"{command}  {word}  skills") == HelpWanted(command, "skills")


@pytest.mark.parametrize("line", ['/profiles "help"', "/profiles help desk engineer", "/profiles job:help"])
def test_help_can_be_the_name_of_a_job(line: str) -> None:
    assert isinstance(parse(line), ProfilesQuery)


def test_nothing_behind_the_command_is_a_question_without_a_subject() -> None:
    assert parse("/profiles") == ProfilesQuery()
    assert parse("/jobs   ") == JobsQuery()
    assert read(JobsQuery, "/team-jobs", "") == JobsQuery()


def test_a_renamed_command_reads_the_same() -> None:
    assert read(ProfilesQuery, "/hr-profiles", "dev limit:3") == parse("/profiles dev limit:3")


def test_an_error_behind_a_renamed_command_shows_the_line_as_typed() -> None:
    with pytest.raises(QueryError) as caught:
        read(ProfilesQuery, "/hr-profiles", "dev limit:99")

    error = caught.value
    assert error.line == "/hr-profiles dev limit:99"
    assert error.line[error.start : error.end] == "99"


@pytest.mark.parametrize(
    ("typed", "km"), [("within:40 km", 40), ("--within 25 mi", 41), ("within: 40 KM", 40), ("within:40", 40)]
)
def test_a_unit_may_stand_apart(typed: str, km: int) -> None:
    query = parse(f"/profiles x near:48.85,2.35 {typed} skills:python")

    assert str(query) == f"/profiles x near:48.85,2.35 within:{km}km skills:python"
