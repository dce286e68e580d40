"""The chain beyond the gate: ports, plants and partners of two tiers, legs, flows, who needs whom.

Places and partners are told by the chapter of the chain, together with the first ones; this one
tells how they hang together.
"""

from itertools import pairwise, product

from bartizan.chain.models import (
    Alternative,
    Dependency,
    Flow,
    FlowStep,
    Leg,
    Partner,
    Place,
)
from bartizan.exchange.demo.story import Story

# name, title, use, position, locode, country, latitude, longitude, level, own control, owner
PLACES = (
    ("suzhou", "Shenmark plant Suzhou", "plant", "upstream", "CNSZH", "CN", "31.2990", "120.5853", "raised", False, "a.farouk"),
    ("penang", "Tanjong plant Penang", "plant", "upstream", "MYPEN", "MY", "5.3370", "100.3060", "raised", False, "a.farouk"),
    ("pune", "Deccan plant Pune", "plant", "upstream", "INPNQ", "IN", "18.5204", "73.8567", "basic", False, "a.farouk"),
    ("shanghai", "Port of Shanghai, Yangshan", "port", "upstream", "CNSHA", "CN", "30.6167", "122.0667", "high", False, "a.farouk"),
    ("ningbo", "Port of Ningbo", "port", "upstream", "CNNGB", "CN", "29.9333", "121.8500", "raised", False, "a.farouk"),
    ("yantian", "Port of Yantian", "port", "upstream", "CNYTN", "CN", "22.5764", "114.2728", "raised", False, "a.farouk"),
    ("saigon", "Port of Ho Chi Minh City", "port", "upstream", "VNSGN", "VN", "10.7600", "106.7500", "raised", False, "a.farouk"),
    ("singapore", "Port of Singapore", "port", "upstream", "SGSIN", "SG", "1.2644", "103.8400", "high", False, "a.farouk"),
    ("nhava-sheva", "Port of Nhava Sheva", "port", "upstream", "INNSA", "IN", "18.9500", "72.9500", "raised", False, "a.farouk"),
    ("colombo", "Port of Colombo", "port", "upstream", "LKCMB", "LK", "6.9531", "79.8467", "raised", False, "a.farouk"),
    ("port-said", "Suez Canal, anchorage Port Said", "port", "upstream", "EGPSD", "EG", "31.2653", "32.3019", "high", False, "l.moreau"),
    ("algeciras", "Port of Algeciras", "port", "upstream", "ESALG", "ES", "36.1408", "-5.4562", "raised", False, "l.moreau"),
    ("zeebrugge", "Ro-ro terminal Zeebrugge", "terminal", "downstream", "BEZEE", "BE", "51.3167", "3.2000", "raised", False, "l.moreau"),
    ("hook", "Ferry terminal Hook of Holland", "terminal", "downstream", "NLHOK", "NL", "51.9775", "4.1286", "raised", False, "w.dekker"),
    ("immingham", "Ro-ro terminal Immingham", "terminal", "downstream", "GBIMM", "GB", "53.6260", "-0.1900", "raised", False, "d.marsh"),
    ("folkestone", "Shuttle terminal Folkestone", "border", "downstream", "GBFOL", "GB", "51.0950", "1.1300", "raised", False, "d.marsh"),
    ("schiphol", "Air cargo Schiphol", "airport", "upstream", "NLSPL", "NL", "52.2900", "4.7600", "high", False, "a.farouk"),
    ("frankfurt", "Air cargo Frankfurt", "airport", "upstream", "DEFRA", "DE", "50.0460", "8.5700", "high", False, "l.moreau"),
    ("hannover", "Guarded truck stop near Hanover", "parking", "downstream", "DEHAJ", "DE", "52.4300", "9.6900", "raised", False, "j.vandaele"),
    ("brest", "Rail border Brest", "border", "upstream", "BYBQT", "BY", "52.1000", "23.6600", "raised", False, "s.nowak"),
    ("moerdijk", "Overflow warehouse Moerdijk", "warehouse", "own", "NLMOE", "NL", "51.6980", "4.5900", "raised", True, "t.brouwer"),
    ("pool", "Trailer pool Venlo", "vehicles", "own", "NLVEN", "NL", "51.3830", "6.1500", "raised", True, "w.dekker"),
    ("leverkusen", "Solvei works Leverkusen", "site", "downstream", "DELEV", "DE", "51.0303", "6.9843", "high", False, "p.leclerc"),
    ("reading", "Arden Instruments, Reading", "site", "downstream", "GBRDG", "GB", "51.4543", "-0.9781", "high", False, "p.leclerc"),
    ("lyon", "Mirador warehouse Lyon", "warehouse", "downstream", "FRLIO", "FR", "45.7640", "4.8357", "basic", False, "n.visser"),
    ("lodz", "Bursztyn Retail hub Łódź", "warehouse", "downstream", "PLLOD", "PL", "51.7592", "19.4560", "basic", False, "n.visser"),
    ("birmingham", "Cutler & Rowe, Birmingham", "site", "downstream", "GBBHM", "GB", "52.4862", "-1.8904", "basic", False, "n.visser"),
    ("stuttgart", "Neckar Antriebe, Stuttgart", "site", "downstream", "DESTR", "DE", "48.7758", "9.1829", "raised", False, "p.leclerc"),
)  # fmt: skip

