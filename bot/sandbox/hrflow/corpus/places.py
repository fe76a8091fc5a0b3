"""Cities of the corpus with their coordinates, and which names people there often have."""

from typing import Any, NamedTuple


class Place(NamedTuple):
    """A city: degrees of latitude and longitude, and the group of names that is common there."""

    city: str
    country: str
    country_code: str
    lat: float
    lng: float
    names: str

    def location(self) -> dict[str, Any]:
        """Return the city as a location of the later shape (reference hrflow-api §5.1)."""
        fields = {"city": self.city, "country": self.country, "country_code": self.country_code}
        empty = dict.fromkeys(("postcode", "state", "state_code", "street", "street_number", "suburb"))
        return {
            "text": f"{self.city}, {self.country}",
            "lat": self.lat,
            "lng": self.lng,
            "gmaps": None,
            "fields": {**fields, **empty},
        }


PLACES = (
    Place("Paris", "France", "FR", 48.8566, 2.3522, "french"),
    Place("Lyon", "France", "FR", 45.7640, 4.8357, "french"),
    Place("Marseille", "France", "FR", 43.2965, 5.3698, "french"),
    Place("Toulouse", "France", "FR", 43.6047, 1.4442, "french"),
    Place("Lille", "France", "FR", 50.6292, 3.0573, "french"),
    Place("Nantes", "France", "FR", 47.2184, -1.5536, "french"),
    Place("Bordeaux", "France", "FR", 44.8378, -0.5792, "french"),
    Place("Strasbourg", "France", "FR", 48.5734, 7.7521, "french"),
    Place("Grenoble", "France", "FR", 45.1885, 5.7245, "french"),
    Place("Brussels", "Belgium", "BE", 50.8503, 4.3517, "french"),
    Place("Geneva", "Switzerland", "CH", 46.2044, 6.1432, "french"),
    Place("Montréal", "Canada", "CA", 45.5019, -73.5674, "french"),
    Place("Zürich", "Switzerland", "CH", 47.3769, 8.5417, "german"),
    Place("Berlin", "Germany", "DE", 52.5200, 13.4050, "german"),
    Place("Munich", "Germany", "DE", 48.1351, 11.5820, "german"),
    Place("Hamburg", "Germany", "DE", 53.5511, 9.9937, "german"),
    Place("Cologne", "Germany", "DE", 50.9375, 6.9603, "german"),
    Place("Frankfurt", "Germany", "DE", 50.1109, 8.6821, "german"),
    Place("Vienna", "Austria", "AT", 48.2082, 16.3738, "german"),
    Place("Amsterdam", "Netherlands", "NL", 52.3676, 4.9041, "dutch"),
    Place("Rotterdam", "Netherlands", "NL", 51.9244, 4.4777, "dutch"),
    Place("Antwerp", "Belgium", "BE", 51.2194, 4.4025, "dutch"),
    Place("London", "United Kingdom", "GB", 51.5074, -0.1278, "english"),
    Place("Manchester", "United Kingdom", "GB", 53.4808, -2.2426, "english"),
    Place("Edinburgh", "United Kingdom", "GB", 55.9533, -3.1883, "english"),
    Place("Dublin", "Ireland", "IE", 53.3498, -6.2603, "english"),
    Place("New York", "United States", "US", 40.7128, -74.0060, "english"),
    Place("Madrid", "Spain", "ES", 40.4168, -3.7038, "spanish"),
    Place("Barcelona", "Spain", "ES", 41.3874, 2.1686, "spanish"),
    Place("Valencia", "Spain", "ES", 39.4699, -0.3763, "spanish"),
    Place("Lisbon", "Portugal", "PT", 38.7223, -9.1393, "portuguese"),
    Place("Porto", "Portugal", "PT", 41.1579, -8.6291, "portuguese"),
    Place("Milan", "Italy", "IT", 45.4642, 9.1900, "italian"),
    Place("Rome", "Italy", "IT", 41.9028, 12.4964, "italian"),
    Place("Turin", "Italy", "IT", 45.0703, 7.6869, "italian"),
    Place("Warsaw", "Poland", "PL", 52.2297, 21.0122, "polish"),
    Place("Kraków", "Poland", "PL", 50.0647, 19.9450, "polish"),
    Place("Copenhagen", "Denmark", "DK", 55.6761, 12.5683, "nordic"),
    Place("Stockholm", "Sweden", "SE", 59.3293, 18.0686, "nordic"),
    Place("Oslo", "Norway", "NO", 59.9139, 10.7522, "nordic"),
    Place("Casablanca", "Morocco", "MA", 33.5731, -7.5898, "maghrebi"),
    Place("Tunis", "Tunisia", "TN", 36.8065, 10.1815, "maghrebi"),
    Place("Bengaluru", "India", "IN", 12.9716, 77.5946, "indian"),
    Place("Singapore", "Singapore", "SG", 1.3521, 103.8198, "indian"),
)

LANGUAGE_OF = {
    "french": "french",
    "german": "german",
    "dutch": "dutch",
    "english": "english",
    "spanish": "spanish",
    "portuguese": "portuguese",
    "italian": "italian",
    "polish": "polish",
    "nordic": "swedish",
    "maghrebi": "arabic",
    "indian": "hindi",
}
"""The first language of people with names of a group."""
