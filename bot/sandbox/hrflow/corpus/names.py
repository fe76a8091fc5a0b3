"""First and last names of the invented people, by group, and full names made of them without repetition."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from bot.sandbox.hrflow.text import fold


class Person(NamedTuple):
    """A name, the gender that HrFlow records, and the group that the name comes from."""

    first: str
    last: str
    gender: str
    group: str

    @property
    def full(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"


NAMESAKES = (
    Person("Anna", "Müller", "female", "german"),
    Person("Hanna", "Müller", "female", "german"),
    Person("Zoé", "Lefèvre", "female", "french"),
    Person("Zoé", "Lefebvre", "female", "french"),
    Person("José", "Arrieta Vidal", "male", "spanish"),
    Person("José", "Arrieta Vila", "male", "spanish"),
    Person("Jan", "Kowalczyk", "male", "polish"),
    Person("Jana", "Kowalczyk", "female", "polish"),
)
"""People whose names are easily taken for one another: look-ups have to tell them apart."""

# Group: women's first names, men's first names, last names.
_TABLE = {
    "french": (
        "Adèle Aurélie Camille Chloé Clémence Élodie Éloïse Hélène Inès Justine Léonie Manon Noémie Solène",
        "Adrien Anatole Baptiste Clément Cédric Étienne Florent Gaspard Guérin Joël Loïc Mathis Rémi Théo",
        (
            "Aubertin Beaumarié Boisselier Carpentras Chauvelin Cordonnier Delcourtil Desmarets Fontanel Garandeau "
            "Gaultrier Guérinel Hautecœur Jolibois Lambertin Laverdière Maréchalle Montagnac Pelissanne Quérandel "
            "Rivoiral Roussignol Sabatelle Tessandier Vauquelin Villardier"
        ),
    ),
    "german": (
        "Annika Birte Carlotta Dörte Frieda Greta Henrike Imke Jule Käthe Leonie Merle Svenja Wiebke",
        "Arne Bastian Christoph Detlef Eike Falk Gereon Hannes Jörn Konrad Lennart Malte Sören Till",
        (
            "Achterberg Bärenfeld Brückmann Dörfler Ebersbach Fährmann Gerstenberg Grünwaldt Hölzemann Jungmichel "
            "Kesselring Kühnast Lindhorst Mönnich Niederau Ostermeier Pfefferkorn Quellmalz Rübsam Schönfelder "
            "Steinhagen Täubner Uhlendorf Vossberg Wiesengrund Zwickler"
        ),
    ),
    "dutch": (
        "Anouk Britt Elke Femke Fleur Ilse Jolijn Lieke Maaike Marijke Noor Sanne Tess Yfke",
        "Bram Daan Diederik Floris Gijs Hidde Jelle Joost Koen Luuk Maarten Ruben Sjoerd Thijs",
        (
            "Achterhof Bakelaar Brouwersma Dijkgraaf Elzinga Geerlings Haverkamp Hoogland Jonkvorst Kloosterman "
            "Langedijk Meerhof Nieuwkoop Oosterbaan Plantinga Roelvink Schaapveld Slotemaker Terpstra Uilenburg "
            "Veenhuis Verschoor Waterink Wiersema Zandstra Zijlmans"
        ),
    ),
    "english": (
        "Abigail Beatrice Bronagh Charlotte Daphne Eilidh Freya Gemma Imogen Jocelyn Maeve Niamh Rosalind Tamsin",
        "Alistair Barnaby Callum Declan Dermot Edmund Fergus Gareth Hamish Jasper Lachlan Nigel Rory Tobias",
        (
            "Ashdown Birchall Brackenbury Calloway Cresswell Dunmore Eastlake Fairweather Garside Hartnell Inglefield "
            "Kettering Larkham Merriweather Northcote Oakhurst Pemberly Quillfeather Ravenscroft Stapleford Thornbury "
            "Underhay Wetherell Whitcombe Wolstan Yardley"
        ),
    ),
    "spanish": (
        "Alba Begoña Carlota Elvira Fátima Inmaculada Jimena Lucía Marisol Noelia Rocío Sofía Triana Ximena",
        "Adrián Álvaro Bruno César Efraín Gonzalo Íñigo Joaquín Leandro Martín Nicolás Óscar Rubén Tomás",
        (
            "Abaitua Belmonte Calderero Castañar Dueñas Escribano Fuentesal Galíndez Herrador Ibarguren Jurado Lozoya "
            "Maldonares Montesino Navascués Olmedilla Peñalara Quintanar Robledo Sepúlvez Tejerina Urrutia Valdecasas "
            "Villalón Yagüe Zaldívar"
        ),
    ),
    "portuguese": (
        "Beatriz Benedita Carolina Catarina Constança Filipa Graça Iara Leonor Madalena Mafalda Rita Teresa Vitória",
        "Afonso António Caetano Duarte Estêvão Gaspar Gonçalo Inácio João Lourenço Nuno Rodrigo Simão Tomé",
        (
            "Abrantes Alcoforado Barrocas Cabaço Carvalhal Damião Esteveira Falcoeiro Gouvinhas Henriqueta Junqueiro "
            "Lagarinho Magalhal Nogueirão Outeiro Penedono Quaresmeira Ribalta Salgueirinho Tavareda Ulmeiro Vascão "
            "Vilarinho Ximenes Zarcão Loureiral"
        ),
    ),
    "italian": (
        "Allegra Bianca Chiara Domitilla Elisabetta Federica Ginevra Ilaria Lucrezia Noemi Ottavia Serena Viola Zita",
        "Alessio Bartolomeo Cosimo Dario Elia Fabrizio Gaetano Jacopo Leonardo Manlio Niccolò Raffaele Tullio Ugo",
        (
            "Abbatelli Bellandi Cantagallo Dalmasso Evangelisti Fiordaliso Guarnacci Imperatori Lanfredi Malaspini "
            "Nocentelli Ottaviani Pallavera Quarantelli Roncaglia Santacroce Tagliavento Ubaldini Vannoccio Zanibelli "
            "Bergamino Castagnoli Di_Falco Fontebuona Montefiori Valsecchio"
        ),
    ),
    "polish": (
        "Agnieszka Bożena Celina Danuta Elżbieta Grażyna Halina Iwona Jagoda Kinga Łucja Małgorzata Renata Zofia",
        "Bartłomiej Bogdan Dariusz Eryk Gustaw Ireneusz Jacek Kacper Łukasz Mieczysław Norbert Paweł Sławomir Tadeusz",
        (
            "Bielikowicz Chmielarz Dąbrowiecki Fijałek Gołębiak Hajduczenia Jarzębiński Kościuch Leszczyniak Łabędź "
            "Mazurkiewicz Niedźwiedź Oleśnicki Pawłowicz Rzepecki Sikoreńko Świątkiewicz Trzebiatowicz Urbaniec "
            "Wiśniewolski Wróblicki Zakrzewiak Zielonka Żuławnik Żurek Borowiecki"
        ),
    ),
    "nordic": (
        "Astrid Birgitta Ebba Frøya Gunilla Hjördis Ingrid Kajsa Linnéa Maj Ragnhild Signe Tuva Åsa",
        "Anders Bjarne Eskil Frode Gösta Håkon Ivar Kjell Lasse Mårten Njål Sigurd Torbjörn Øyvind",
        (
            "Almqvister Bergsgård Björkensten Dalbæk Ekelöv Fjellvang Granlund_Berg Hagelskær Isaksrud Kjærbo "
            "Lindhagen Lundsgaard Mølholt Nordskog Østerhaug Pålsrud Rønningen Sandøy Skogsberg Strømdal Tallberg "
            "Ulvestad Vestergren Wennerdal Åkerblom Ålander"
        ),
    ),
    "maghrebi": (
        "Amel Asma Bouchra Dounia Farah Ghita Hajar Ikram Kenza Lamia Meryem Nadia Rim Salma",
        "Adil Anis Badr Chakib Driss Fouad Hicham Ilyes Jamel Karim Mehdi Nabil Réda Tarik",
        (
            "Abdessadek Belkacemi Benchekrane Boukhris Chraïbi_Idri Dahmouni Elouardi Ferhani Ghannouchet Hadjaoui "
            "Jelloulat Kettanou Lahlimi Mansourat Nejjari Ouazzane Qadirou Rahmouni Sebbahi Tazirou Yacoubat Zeroualet "
            "Aïtmansour Bensalah Guermazou Touhamet"
        ),
    ),
    "indian": (
        "Aditi Bhavna Chitra Deepika Esha Gayatri Ishani Kavya Lavanya Meenal Nandini Pallavi Revathi Sharmila",
        "Abhinav Arvind Chirag Devansh Gautam Hemant Jatin Karthik Lokesh Manish Naveen Pranav Rohan Siddharth",
        (
            "Agnihotram Balasundar Chaturvedin Deshmukhar Gopalrao Hiremathan Iyerswamy Jagtapur Kulkarnan Lakshmanur "
            "Mukherjan Nambiaran Ostwalkar Parthasar Raghunathan Sahasrab Tendolkar Upadhyan Venkatraj Wadekar "
            "Yadavendra Zaverchand Bhosalekar Chitnavis Dhananjay Mirajkar"
        ),
    ),
}


class _Group(NamedTuple):
    name: str
    first: tuple[tuple[str, str], ...]
    last: tuple[str, ...]


def _group(name: str, women: str, men: str, last: str) -> _Group:
    first = [(each, "female") for each in women.split()] + [(each, "male") for each in men.split()]
    # An underscore keeps the parts of a double name together in the table.
    return _Group(name, tuple(first), tuple(each.replace("_", " ") for each in last.split()))


_GROUPS = tuple(_group(name, *columns) for name, columns in _TABLE.items())


def people(rng: Random) -> Iterator[Person]:
    """Yield people without end; no two full names are the same, case and accents aside.

    The namesakes come first, then every pair of first and last name of a group in random order, then people with
    double last names.
    """
    seen: set[str] = set()
    yield from _unseen(iter(NAMESAKES), seen)
    pairs = [
        Person(first, last, gender, group.name)
        for group in _GROUPS
        for first, gender in group.first
        for last in group.last
    ]
    rng.shuffle(pairs)
    yield from _unseen(iter(pairs), seen)
    yield from _unseen(_double(rng), seen)


def _unseen(candidates: Iterator[Person], seen: set[str]) -> Iterator[Person]:
    for person in candidates:
        folded = fold(person.full)
        if folded not in seen:
            seen.add(folded)
            yield person


def _double(rng: Random) -> Iterator[Person]:
    while True:
        group = rng.choice(_GROUPS)
        first, gender = rng.choice(group.first)
        one, two = rng.sample(group.last, 2)
        yield Person(first, f"{one}-{two}", gender, group.name)