# name, title, relationship, position, country, supplies, level, owner
PARTNERS = (
    ("northern-arc", "Northern Arc Lines (fictional)", "carrier", "upstream", "NO", "Sea freight from Asia", "high", "a.farouk"),
    ("meridian-box", "Meridian Box Carriers (fictional)", "carrier", "upstream", "SG", "Sea freight from South Asia", "raised", "a.farouk"),
    ("straits", "Straits Feeder (fictional)", "carrier", "upstream", "SG", "Feeders in South-East Asia", "raised", "a.farouk"),
    ("baltica", "Baltica Feeder (fictional)", "carrier", "upstream", "DK", "Feeders to the Baltic", "raised", "l.moreau"),
    ("jade-haul", "Jade Haulage Suzhou (fictional)", "carrier", "upstream", "CN", "Plant to port", "raised", "a.farouk"),
    ("deccan-road", "Deccan Road Freight (fictional)", "carrier", "upstream", "IN", "Plant to port", "basic", "a.farouk"),
    ("maas-barge", "Maas Barge (fictional)", "carrier", "own", "NL", "Barges Maasvlakte–Venlo", "raised", "w.dekker"),
    ("rhine-barge", "Rheinlotse Barge (fictional)", "carrier", "own", "DE", "Barges on the Rhine", "raised", "w.dekker"),
    ("corridor-rail", "Corridor Rail (fictional)", "carrier", "own", "DE", "Block trains", "raised", "w.dekker"),
    ("steppe-rail", "Steppe Rail (fictional)", "carrier", "upstream", "KZ", "Trains from China", "raised", "s.nowak"),
    ("polder", "Polder Trucking (fictional)", "carrier", "own", "NL", "Terminal runs", "raised", "j.vandaele"),
    ("scheldt", "Scheldt Drayage (fictional)", "carrier", "own", "BE", "Terminal runs at Antwerp", "raised", "j.vandaele"),
    ("elbe", "Elbe Spedition (fictional)", "carrier", "own", "DE", "Terminal runs at Hamburg", "raised", "j.vandaele"),
    ("seine", "Seine Routier (fictional)", "carrier", "downstream", "FR", "Deliveries in France", "basic", "n.visser"),
    ("mercia", "Mercia Distribution (fictional)", "carrier", "downstream", "GB", "Deliveries in the Midlands", "raised", "d.marsh"),
    ("channel-ro", "Channel Ro-Ro (fictional)", "carrier", "downstream", "GB", "Ferries", "raised", "d.marsh"),
    ("undersea", "Undersea Shuttle (fictional)", "carrier", "downstream", "FR", "Shuttle trains", "raised", "d.marsh"),
    ("polder-air", "Polder Air Cargo (fictional)", "carrier", "upstream", "NL", "Air freight", "high", "a.farouk"),
    ("delta-terminals", "Delta Terminals (fictional)", "service", "upstream", "NL", "Runs the terminal at Maasvlakte", "high", "a.farouk"),
    ("scheldt-quay", "Scheldt Quay (fictional)", "service", "upstream", "BE", "Runs the terminal at Antwerp", "high", "a.farouk"),
    ("hansa-kai", "Hansa Kai (fictional)", "service", "upstream", "DE", "Runs the terminal at Hamburg", "high", "l.moreau"),
    ("havre-quai", "Quai du Nord (fictional)", "service", "upstream", "FR", "Runs the terminal at Le Havre", "raised", "l.moreau"),
    ("gdansk-quay", "Bałtyk Quay (fictional)", "service", "upstream", "PL", "Runs the terminal at Gdańsk", "raised", "l.moreau"),
    ("duisburg-hub", "Ruhr Umschlag (fictional)", "service", "upstream", "DE", "Runs the rail terminal Duisburg", "basic", "w.dekker"),
    ("apron", "Apron Handling (fictional)", "service", "upstream", "NL", "Handling at Schiphol", "high", "a.farouk"),
    ("rasthof", "Rasthof Leine (fictional)", "service", "downstream", "DE", "Guarded parking near Hanover", "raised", "j.vandaele"),
    ("grid-maas", "Netwerk Maas (fictional)", "supplier", "upstream", "NL", "Power for depots and terminals", "raised", "t.brouwer"),
    ("skylane", "Skylane Positioning (fictional)", "service", "upstream", "DE", "Position data for tracking", "raised", "k.iversen"),
    ("harbour-data", "Harbour Data Centre (fictional)", "service", "upstream", "NL", "Houses the servers of others", "high", "k.iversen"),
    ("tele-noord", "Tele Noord (fictional)", "service", "upstream", "NL", "Lines of depots and alarm centre", "raised", "k.iversen"),
    ("sealcraft", "Sealcraft (fictional)", "supplier", "upstream", "SE", "High-security seals", "high", "d.marsh"),
    ("palletring", "Palletring (fictional)", "supplier", "upstream", "BE", "Pooled pallets", "basic", "t.brouwer"),
    ("tanjong", "Tanjong Electronics (fictional)", "supplier", "upstream", "MY", "Boards for Solvei and Neckar", "raised", "a.farouk"),
    ("deccan", "Deccan Castings (fictional)", "supplier", "upstream", "IN", "Castings for Neckar", "basic", "a.farouk"),
    ("lotus-chip", "Lotus Semiconductor (fictional)", "supplier", "upstream", "TW", "Chips for boards and parts", "raised", "a.farouk"),
    ("kirin-film", "Kirin Film (fictional)", "supplier", "upstream", "JP", "Coated film for boards", "basic", "a.farouk"),
    ("mercury-fuel", "Mercury Fuel Cards (fictional)", "supplier", "upstream", "DE", "Diesel for line hauls", "basic", "j.vandaele"),
    ("anker-holding", "Anker Logistics Holding (fictional)", "other", "beside", "NL", "", "basic", "r.achterberg"),
    ("quayside-group", "Quayside Group (fictional)", "other", "beside", "BE", "", "basic", "r.achterberg"),
    ("insurer", "Lodestar Marine Insurance (fictional)", "other", "beside", "GB", "Cover for cargo", "basic", "g.santos"),
    ("screening-house", "Integra Screening (fictional)", "service", "beside", "NL", "Screening of staff and drivers", "raised", "k.iversen"),
    ("neckar", "Neckar Antriebe (fictional)", "customer", "downstream", "DE", "", "raised", "p.leclerc"),
    ("bursztyn", "Bursztyn Retail (fictional)", "customer", "downstream", "PL", "", "basic", "n.visser"),
    ("cutler", "Cutler & Rowe (fictional)", "customer", "downstream", "GB", "", "basic", "n.visser"),
    ("port-authority", "Maasmond Harbour Office (fictional)", "authority", "beside", "NL", "", "basic", "a.farouk"),
    ("ferryman", "Zilvermeeuw Ferries (fictional)", "carrier", "downstream", "NL", "Ferries from Hook of Holland", "raised", "d.marsh"),
    ("seal-audit", "Kontor Survey (fictional)", "service", "beside", "DE", "Surveys of containers", "raised", "m.okafor"),
)  # fmt: skip

