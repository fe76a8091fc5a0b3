"""Names of regions and countries, as people type them, that the data package knows by code only.

Codes of regions are those of GeoNames (first administrative level). Each entry: `code name|another name|…`, the name
that is shown first. Regions of other countries are known by their largest city. The states of the USA come with the
package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REGIONS: Mapping[str, str] = {
    "AR": "01 Buenos Aires Province; 02 Catamarca; 03 Chaco; 04 Chubut; 05 Córdoba; 06 Corrientes; "
    "07 Buenos Aires City|CABA; 08 Entre Ríos; 09 Formosa; 10 Jujuy; 11 La Pampa; 12 La Rioja; 13 Mendoza; "
    "14 Misiones; 15 Neuquén; 16 Río Negro; 17 Salta; 18 San Juan; 19 San Luis; 20 Santa Cruz; 21 Santa Fe; "
    "22 Santiago del Estero; 23 Tierra del Fuego; 24 Tucumán",
    "AT": "01 Burgenland; 02 Carinthia|Kärnten; 03 Lower Austria|Niederösterreich; 04 Upper Austria|Oberösterreich; "
    "05 Salzburg; 06 Styria|Steiermark; 07 Tyrol|Tirol; 08 Vorarlberg; 09 Vienna|Wien",
    "AU": "01 Australian Capital Territory|ACT; 02 New South Wales|NSW; 03 Northern Territory|NT; 04 Queensland|QLD; "
    "05 South Australia|SA; 06 Tasmania|TAS; 07 Victoria|VIC; 08 Western Australia|WA",
    "BE": "BRU Brussels|Bruxelles|Brussel; VLG Flanders|Vlaanderen|Flandre; WAL Wallonia|Wallonie|Wallonië",
    "BR": "01 Acre|AC; 02 Alagoas|AL; 03 Amapá|AP; 04 Amazonas|AM; 05 Bahia|BA; 06 Ceará|CE; 07 Distrito Federal|DF; "
    "08 Espírito Santo|ES; 11 Mato Grosso do Sul|MS; 13 Maranhão|MA; 14 Mato Grosso|MT; 15 Minas Gerais|MG; "
    "16 Pará|PA; 17 Paraíba|PB; 18 Paraná|PR; 20 Piauí|PI; 21 Rio de Janeiro|RJ; 22 Rio Grande do Norte|RN; "
    "23 Rio Grande do Sul|RS; 24 Rondônia|RO; 25 Roraima|RR; 26 Santa Catarina|SC; 27 São Paulo|SP; 28 Sergipe|SE; "
    "29 Goiás|GO; 30 Pernambuco|PE; 31 Tocantins|TO",
    "CA": "01 Alberta|AB; 02 British Columbia|BC; 03 Manitoba|MB; 04 New Brunswick|NB; "
    "05 Newfoundland and Labrador|NL|Newfoundland; 07 Nova Scotia|NS; 08 Ontario|ON; 09 Prince Edward Island|PE|PEI; "
    "10 Quebec|QC; 11 Saskatchewan|SK; 12 Yukon|YT; 13 Northwest Territories|NT; 14 Nunavut|NU",
    "CH": "AG Aargau; AI Appenzell Innerrhoden; AR Appenzell Ausserrhoden; BE Bern|Berne; BL Basel-Landschaft; "
    "BS Basel-Stadt; FR Fribourg|Freiburg; GE Geneva|Genève|Genf; GL Glarus; GR Graubünden|Grisons; JU Jura; "
    "LU Lucerne|Luzern; NE Neuchâtel; NW Nidwalden; OW Obwalden; SG St. Gallen|Sankt Gallen; SH Schaffhausen; "
    "SO Solothurn; SZ Schwyz; TG Thurgau; TI Ticino|Tessin; UR Uri; VD Vaud|Waadt; VS Valais|Wallis; ZG Zug; "
    "ZH Zürich",
    "DE": "01 Baden-Württemberg; 02 Bavaria|Bayern; 03 Bremen; 04 Hamburg; 05 Hesse|Hessen; "
    "06 Lower Saxony|Niedersachsen; 07 North Rhine-Westphalia|Nordrhein-Westfalen|NRW; "
    "08 Rhineland-Palatinate|Rheinland-Pfalz; 09 Saarland; 10 Schleswig-Holstein; 11 Brandenburg; "
    "12 Mecklenburg-Vorpommern; 13 Saxony|Sachsen; 14 Saxony-Anhalt|Sachsen-Anhalt; 15 Thuringia|Thüringen; "
    "16 Berlin",
    "ES": "07 Balearic Islands|Illes Balears|Islas Baleares; 27 La Rioja; 29 Madrid; 31 Murcia; 32 Navarre|Navarra; "
    "34 Asturias; 39 Cantabria; 51 Andalusia|Andalucía; 52 Aragon|Aragón; 53 Canary Islands|Canarias; "
    "54 Castilla-La Mancha; 55 Castile and León|Castilla y León; 56 Catalonia|Cataluña|Catalunya; 57 Extremadura; "
    "58 Galicia; 59 Basque Country|País Vasco|Euskadi; "
    "60 Valencian Community|Comunidad Valenciana|Comunitat Valenciana; CE Ceuta; ML Melilla",
    "FR": "11 Île-de-France; 24 Centre-Val de Loire; 27 Bourgogne-Franche-Comté; 28 Normandy|Normandie; "
    "32 Hauts-de-France; 44 Grand Est; 52 Pays de la Loire; 53 Brittany|Bretagne; 75 Nouvelle-Aquitaine; "
    "76 Occitanie; 84 Auvergne-Rhône-Alpes; 93 Provence-Alpes-Côte d'Azur|PACA; 94 Corsica|Corse",
    "GB": "ENG England; NIR Northern Ireland; SCT Scotland; WLS Wales",
    "IN": "01 Andaman and Nicobar Islands; 02 Andhra Pradesh; 03 Assam; 05 Chandigarh; 07 Delhi; 09 Gujarat; "
    "10 Haryana; 11 Himachal Pradesh; 12 Jammu and Kashmir; 13 Kerala; 14 Lakshadweep; 16 Maharashtra; 17 Manipur; "
    "18 Meghalaya; 19 Karnataka; 20 Nagaland; 21 Odisha|Orissa; 22 Puducherry; 23 Punjab; 24 Rajasthan; "
    "25 Tamil Nadu; 26 Tripura; 28 West Bengal; 29 Sikkim; 30 Arunachal Pradesh; 31 Mizoram; 33 Goa; 34 Bihar; "
    "35 Madhya Pradesh; 36 Uttar Pradesh; 37 Chhattisgarh; 38 Jharkhand; 39 Uttarakhand; 40 Telangana; 41 Ladakh; "
    "52 Dadra and Nagar Haveli and Daman and Diu",
    "IT": "01 Abruzzo; 02 Basilicata; 03 Calabria; 04 Campania; 05 Emilia-Romagna; 06 Friuli-Venezia Giulia; "
    "07 Lazio; 08 Liguria; 09 Lombardy|Lombardia; 10 Marche; 11 Molise; 12 Piedmont|Piemonte; 13 Apulia|Puglia; "
    "14 Sardinia|Sardegna; 15 Sicily|Sicilia; 16 Tuscany|Toscana; 17 Trentino-Alto Adige|Südtirol; 18 Umbria; "
    "19 Aosta Valley|Valle d'Aosta; 20 Veneto",
    "MX": "01 Aguascalientes; 02 Baja California; 03 Baja California Sur; 04 Campeche; 05 Chiapas; 06 Chihuahua; "
    "07 Coahuila; 08 Colima; 09 Mexico City|Ciudad de México|CDMX; 10 Durango; 11 Guanajuato; 12 Guerrero; "
    "13 Hidalgo; 14 Jalisco; 15 State of Mexico|Estado de México; 16 Michoacán; 17 Morelos; 18 Nayarit; "
    "19 Nuevo León; 20 Oaxaca; 21 Puebla; 22 Querétaro; 23 Quintana Roo; 24 San Luis Potosí; 25 Sinaloa; 26 Sonora; "
    "27 Tabasco; 28 Tamaulipas; 29 Tlaxcala; 30 Veracruz; 31 Yucatán; 32 Zacatecas",
    "NL": "01 Drenthe; 02 Friesland|Fryslân; 03 Gelderland; 04 Groningen; 05 Limburg; "
    "06 North Brabant|Noord-Brabant; 07 North Holland|Noord-Holland; 09 Utrecht; 10 Zeeland; "
    "11 South Holland|Zuid-Holland; 15 Overijssel; 16 Flevoland",
    "PL": "72 Lower Silesia|Dolnośląskie; 73 Kuyavia-Pomerania|Kujawsko-Pomorskie; 74 Łódź|Łódzkie; "
    "75 Lublin|Lubelskie; 76 Lubusz|Lubuskie; 77 Lesser Poland|Małopolskie; 78 Mazovia|Mazowieckie; "
    "79 Opole|Opolskie; 80 Subcarpathia|Podkarpackie; 81 Podlasie|Podlaskie; 82 Pomerania|Pomorskie; "
    "83 Silesia|Śląskie; 84 Świętokrzyskie; 85 Warmia-Masuria|Warmińsko-Mazurskie; 86 Greater Poland|Wielkopolskie; "
    "87 West Pomerania|Zachodniopomorskie",
}

_COUNTRIES: Mapping[str, str] = {
    "AE": "UAE|Emirates|Émirats arabes unis",
    "AT": "Österreich|Autriche",
    "AU": "Australie",
    "BE": "Belgique|België|Belgien",
    "BR": "Brasil|Brésil",
    "CA": "Kanada",
    "CH": "Schweiz|Suisse|Svizzera",
    "CI": "Côte d'Ivoire",
    "CN": "Chine",
    "CZ": "Czech Republic|Czechia|Česko|Tchéquie|République tchèque",
    "DE": "Deutschland|Allemagne|Alemania",
    "DK": "Danmark|Danemark",
    "DZ": "Algérie",
    "EG": "Égypte",
    "ES": "España|Espagne|Spanien",
    "FI": "Suomi|Finlande",
    "FR": "Frankreich|Francia",
    "GB": "UK|Great Britain|Britain|Royaume-Uni",
    "GR": "Hellas|Grèce",
    "HU": "Magyarország|Hongrie",
    "IE": "Éire|Irlande",
    "IN": "Inde|Bharat",
    "IT": "Italia|Italie|Italien",
    "JP": "Japon|Nippon",
    "KR": "Korea|Corée du Sud",
    "LB": "Liban",
    "LU": "Luxemburg",
    "MA": "Maroc",
    "MX": "México|Mexique",
    "NL": "Netherlands|Nederland|Holland|Pays-Bas",
    "NO": "Norge|Norvège",
    "PL": "Polska|Pologne",
    "RO": "Roumanie",
    "RU": "Russie|Rossiya",
    "SE": "Sverige|Suède",
    "SN": "Sénégal",
    "TN": "Tunisie",
    "TR": "Turkey|Türkiye|Turquie",
    "US": "USA|United States of America|America|États-Unis",
    "ZA": "Afrique du Sud",
}


def regions() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Country code, region code and names, the name that is shown first."""
    for country, listed in _REGIONS.items():
        for entry in listed.split("; "):
            code, _, names = entry.partition(" ")
            yield country, code, tuple(names.split("|"))


def other_names_of(country: str) -> tuple[str, ...]:
    """What people call the country beside its English name and its codes."""
    return tuple(filter(None, _COUNTRIES.get(country, "").split("|")))
