"""Names of invented companies and schools, and other words that the corpus draws from."""

COMPANIES = (
    "Northlight Analytics", "Cobalt Freight", "Maison Brindille", "Kestrel Payments", "Tidewater Robotics",
    "Orchard & Vale", "Blauwal Energie", "Lumen Cartography", "Pinecrest Health", "Sable Insurance",
    "Verdant Foods", "Quartz Mobility", "Atelier Nuage", "Harbourline Logistics", "Fjordvik Systems",
    "Solstice Travel", "Copperleaf Books", "Mirador Telecom", "Tessera Bank", "Willowbrook Media",
    "Aurinko Games", "Granite Peak Outdoors", "Papillon Cosmetics", "Vela Aerospace", "Ostrava Machine Works",
    "Kumquat Delivery", "Nimbus Weather", "Saffron Kitchens", "Rookery Studios", "Delta Marsh Water",
    "Lindenhof Pharma", "Castellan Security", "Brightwell Education", "Zephyr Rail", "Amaranth Textiles",
    "Polder Agritech", "Cinder & Ash Design", "Meridian Property", "Juniper Clinics", "Tramontane Wind",
)  # fmt: skip

SECTORS = (
    "retail", "logistics", "payments", "health care", "insurance", "energy", "travel", "media", "telecommunications",
    "public services", "education", "manufacturing",
)  # fmt: skip

SCHOOLS = ("University of {city}", "{city} Institute of Technology", "{city} Business School", "{city} Open College")

DEGREES = (("Bachelor of {study}", 3), ("Master of {study}", 2), ("Doctorate in {study}", 4))
"""Degrees in the order in which people take them, with the years that each takes."""

INTERESTS = (
    "Hiking", "Chess", "Photography", "Cooking", "Sailing", "Climbing", "Choir singing", "Gardening", "Cycling",
    "Volunteering", "Ceramics", "Football", "Reading", "Board games", "Astronomy", "Dancing", "Swimming", "Woodwork",
)  # fmt: skip

SOFT_SKILLS = ("Teamwork", "Communication", "Mentoring", "Problem solving", "Leadership", "Time management")

MORE_LANGUAGES = ("french", "german", "spanish", "italian", "portuguese", "dutch", "english")

LANGUAGE_LEVELS = ("basic", "intermediate", "fluent")

AVAILABILITY = ("immediate", "one month", "three months")

WORK_MODES = ("on site", "hybrid", "remote")

CONTRACTS = ("permanent", "permanent", "permanent", "fixed term", "freelance")