# who runs which place
RUN_BY = {
    "suzhou": "shenmark", "penang": "tanjong", "pune": "deccan", "maasvlakte": "delta-terminals",
    "antwerp": "scheldt-quay", "hamburg": "hansa-kai", "le-havre": "havre-quai",
    "gdansk": "gdansk-quay", "duisburg": "duisburg-hub", "schiphol": "apron",
    "hannover": "rasthof", "leverkusen": "solvei", "reading": "arden", "lyon": "mirador",
    "lodz": "bursztyn", "birmingham": "cutler", "stuttgart": "neckar", "zeebrugge": "channel-ro",
    "immingham": "channel-ro", "hook": "ferryman", "folkestone": "undersea",
}  # fmt: skip

# who belongs to whom
PARENTS = {
    "polder": "anker-holding", "kestrel": "anker-holding", "maas-barge": "anker-holding",
    "polder-air": "anker-holding", "delta-terminals": "quayside-group",
    "scheldt-quay": "quayside-group", "scheldt": "quayside-group",
}  # fmt: skip

SECOND_TIER = (
    "skylane", "harbour-data", "grid-maas", "tele-noord", "lotus-chip", "jade-haul", "deccan-road",
    "straits",
)  # fmt: skip
THIRD_TIER = ("kirin-film",)

