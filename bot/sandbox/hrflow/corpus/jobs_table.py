"""The jobs that the corpus offers first, in this order; later ones are variations of them."""

from typing import NamedTuple

from .families import FAMILIES, Family

TECH, BUSINESS = "Tech jobs", "Business jobs"
"""The names of the two boards."""

_TECHNICAL = frozenset(
    {"data engineering", "data analysis", "machine learning", "frontend", "backend", "devops", "security"}
)


class Opening(NamedTuple):
    """A job to fill: a unique title and the family that it belongs to."""

    title: str
    family: Family

    @property
    def board(self) -> str:
        """The name of the board that the job is on."""
        return TECH if self.family.name in _TECHNICAL else BUSINESS


OPENINGS = tuple(
    Opening(title, FAMILIES[family])
    for title, family in (
        ("Data Engineer", "data engineering"),
        ("Senior Data Engineer", "data engineering"),
        ("Data Analyst", "data analysis"),
        ("Machine Learning Engineer", "machine learning"),
        ("Frontend Developer", "frontend"),
        ("DevOps Engineer", "devops"),
        ("Product Manager", "product"),
        ("Sales Manager", "sales"),
        ("Backend Developer", "backend"),
        ("Customer Success Manager", "customer success"),
        ("UX Designer", "design"),
        ("Marketing Manager", "marketing"),
        ("Data Scientist", "machine learning"),
        ("Senior Frontend Developer", "frontend"),
        ("Security Engineer", "security"),
        ("HR Business Partner", "people"),
        ("Financial Controller", "finance"),
        ("Account Executive", "sales"),
        ("Site Reliability Engineer", "devops"),
        ("Analytics Engineer", "data engineering"),
        ("Full-Stack Developer", "backend"),
        ("Senior Product Manager", "product"),
        ("Content Marketing Manager", "marketing"),
        ("Junior Data Analyst", "data analysis"),
        ("Technical Recruiter", "people"),
        ("Lead Data Engineer", "data engineering"),
        ("Product Designer", "design"),
        ("Junior Backend Developer", "backend"),
        ("Accountant", "finance"),
        ("Key Account Manager", "sales"),
    )
)

SKILLED_IN_LANGUAGES = frozenset({"sales", "customer success", "marketing", "people", "finance"})
"""Families whose jobs also ask for the language of the place."""