# partner, share of what we buy of its kind
SHARES = (
    ("kestrel", 70),
    ("halcyon", 55),
    ("northern-arc", 35),
    ("sealcraft", 100),
    ("lumen", 100),
)

ZONES = {
    "venlo": ("t.brouwer", "Yard: whoever has a pass.\nCage for instruments: four named people."),
    "poznan": ("b.zielinska", "Yard: whoever has a pass.\nRamp: crew on shift."),
    "felixstowe": ("e.hall", "Yard: whoever has a pass.\nBonded store: three named people."),
    "moerdijk": ("t.brouwer", "Hall: crew on shift; closed without two people."),
}

ASIA = ("shanghai", "ningbo", "yantian", "saigon", "singapore")
TERMINALS = ("maasvlakte", "antwerp", "hamburg", "le-havre")
DEPOTS = ("venlo", "poznan", "felixstowe")
FERRY = ("zeebrugge", "immingham")

# by, days, in custody of, from, to, under our control
LEGS = (
    ("road", 0.5, "jade-haul", ("suzhou",), ("shanghai", "ningbo"), False),
    ("road", 0.5, "deccan-road", ("pune",), ("nhava-sheva",), False),
    ("sea", 2, "straits", ("penang",), ("singapore", "colombo"), False),
    ("sea", 3, "straits", ("saigon", "yantian"), ("singapore",), False),
    ("sea", 18, "halcyon", ASIA, ("port-said",), False),
    ("sea", 19, "northern-arc", ("shanghai", "ningbo", "yantian"), ("port-said",), False),
    ("sea", 12, "meridian-box", ("nhava-sheva", "colombo", "singapore"), ("port-said",), False),
    ("sea", 9, "halcyon", ("port-said",), (*TERMINALS, "algeciras", "felixstowe"), False),
    ("sea", 10, "northern-arc", ("port-said",), ("maasvlakte", "antwerp", "hamburg"), False),
    ("sea", 9, "meridian-box", ("port-said",), ("antwerp", "le-havre", "algeciras"), False),
    ("sea", 34, "northern-arc", ("shanghai", "singapore"), ("algeciras",), False),
    ("sea", 4, "baltica", ("algeciras", "maasvlakte", "hamburg"), ("gdansk",), False),
    ("sea", 5, "halcyon", ("algeciras",), TERMINALS, False),
    ("rail", 16, "steppe-rail", ("suzhou",), ("brest",), False),
    ("rail", 2, "steppe-rail", ("brest",), ("poznan", "duisburg"), False),
    ("air", 1.5, "polder-air", ("shanghai", "penang", "singapore"), ("schiphol", "frankfurt"), False),
    ("road", 0.25, "polder", ("maasvlakte", "schiphol", "hook"), ("venlo", "moerdijk"), True),
    ("road", 0.3, "scheldt", ("antwerp",), ("venlo", "moerdijk", "zeebrugge"), True),
    ("road", 0.4, "elbe", ("hamburg", "frankfurt"), ("venlo", "poznan", "hannover"), True),
    ("road", 0.6, "seine", ("le-havre",), ("lyon", "venlo", "calais"), False),
    ("road", 0.3, "slupsk", ("gdansk", "poznan"), ("poznan", "lodz"), False),
    ("inland", 1.5, "maas-barge", ("maasvlakte", "antwerp"), ("venlo", "moerdijk"), True),
    ("inland", 2, "rhine-barge", ("maasvlakte", "antwerp"), ("duisburg",), True),
    ("rail", 1, "corridor-rail", ("maasvlakte", "antwerp", "hamburg"), ("duisburg", "poznan"), True),
    ("rail", 1.2, "corridor-rail", ("duisburg",), ("poznan", "venlo", "stuttgart"), True),
    ("road", 0.6, "kestrel", ("venlo", "poznan"), ("venlo", "poznan", "hannover"), True),
    ("road", 0.4, "kestrel", ("hannover",), ("venlo", "poznan"), True),
    ("road", 0.1, None, ("venlo",), ("pool", "moerdijk"), True),
    ("road", 0.1, None, ("pool", "moerdijk"), ("venlo",), True),
    ("road", 0.3, "kestrel", ("venlo", "moerdijk"), ("leverkusen", "zeebrugge", "hook", "calais"), True),
    ("road", 0.5, "kestrel", ("venlo",), ("stuttgart", "lyon"), True),
    ("sea", 0.5, "channel-ro", FERRY, FERRY, False),
    ("sea", 0.3, "ferryman", ("hook",), ("felixstowe", "immingham"), False),
    ("sea", 0.1, "channel-ro", ("calais", "dover"), ("calais", "dover"), False),
    ("rail", 0.1, "undersea", ("calais", "folkestone"), ("calais", "folkestone"), False),
    ("road", 0.2, "brightwater", ("dover", "folkestone", "immingham"), ("felixstowe", "reading"), False),
    ("road", 0.2, "brightwater", ("felixstowe",), ("reading", "birmingham", "immingham"), False),
    ("road", 0.2, "mercia", ("felixstowe", "immingham", "dover"), ("birmingham",), False),
    ("road", 0.2, "slupsk", ("lodz",), ("poznan", "gdansk"), False),
    ("road", 0.3, "seine", ("lyon",), ("calais", "le-havre"), False),
    ("road", 0.5, "elbe", ("stuttgart", "leverkusen"), ("hamburg", "venlo"), True),
    ("road", 0.3, "polder", ("venlo", "moerdijk"), ("maasvlakte", "schiphol", "antwerp"), True),
    ("inland", 1.5, "maas-barge", ("venlo",), ("maasvlakte", "antwerp"), True),
    ("data", 0, "cobalt", ("venlo", "poznan", "felixstowe"), ("office",), False),
    ("data", 0, "cobalt", ("office",), DEPOTS, False),
    ("sea", 20, "halcyon", ("maasvlakte", "hamburg"), ("shanghai", "singapore"), False),
    ("sea", 20, "northern-arc", ("antwerp", "felixstowe"), ("ningbo", "yantian"), False),
    ("sea", 5, "meridian-box", ("saigon", "yantian", "ningbo"), ("colombo",), False),
    ("sea", 13, "northern-arc", ("singapore", "colombo", "saigon"), ("port-said",), False),
    ("sea", 4, "baltica", ("antwerp", "le-havre"), ("gdansk", "hamburg"), False),
    ("road", 0.4, "slupsk", ("lodz", "gdansk"), ("hannover",), False),
    ("road", 0.5, "elbe", ("hannover", "leverkusen", "duisburg"), ("hamburg", "frankfurt", "stuttgart"), True),
    ("road", 0.4, "scheldt", ("antwerp", "zeebrugge"), ("calais", "lyon", "duisburg"), True),
    ("road", 0.2, "mercia", ("reading", "birmingham"), ("felixstowe", "immingham"), False),
    ("air", 1.5, "polder-air", ("schiphol", "frankfurt"), ("shanghai", "singapore", "penang"), False),
    ("inland", 2, "rhine-barge", ("duisburg",), ("maasvlakte", "antwerp", "leverkusen", "stuttgart"), True),
    ("rail", 1.1, "corridor-rail", ("poznan", "duisburg"), ("maasvlakte", "hamburg", "antwerp"), True),
)  # fmt: skip

# title, nature, what, for whom, value a year, stock in days, the way: places, or any one of several
FLOWS = (
    ("Instruments from Shenmark to Arden", "goods", "Laser heads and optics, two trailers a week.", "arden", 41_000_000, 9, ("suzhou", "shanghai", "port-said", ("maasvlakte", "antwerp"), "venlo", ("zeebrugge", "hook"), "immingham", "reading")),
    ("Air freight for Arden", "goods", "What can't wait for the ship.", "arden", 6_500_000, 2, ("shanghai", "schiphol", "venlo", "calais", ("dover", "folkestone"), "reading")),
    ("Active ingredients for Solvei", "goods", "Boards and sensors for dosing lines.", "solvei", 28_000_000, 5, ("penang", ("singapore", "colombo"), "port-said", ("maasvlakte", "antwerp"), "venlo", "leverkusen")),
    ("Furniture for Mirador", "goods", "Flat packs, sixty containers a month.", "mirador", 19_000_000, 21, ("saigon", "port-said", "le-havre", "lyon")),
    ("Castings for Neckar", "goods", "Housings, in open-top containers.", "neckar", 12_500_000, 14, ("pune", "nhava-sheva", "port-said", "antwerp", "duisburg", "stuttgart")),
    ("Boards for Neckar", "goods", "Control boards, value dense.", "neckar", 17_000_000, 6, ("penang", "singapore", "port-said", ("maasvlakte", "hamburg"), "venlo", "stuttgart")),
    ("Household goods for Bursztyn", "goods", "Mixed goods for 140 shops.", "bursztyn", 22_000_000, 18, ("ningbo", "port-said", "hamburg", "poznan", "lodz")),
    ("Household goods for Bursztyn by rail", "goods", "The same by train, in autumn.", "bursztyn", 7_000_000, 10, ("suzhou", "brest", "poznan", "lodz")),
    ("Tools for Cutler & Rowe", "goods", "Hand tools, theft prone.", "cutler", 9_000_000, 12, ("ningbo", "port-said", "felixstowe", "birmingham")),
    ("Line haul Venlo–Poznań", "goods", "Groupage both ways, every night.", None, 31_000_000, 1, ("venlo", "poznan")),
    ("Line haul Poznań–Venlo", "goods", "Groupage and returns.", None, 24_000_000, 1, ("poznan", "venlo")),
    ("Empty pallets back to Venlo", "goods", "Pooled pallets, round and round.", None, 600_000, 7, ("poznan", ("venlo", "hannover"), ("venlo", "pool", "moerdijk"))),
    ("Transport orders", "data", "Orders and positions between depots and office.", None, None, 0.2, ("venlo", "office", "poznan")),
    ("Returns from Arden", "goods", "Instruments for repair, sealed.", "arden", 3_500_000, 20, ("venlo", "maasvlakte", "shanghai")),
)  # fmt: skip

# who, on whom or what, for what, group, days it gets by
DEPENDENCIES = (
    ("maasvlakte", "grid-maas", "Power for cranes", "", 1),
    ("venlo", "grid-maas", "Power for the depot", "", 2),
    ("moerdijk", "grid-maas", "Power for the hall", "", 0.5),
    ("lumen", "skylane", "Position data", "", 0),
    ("ironbridge", "skylane", "Position of patrols", "", 3),
    ("lumen", "harbour-data", "Servers", "", 0.2),
    ("cobalt", "harbour-data", "Servers", "data centre", 0),
    ("veilig", "tele-noord", "Alarm lines", "line", 0),
    ("veilig", "lumen", "Alarm lines over mobile", "line", 0),
    ("tele-noord", "grid-maas", "Power of exchanges", "", 0.3),
    ("harbour-data", "grid-maas", "Power, behind generators", "", 3),
    ("shenmark", "lotus-chip", "Chips", "", 30),
    ("tanjong", "lotus-chip", "Chips", "", 21),
    ("tanjong", "kirin-film", "Coated film", "", 45),
    ("lotus-chip", "kirin-film", "Coated film", "", 60),
    ("kestrel", "mercury-fuel", "Diesel", "fuel", 2),
    ("kestrel", "lumen", "Tracking that customers demand", "", 1),
    ("polder", "mercury-fuel", "Diesel", "fuel", 2),
    ("venlo", "veilig", "Guards and alarm centre", "", 0.5),
    ("felixstowe", "ironbridge", "Guards", "", 0.5),
    ("venlo", "palletring", "Pallets", "", 6),
    ("venlo", "cobalt", "Transport system", "", 1),
    ("poznan", "cobalt", "Transport system", "", 1),
    ("reading", "Instruments from Shenmark to Arden", "Parts of the assembly line", "", 0),
)

# what is replaced, by what, after how many days, agreed, last tried so many days ago
ALTERNATIVES = (
    ("antwerp", "maasvlakte", 3, True, 210),
    ("maasvlakte", "antwerp", 3, True, 120),
    ("hamburg", "gdansk", 5, True, None),
    ("halcyon", "northern-arc", 14, True, 400),
    ("northern-arc", "halcyon", 14, True, None),
    ("kestrel", "corridor-rail", 6, False, None),
    ("polder", "scheldt", 1, True, 60),
    ("brightwater", "mercia", 2, True, 90),
    ("ironbridge", "veilig", 10, False, None),
    ("zeebrugge", "hook", 1, True, 150),
    ("venlo", "moerdijk", 4, True, 330),
    ("skylane", "tele-noord", 30, False, None),
)


def tell(story: Story) -> None:
    with story.told_by("w.dekker", "tiers, owners and operators, as asked of every partner"):
        describe_partners(story)
        describe_places(story)
    with story.told_by("w.dekker", "legs and flows, as the transport system has them"):
        legs = add_legs(story)
        for flow in FLOWS:
            add_flow(story, legs, *flow)
    with story.told_by("m.okafor", "who needs whom, asked in the round of calls in spring"):
        for dependency in DEPENDENCIES:
            add_dependency(story, *dependency)
        for alternative in ALTERNATIVES:
            add_alternative(story, *alternative)


def describe_partners(story: Story) -> None:
    """Tier, owner and codes of each partner that belongs to the chain; shares where known."""
    shares = dict(SHARES)
    names = [name for name, record in story.records.items() if isinstance(record, Partner)]
    for number, name in enumerate(names, start=1):
        partner = story[name]
        if partner.position != Partner.Position.BESIDE:
            partner.tier = 2 if name in SECOND_TIER else 3 if name in THIRD_TIER else 1
        partner.parent = story[PARENTS[name]] if name in PARENTS else None
        partner.share = shares.get(name)
        partner.lei = lei(number)
        partner.save()


def describe_places(story: Story) -> None:
    """Who runs it, its location number, and for our own who is responsible for which zones."""
    names = [name for name, record in story.records.items() if isinstance(record, Place)]
    for number, name in enumerate(names, start=1):
        place = story[name]
        place.partner = story[RUN_BY[name]] if name in RUN_BY else None
        place.gln = gln(number)
        if name in ZONES:
            person, place.zones = ZONES[name]
            place.responsible = story.people[person]
        place.save()


def gln(number: int) -> str:
    """A location number that adds up, from the range GS1 keeps for examples."""
    digits = f"952{number:09d}"
    weighed = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
    return f"{digits}{-weighed % 10}"


def lei(number: int) -> str:
    """An entity identifier that adds up and that nobody has been given."""
    signs = f"999900TIDEWATER{number:03d}"
    value = int("".join(str(int(sign, 36)) for sign in f"{signs}00"))
    return f"{signs}{98 - value % 97:02d}"


Legs = dict[tuple[str, str], list[Leg]]


def add_legs(story: Story) -> Legs:
    """Every leg between two places, by these two."""
    legs: Legs = {}
    for mode, days, carrier, origins, destinations, own in LEGS:
        for origin, destination in product(origins, destinations):
            if origin == destination:
                continue
            made = Leg(
                owner=story.people["w.dekker"], unit=story.units["road"], mode=mode,
                origin=story[origin], destination=story[destination],
                carrier=story[carrier] if carrier else None, usual_days=days,
                under_own_control=own, reviewed_on=story.ago(60), review_due=story.ahead(300),
                hand_over=hand_over(mode, carrier),
            )  # fmt: skip
            made.save()
            legs.setdefault((origin, destination), []).append(made)
    return legs


def hand_over(mode: str, carrier: str | None) -> str:
    if carrier is None:
        return "Within our own hands: yard list at both gates."
    return {
        "sea": "Gate of the terminal: container and seal number on the interchange receipt.",
        "air": "Cargo desk: piece count and security status on the air waybill.",
        "rail": "Rail gate: seal numbers against the train list.",
        "data": "Encrypted line; failed transmissions are repeated and reported.",
    }.get(mode, "Gate: seal number read and signed on the driver's device.")


def add_flow(
    story: Story, legs: Legs, title: str, nature: str, goods: str, customer: str | None,
    value: int | None, stock: float, way: tuple[str | tuple[str, ...], ...],
) -> None:  # fmt: skip
    flow = story.write(
        Flow, title, name=title, owner="p.leclerc" if customer else "w.dekker", nature=nature,
        goods=goods, customer=story[customer] if customer else None, value_per_year=value,
        currency="EUR" if value else "", buffer_days=stock,
    )  # fmt: skip
    stops = [(stop,) if isinstance(stop, str) else stop for stop in way]
    FlowStep.objects.bulk_create(
        FlowStep(flow=flow, step=number, leg=leg)
        for number, ends in enumerate(pairwise(stops), start=1)
        for pair in product(*ends)
        for leg in legs.get(pair, ())
    )


def add_dependency(
    story: Story, dependant: str, supplier: str, what: str, group: str, days: float
) -> None:
    needed = story[supplier]
    kind = {Partner: "on_partner", Place: "on_place", Flow: "on_flow"}[type(needed)]
    who = "partner" if isinstance(story[dependant], Partner) else "place"
    Dependency.objects.create(
        **{who: story[dependant], kind: needed}, what=what, group=group, buffer_days=days
    )


def add_alternative(
    story: Story, replaced: str, by: str, days: float, agreed: bool, tried: int | None
) -> None:
    who = "partner" if isinstance(story[replaced], Partner) else "place"
    Alternative.objects.create(
        **{who: story[replaced], f"by_{who}": story[by]}, ready_after_days=days,
        is_agreed=agreed, tried_on=story.ago(tried) if tried else None,
    )  # fmt: skip
