"""Clauses 6.1.2 and 8.3: how risks are rated, what is known, what was found, who took what on."""

from typing import Any

from bartizan.clauses.planning.catalogue import take_over
from bartizan.clauses.planning.models import (
    AssessorView,
    Consultation,
    EquipmentClass,
    InformationSource,
    NothingFound,
    Origin,
    Risk,
    RiskAcceptance,
    RiskAssessment,
    RiskMethod,
    Vulnerability,
)
from bartizan.exchange.demo.chain import PROCESSES
from bartizan.exchange.demo.story import Story
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.models import Action, Relation, Status

LIKELIHOOD = """1. Rare: less than once in twenty years
2. Unlikely: once in five to twenty years
3. Possible: once in one to five years
4. Likely: once or more a year
5. Frequent: every month or more often"""

PEOPLE = """1. None: nobody is hurt or frightened
2. Slight: first aid, a fright
3. Serious: hospital, weeks of absence
4. Grave: lasting harm to one person
5. Fatal: death, or lasting harm to several"""

SCALES: dict[str, Any] = {
    "environment_scale": "1. None: nothing leaves the vehicle\n2. Slight: cleaned up by ourselves\n3. Serious: fire brigade, reported\n4. Grave: soil or water harmed for months\n5. Disastrous: harmed for years",
    "assets_scale": "1. Small: below 10,000 EUR\n2. Noticeable: to 50,000 EUR\n3. Large: to 250,000 EUR\n4. Very large: to 1,000,000 EUR\n5. Threatening: above",
    "operations_scale": "1. Hours: caught up the same day\n2. A day: customers notice\n3. Days: a depot is closed\n4. A week: a route is lost\n5. Weeks: we cannot deliver",
    "reputation_scale": "1. None: talk inside\n2. Local: one customer asks\n3. Trade: the trade press writes\n4. National: customers leave\n5. Lasting: we lose the pharma business",
    "law_scale": "1. None: no duty touched\n2. Note: a letter of the authority\n3. Fine: a fine, a measure\n4. Status: the status as operator is in question\n5. Loss: the status is lost, people are charged",
}  # fmt: skip

LEVELS = """1. Low: watched, nothing more
2. Medium: its owner may live with it
3. High: treated, or taken on by the board until a day
4. Extreme: treated at once, or the work stops"""

MATRIX = """Medium | Medium | High | Extreme | Extreme
Low | Medium | High | High | Extreme
Low | Medium | Medium | High | High
Low | Low | Medium | Medium | High
Low | Low | Low | Medium | Medium"""

# name, title, kind, what, where, every, asked
SOURCES = (
    ("police", "Briefings of the police at our depots", "authority", "Methods and places of thefts; who is active.", "Monthly call", 30, 12),
    ("association", "Weekly bulletin of the cargo protection association", "association", "Thefts, fake carriers, places, values.", "Members' page", 7, 3),
    ("insurer", "Claims statistics of the cargo insurer", "insurer", "Frequencies and amounts of our trade.", "Quarterly report", 90, 50),
    ("cyber", "Warnings of the national cyber centre", "service", "Holes in software that we use, campaigns.", "Feed", 7, 2),
    ("weather", "Flood and storm warnings of the weather service", "service", "Gauges, wind, heat.", "Feed", 7, 1),
    ("rounds", "Our own rounds and incident reports", "own", "What is open, broken or odd at our sites.", "Depot logs", 30, 20),
    ("port", "Security meeting of the port of Rotterdam", "partner", "Finds at the terminals, changes of access.", "Every two months", 60, 95),
)  # fmt: skip

# entry of the catalogue, source, known days ago
KNOWN = (
    ("theft-vehicle", "association", 20), ("theft-site", "police", 40), ("hijack", "association", 60),
    ("fake-carrier", "association", 15), ("smuggling", "port", 95), ("stowaways", "police", 40),
    ("tampering", "insurer", 50), ("fraud", "association", 30), ("extortion", "police", 40),
    ("assault", "police", 40), ("insider", "rounds", 70), ("sabotage", "police", 100),
    ("vandalism", "police", 100), ("terror-weapon", "police", 120), ("terror-attack", "police", 120),
    ("cyber-ransom", "cyber", 10), ("cyber-spying", "cyber", 10), ("jamming", "association", 45),
    ("lines-down", "rounds", 80), ("information-wrong", "rounds", 80), ("knowledge-lost", "rounds", 80),
    ("human-error", "rounds", 30), ("staff-shortage", "rounds", 30), ("silence", "rounds", 60),
    ("fire", "insurer", 50), ("collision", "insurer", 50), ("flood", "weather", 25),
    ("storm", "weather", 25), ("heat-drought", "weather", 25), ("power", "rounds", 90),
    ("provider", "rounds", 90), ("shared-supplier", "insurer", 50), ("structure", "rounds", 35),
    ("machines", "rounds", 35), ("procedure-fails", "rounds", 35), ("equipment-design", "rounds", 35),
    ("equipment-upkeep", "rounds", 35), ("equipment-replacement", "rounds", 35), ("regulation", "port", 95),
    ("reputation", "association", 45), ("standstill", "rounds", 90), ("piracy", "insurer", 50),
)  # fmt: skip

# name, title, what, ease, where it is, source, days
WEAK = (
    ("gate", "The gate at Venlo stays open for thirty seconds", "Two vehicles fit through on one check.", "easy", "venlo", "rounds", 35),
    ("fence", "Fence behind hall 2 in Poznań", "The lamp is out and bushes hide forty metres.", "possible", "poznan", "rounds", 20),
    ("cameras", "Dark corners of the yard at Felixstowe", "Three of eleven cameras show nothing at night.", "possible", "felixstowe", "rounds", 20),
    ("queue", "Loaded trailers queue at Dover", "Two hours unguarded, the crew away at the counter.", "easy", "dover", "police", 40),
    ("calais", "Walls of the approach to Calais", "People wait where trailers stop.", "easy", "calais", "police", 40),
    ("stops", "Two night stops a week at open areas", "Between Hanover and Poznań no guarded place is booked.", "easy", "line-haul", "association", 20),
    ("exchange", "Freight exchange accounts share one password", "Whoever leaves takes it along.", "easy", "forwarding", "cyber", 30),
    ("agency", "Agency drivers start before screening is complete", "In the peak, two in ten.", "possible", "screening", "rounds", 60),
    ("backup", "Backups lie where the servers stand", "One attack reaches both.", "possible", "hosting", "cyber", 30),
    ("one-line", "One line carries alarms and telephones", "At all three depots.", "possible", "guarding", "rounds", 90),
    ("seals", "Seal numbers are copied by hand", "Two of a hundred are wrong.", "possible", "seals", "rounds", 50),
    ("river", "Ground floor of the office below the dyke", "Pumps, but no barrier.", "hard", "office", "weather", 25),
    ("one-carrier", "One carrier on the night line", "Nobody else knows the run.", "possible", "kestrel", "rounds", 90),
    ("one-host", "One host for the transport system", "Moving takes three weeks.", "possible", "cobalt", "rounds", 90),
    ("habits", "Nobody reports what turned out harmless", "The log of odd things is empty for weeks.", "possible", "gate", "rounds", 60),
)  # fmt: skip

EQUIPMENT = (
    ("cameras", "Cameras, recorders and their lines", "Gates, ramps and yards of three depots."),
    (
        "alarms",
        "Intruder alarms",
        "Halls and offices, to the alarm centre of Veiligheidsdienst Maas.",
    ),
    ("seals-locks", "Seals and trailer locks", "Every loaded trailer and container."),
    ("trackers", "Trackers in trailers and goods", "All high-value loads."),
)

# A risk: name, title, source, threat, weakness, about, because, it may happen that, so that,
# likelihood, impacts (people, environment, goods, operations, reputation, law),
# inherent, target, times a year, loss low, loss high, decision, owner
FOUND: tuple[tuple[Any, ...], ...] = (
    ("stops", "Theft from trailers at open night stops", "crime", "theft-vehicle", "stops", "line-haul", "two night runs a week stop where nobody guards them", "curtains are cut while the driver sleeps", "part of a load is gone and the driver may be attacked", 4, "313232", (5, 3), (2, 3), 1.5, 20_000, 400_000, "reduce", "j.vandaele"),
    ("dover-queue", "Theft from the queue at Dover", "crime", "theft-vehicle", "queue", "dover", "checks change without notice and loaded trailers queue unguarded", "doors are opened while the crew is at the counter", "goods for Arden are lost and the customer looks elsewhere", 4, "214232", (4, 4), (2, 4), 0.8, 30_000, 900_000, "reduce", "j.vandaele"),
    ("hijack", "Hijack of a load of medicines", "crime", "hijack", "stops", "solvei", "a trailer of medicines is worth a million and its route is known", "the crew is stopped and forced to give up the load", "people are hurt and medicines reach the market uncooled", 2, "425344", (3, 5), (1, 4), 0.1, 300_000, 2_500_000, "reduce", "p.leclerc"),
    ("fake-carrier", "A fake carrier collects a load", "crime", "fake-carrier", "exchange", "forwarding", "loads are given to carriers from exchanges in a hurry", "somebody collects under the name of a carrier that exists", "a whole load disappears", 3, "114243", (4, 4), (1, 4), 0.4, 80_000, 600_000, "reduce", "j.vandaele"),
    ("insider-venlo", "An insider passes on routes from Venlo", "crime", "insider", "agency", "venlo", "one in five is new each year and screening lags in the peak", "somebody tells outsiders which trailer carries what", "chosen loads are attacked", 3, "214233", (4, 4), (2, 4), 0.3, 50_000, 800_000, "reduce", "t.brouwer"),
    ("gate-tailgating", "A second vehicle enters Venlo on one check", "crime", "theft-site", "gate", "venlo", "the gate stays open for thirty seconds", "a vehicle follows another into the yard", "trailers are taken from the yard", 4, "213222", (4, 3), (1, 3), 0.7, 15_000, 250_000, "reduce", "t.brouwer"),
    ("fence-poznan", "Break-in over the fence at Poznań", "crime", "theft-site", "fence", "poznan", "the fence behind hall 2 is dark and hidden", "goods are carried out over the fence at night", "stock is missing and the guard may be attacked", 3, "313122", (4, 3), (2, 2), 0.5, 8_000, 120_000, "reduce", "s.nowak"),
    ("smuggling-maasvlakte", "Drugs in containers from the Maasvlakte", "crime", "smuggling", "seals", "maasvlakte", "containers from certain ports are used to bring drugs in", "collectors open one of ours in the yard", "drivers are threatened and our status is in question", 3, "412344", (4, 4), (2, 4), 0.4, 20_000, 500_000, "reduce", "a.farouk"),
    ("smuggling-antwerp", "Drugs in containers from Antwerp", "crime", "smuggling", "seals", "antwerp", "containers from certain ports are used to bring drugs in", "collectors open one of ours in the yard", "drivers are threatened and our status is in question", 3, "412344", (4, 4), (2, 4), 0.3, 20_000, 500_000, "reduce", "a.farouk"),
    ("stowaways-calais", "Stowaways from Calais", "crime", "stowaways", "calais", "calais", "people wait where our trailers stop", "somebody climbs in unseen", "people are hurt, goods are spoilt and we are fined", 4, "412233", (5, 4), (3, 4), 2.0, 5_000, 60_000, "reduce", "j.vandaele"),
    ("tampering", "Medicines are opened on their way", "damage", "tampering", "seals", "seals", "seal numbers are copied by hand and two of a hundred are wrong", "a seal is replaced and nobody notices", "a batch has to be destroyed and patients are at risk", 2, "414344", (3, 4), (1, 4), 0.15, 60_000, 900_000, "reduce", "d.marsh"),
    ("vandalism", "Blockade and damage at Venlo", "damage", "vandalism", "gate", "venlo", "farmers and activists block motorways and depots", "vehicles are damaged and the gate is blocked", "deliveries are days late", 3, "222311", (3, 3), (3, 2), 0.4, 5_000, 80_000, "accept", "t.brouwer"),
    ("sabotage", "Sabotage of trailers in Felixstowe", "damage", "sabotage", "cameras", "felixstowe", "three cameras show nothing at night", "brakes or couplings are tampered with", "an accident on the road", 1, "533343", (2, 5), (1, 4), 0.03, 20_000, 1_000_000, "reduce", "d.marsh"),
    ("weapon", "A stolen lorry is used as a weapon", "terror", "terror-weapon", "gate", "venlo", "loaded lorries stand with the key in the office", "somebody takes one and drives into people", "people die", 1, "533355", (2, 5), (1, 5), 0.005, 500_000, 9_000_000, "reduce", "m.okafor"),
    ("attack-terminal", "Attack on a terminal we pass", "terror", "terror-attack", "queue", "hamburg", "large terminals are possible targets", "a terminal is closed for weeks", "containers are out of reach", 1, "424522", (1, 5), (1, 4), 0.01, 50_000, 1_500_000, "accept", "l.moreau"),
    ("piracy", "Attack on a ship off Bab el-Mandeb", "crime", "piracy", "one-carrier", "halcyon", "Halcyon sails where ships are attacked", "the ship turns round or is held", "containers are three weeks late", 3, "313421", (3, 4), (3, 3), 0.3, 40_000, 700_000, "share", "a.farouk"),
    ("ransom", "Systems locked for ransom", "data", "cyber-ransom", "backup", "hosting", "backups lie where the servers stand", "attackers lock the transport system and its backups", "nothing can be planned for days and data of customers is sold", 4, "114544", (4, 5), (2, 4), 0.25, 100_000, 2_000_000, "reduce", "k.iversen"),
    ("spying", "Loads are spied out through accounts", "data", "cyber-spying", "exchange", "forwarding", "accounts of exchanges share one password", "somebody reads where goods of value are", "chosen loads are attacked", 4, "213232", (4, 3), (2, 3), 0.9, 10_000, 300_000, "reduce", "k.iversen"),
    ("jamming", "Trackers are jammed", "communication", "jamming", "stops", "lumen", "jammers cost fifty euros", "a trailer disappears from the map", "a theft is noticed hours later", 3, "113221", (4, 3), (2, 2), 0.8, 5_000, 200_000, "reduce", "k.iversen"),
    ("lines", "Alarms do not get through", "communication", "lines-down", "one-line", "guarding", "one line carries alarms and telephones", "the line is cut or flooded", "an alarm reaches nobody", 3, "213222", (3, 3), (1, 3), 0.3, 5_000, 150_000, "reduce", "d.marsh"),
    ("wrong-data", "Wrong data in advance declarations", "information", "information-wrong", "seals", "customs-broker", "rules for sea freight have changed", "declarations are wrong or late", "containers are held and we are fined", 3, "112333", (4, 3), (2, 3), 1.0, 3_000, 60_000, "reduce", "a.farouk"),
    ("knowledge", "Only one person knows the customs status", "knowledge", "knowledge-lost", "habits", "obligations", "one officer keeps the obligations of four countries", "that person is away for months", "a change of law is missed", 3, "112223", (3, 3), (2, 2), 0.3, 2_000, 80_000, "reduce", "k.iversen"),
    ("peak-errors", "Checks are skipped in the peak", "people", "human-error", "agency", "gate", "in November a vehicle arrives every two minutes", "papers are waved through", "the wrong driver leaves with a load", 4, "213233", (4, 3), (2, 3), 1.2, 5_000, 200_000, "reduce", "t.brouwer"),
    ("fatigue", "Tired drivers on the night line", "people", "human-error", "stops", "line-haul", "stops are short and noisy", "a driver falls asleep", "people are hurt", 2, "533333", (3, 5), (1, 5), 0.08, 30_000, 1_500_000, "reduce", "j.vandaele"),
    ("turnover", "Posts at the gate stay empty", "people", "staff-shortage", "agency", "guarding", "one in five is new each year", "a post is empty or held by somebody new", "checks are not made", 3, "111111", (4, 2), (2, 2), 1.0, 1_000, 30_000, "accept", "d.marsh"),
    ("silence", "What is odd is not reported", "culture", "silence", "habits", "gate", "a false alarm is remembered longer than a good one", "somebody sees a scout and says nothing", "we learn of an attack when it has happened", 4, "213221", (4, 3), (2, 3), 1.0, 2_000, 150_000, "reduce", "s.nowak"),
    ("fire-venlo", "Fire in hall 1 at Venlo", "accident", "fire", "gate", "venlo", "batteries are stored and charged in the hall", "a battery burns", "people are hurt, the hall is lost", 2, "445543", (3, 5), (1, 5), 0.03, 400_000, 6_000_000, "share", "t.brouwer"),
    ("collision", "Accident of a line-haul truck", "accident", "collision", "stops", "kestrel", "traffic is dense and nights are long", "a truck crashes", "people are hurt and goods are lost", 3, "523222", (4, 5), (2, 5), 0.4, 20_000, 700_000, "share", "j.vandaele"),
    ("flood-office", "Flood at the head office", "nature", "flood", "river", "office", "the ground floor lies below the dyke", "the dyke road floods", "the office and the alarm panel are out for days", 2, "213322", (2, 3), (1, 3), 0.02, 30_000, 400_000, "accept", "k.iversen"),
    ("storm-venlo", "Storm takes down cameras at Venlo", "nature", "storm", "gate", "venlo", "summer storms are heavier than they were", "masts and lines come down", "the yard is blind for two days", 3, "212211", (3, 3), (3, 2), 0.5, 3_000, 60_000, "accept", "t.brouwer"),
    ("storm-felixstowe", "Storm takes down cameras at Felixstowe", "nature", "storm", "cameras", "felixstowe", "the yard lies open to the sea", "masts and lines come down", "the yard is blind for two days", 4, "212211", (4, 3), (3, 2), 0.8, 3_000, 60_000, "reduce", "d.marsh"),
    ("low-water", "Low water on the Rhine", "nature", "heat-drought", "one-carrier", "duisburg", "summers are dry", "barges sail half empty or not at all", "lorries with drivers we do not know take over", 4, "112322", (4, 3), (4, 2), 0.9, 20_000, 300_000, "accept", "w.dekker"),
    ("power", "Power failure at Venlo", "beyond", "power", "one-line", "venlo", "the grid is at its limit", "power is out for half a day", "gates, alarms and cooling fail", 3, "112321", (3, 3), (3, 2), 0.3, 5_000, 90_000, "accept", "t.brouwer"),
    ("guards-fail", "The guarding company stops working", "beyond", "provider", "one-line", "ironbridge", "margins are thin and staff is short", "guards do not turn up", "the yard stands open at night", 2, "213232", (3, 3), (2, 2), 0.1, 5_000, 150_000, "reduce", "d.marsh"),
    ("host-fails", "The host of the transport system fails", "beyond", "provider", "one-host", "cobalt", "moving takes three weeks", "the host closes or is attacked", "nothing can be planned", 2, "113533", (3, 5), (2, 4), 0.08, 80_000, 1_200_000, "reduce", "k.iversen"),
    ("carrier-fails", "The carrier of the night line fails", "suppliers", "provider", "one-carrier", "kestrel", "nobody else knows the run", "Kestrel stops from one day to the next", "full loads stand in Venlo", 2, "113432", (3, 4), (2, 3), 0.12, 30_000, 400_000, "reduce", "j.vandaele"),
    ("shared-cloud", "Several providers run on one cloud", "suppliers", "shared-supplier", "one-host", "cobalt", "tracking, exchange and our own system stand in one data centre", "the data centre fails", "we are blind and cannot plan", 2, "113432", (2, 4), (2, 3), 0.1, 40_000, 600_000, "reduce", "k.iversen"),
    ("parts", "The only maker of parts for Arden", "suppliers", "shared-supplier", "one-carrier", "shenmark", "Arden buys from one maker behind one port", "the port or the maker is closed", "there is nothing to carry for weeks", 3, "112321", (3, 3), (3, 2), 0.2, 10_000, 200_000, "accept", "a.farouk"),
    ("roof", "A roof gives way under snow", "physical", "structure", "fence", "poznan", "hall 2 was built in 1986", "the roof gives way", "people are hurt and stock is lost", 1, "524322", (2, 5), (1, 4), 0.02, 50_000, 900_000, "reduce", "s.nowak"),
    ("barrier", "The barrier at Felixstowe breaks", "physical", "structure", "cameras", "felixstowe", "lorries touch it every week", "it cannot be closed for days", "anybody can drive in", 3, "111111", (3, 3), (2, 2), 0.8, 2_000, 20_000, "accept", "d.marsh"),
    ("breakdown", "A loaded truck breaks down at night", "functional", "machines", "stops", "line-haul", "trucks of subcontractors are old", "one stands on the hard shoulder", "a load stands unguarded and a driver in danger", 4, "313222", (4, 4), (3, 3), 3.0, 1_000, 40_000, "reduce", "j.vandaele"),
    ("patrols", "Rounds are logged and not walked", "control", "procedure-fails", "one-line", "guarding", "rounds are logged on paper", "the guard stays in the warm", "an intruder has the night", 3, "213222", (4, 3), (2, 2), 0.6, 2_000, 120_000, "reduce", "d.marsh"),
    ("seal-check", "Seals are not compared on arrival", "control", "procedure-fails", "seals", "seals", "the number stands on another sheet", "nobody compares", "a theft is noticed by the customer", 3, "112232", (4, 3), (2, 2), 1.0, 2_000, 80_000, "reduce", "d.marsh"),
    ("licence", "Loss of the status as authorised operator", "law", "regulation", "agency", "obligations", "our status depends on access control and screening", "an inspection finds gaps twice", "every declaration takes a day longer", 2, "112545", (3, 5), (1, 5), 0.05, 100_000, 1_500_000, "reduce", "k.iversen"),
    ("privacy", "Complaint about cameras", "law", "regulation", "cameras", "screening", "recordings are kept longer than promised", "somebody complains", "a fine and a measure", 2, "111122", (3, 3), (1, 2), 0.3, 3_000, 50_000, "reduce", "k.iversen"),
    ("headline", "A theft of medicines in the news", "reputation", "reputation", "stops", "solvei", "the press follows thefts of medicines", "our name is in the headline", "pharma customers leave", 2, "113255", (3, 5), (2, 4), 0.1, 50_000, 1_800_000, "reduce", "p.leclerc"),
    ("hub-stands", "Venlo stands still for a week", "standstill", "standstill", "gate", "forwarding", "half of all loads pass one hub", "fire, flood or a raid closes it", "a thousand loads are late", 2, "114544", (3, 5), (2, 4), 0.05, 200_000, 3_000_000, "reduce", "m.okafor"),
    ("gate-stands", "The gate system is out", "standstill", "machines", "gate", "gate", "the controller dates from 1998", "no spare part is to be had", "every vehicle is checked by hand", 2, "112211", (3, 3), (2, 2), 0.4, 2_000, 40_000, "reduce", "t.brouwer"),
    ("line-stands", "The night line stands still", "standstill", "provider", "one-carrier", "line-haul", "one carrier serves it", "the carrier fails or the road is closed", "loads stand in both depots", 3, "112422", (3, 4), (2, 3), 0.3, 10_000, 200_000, "reduce", "j.vandaele"),
    ("seals-stand", "No seals in stock", "standstill", "shared-supplier", "seals", "seals", "one maker supplies high-security seals", "a delivery fails", "containers may not leave", 1, "111322", (2, 3), (1, 3), 0.1, 2_000, 30_000, "accept", "d.marsh"),
)  # fmt: skip

# The like of a risk found elsewhere: of which, about, likelihood more or less, owner
LIKEWISE = (
    ("fence-poznan", "felixstowe", 0, "d.marsh"), ("fence-poznan", "venlo", -1, "t.brouwer"),
    ("insider-venlo", "poznan", -1, "s.nowak"), ("insider-venlo", "felixstowe", 0, "d.marsh"),
    ("insider-venlo", "office", -1, "k.iversen"), ("fire-venlo", "poznan", 0, "s.nowak"),
    ("fire-venlo", "felixstowe", 0, "d.marsh"), ("storm-venlo", "poznan", 0, "s.nowak"),
    ("power", "poznan", 0, "s.nowak"), ("power", "felixstowe", 0, "d.marsh"),
    ("power", "office", 0, "k.iversen"), ("smuggling-antwerp", "hamburg", 0, "l.moreau"),
    ("smuggling-antwerp", "le-havre", 0, "l.moreau"), ("smuggling-antwerp", "gdansk", -1, "l.moreau"),
    ("attack-terminal", "maasvlakte", 0, "a.farouk"), ("attack-terminal", "antwerp", 0, "a.farouk"),
    ("dover-queue", "calais", 0, "j.vandaele"), ("stowaways-calais", "dover", -1, "j.vandaele"),
    ("collision", "brightwater", 0, "d.marsh"), ("collision", "slupsk", 0, "s.nowak"),
    ("carrier-fails", "brightwater", 0, "d.marsh"), ("guards-fail", "veilig", 0, "t.brouwer"),
    ("jamming", "kestrel", 0, "j.vandaele"), ("hijack", "arden", 0, "p.leclerc"),
    ("headline", "arden", -1, "p.leclerc"), ("vandalism", "felixstowe", -1, "d.marsh"),
    ("patrols", "veilig", -1, "t.brouwer"), ("wrong-data", "halcyon", 0, "a.farouk"),
    ("sabotage", "poznan", 0, "s.nowak"),
)  # fmt: skip

# A stage of life of equipment: risk title, equipment, threat, likelihood
LIFE = (
    ("design", "cameras", "Cameras do not see the ramp doors", "equipment-design", 3),
    ("upkeep", "cameras", "Lenses are dirty when they are needed", "equipment-upkeep", 4),
    ("upkeep", "alarms", "Batteries of alarms are flat", "equipment-upkeep", 3),
    ("replacement", "trackers", "Trackers lose the old mobile network", "equipment-replacement", 4),
)


def tell(story: Story) -> None:
    with story.told_by("m.okafor", "last year's way of rating"):
        begin(story)
    with story.told_by("m.okafor", "the way of rating, revised"):
        revise(story)
    with story.told_by("m.okafor", "what is known of threats and weaknesses"):
        gather(story)
    with story.told_by("m.okafor", "the yearly assessment, with seven people of four depots"):
        assess(story)
    with story.told_by("r.achterberg", "decisions on the risks, and what goes to the board"):
        decide(story)
    for told in (
        ("h.lindqvist", "attack-terminal", 30, 150),
        ("r.achterberg", "low-water", 200, -12),
    ):
        with story.told_by(told[0], "takes a risk on until a day"):
            take_on(story, *told)


def begin(story: Story) -> None:
    """The method of last year had four steps of likelihood less clearly put."""
    method = story.write(
        RiskMethod, "How we rate security risks", name="risk method", owner="m.okafor",
        scope="Decisions on guards, equipment, routes and partners, for all depots and transport under our orders.",
        nature="Four to eight people who know the place rate on their own first, then agree; an outsider asks why.",
        timing="Every spring; before each change of a site, route or partner; after a loss above 50,000 EUR.",
        fit="Three depots, sixty partners, two hundred runs a week: simple enough to be done by those who load.",
        criteria="What can kill is never below Medium. High is treated or taken on by the board, Extreme is never accepted.",
        interval_days=365, freshness_days=365, likelihood_scale=LIKELIHOOD.replace("month", "quarter"),
        people_scale=PEOPLE, levels=LEVELS, matrix=MATRIX, appetite=2, report_from=3, currency="EUR",
        enterprise_source="Risk list of the board, kept by the operations director",
        enterprise_mapping="High is their amber, Extreme their red; Low and Medium stay with us.",
        reviewed=10, **SCALES,
    )  # fmt: skip
    story.approve(method, days_ago=420)
    old = story.write(
        RiskAssessment, "Yearly assessment, last spring", owner="m.okafor", occasion="schedule",
        is_overall=True, method=method, scope="All depots, offices, transport under our orders.",
        started_on=story.ago(430), done_on=story.ago(415), inputs="Losses of two years.",
        human_factors="New drivers do not know which stops are guarded.",
        reconciliation="The depots rated higher than the office; the depots were followed.",
        reviewed=300, again=60,
    )  # fmt: skip
    story.approve(old, days_ago=410)
    view_of(story, old)


def view_of(story: Story, old: RiskAssessment) -> None:
    """The team of last year, and whom it asked."""
    old.team.set([story.people[code] for code in ("m.okafor", "j.vandaele")])
    Consultation.objects.create(
        assessment=old, party=story["party police"], consulted_on=story.ago(420),
        said="Thefts at motorway stops have doubled.",
    )  # fmt: skip


def revise(story: Story) -> None:
    """Monthly instead of quarterly: what was rated before was rated under an earlier method."""
    method = RiskMethod.objects.get(pk=story["risk method"].pk)
    method.likelihood_scale = LIKELIHOOD
    method.full_clean()
    method.save()
    story.records["risk method"] = method
    story.approve(method, days_ago=75)
    story.link(story["policy"], method, relation=Relation.CITES)


def gather(story: Story) -> None:
    for name, title, nature, covers, where, every, asked in SOURCES:
        story.write(
            InformationSource, title, name=f"source {name}", owner="m.okafor", nature=nature,
            covers=covers, where=where, cadence_days=every, last_asked=story.ago(asked),
        )  # fmt: skip
    taken = {t.entry: t for t in take_over(story.units["tidewater"], story.people["m.okafor"])}
    for entry, source, days in KNOWN:
        threat = taken[entry]
        threat.status, threat.known_on = Status.ACTIVE, story.ago(days)
        threat.learned_from = story[f"source {source}"]
        threat.reviewed_on, threat.review_due = story.ago(60), story.ahead(300)
        threat.save()
        story.records[f"threat {entry}"] = threat
    for name, title, what, ease, at, source, days in WEAK:
        story.write(
            Vulnerability, title, name=f"weakness {name}", owner="m.okafor", description=what,
            ease=ease, learned_from=story[f"source {source}"], known_on=story.ago(days),
            **about(story, at),
        )  # fmt: skip
    for name, title, protects in EQUIPMENT:
        story.write(
            EquipmentClass, title, name=f"equipment {name}", owner="m.okafor", description=title,
            protects=protects, in_service_since=story.ago(1500),
        )  # fmt: skip


def about(story: Story, name: str) -> dict[str, Any]:
    """What in the chain a risk or a weakness is about, under the field that names it."""
    record = story[name]
    return {"equipment" if isinstance(record, EquipmentClass) else record.kind: record}


def assess(story: Story) -> None:
    assessment = story.write(
        RiskAssessment, "Yearly assessment of the whole system", name="assessment",
        owner="m.okafor", occasion="schedule", is_overall=True, method=story["risk method"],
        scope="All depots and offices, all transport under our orders; nothing left out.",
        started_on=story.ago(62), done_on=story.ago(48),
        inputs="Eleven losses of two years, two police briefings, night walks at three depots.",
        human_factors="The peak wears out the gate crews; nobody wants to be the one who stops a"
        " queue. Jokes about checks were heard at two depots.",
        reconciliation="Night shift and office differed on the fence and on hijacks: the night"
        " shift was followed where it had seen it, the office where figures spoke.",
    )  # fmt: skip
    team = ("m.okafor", "j.vandaele", "t.brouwer", "s.nowak", "d.marsh", "k.iversen", "a.farouk")
    assessment.team.set([story.people[code] for code in team])
    for risk in FOUND:
        add_risk(story, *risk)
    for name, at, more, owner in LIKEWISE:
        add_like(story, name, at, more, owner)
    for stage in LIFE:
        add_stage(story, *stage)
    rule_out(story, assessment)
    hear(story, assessment)
    story.approve(assessment, days_ago=45)
    after_the_event(story)


# Whoever plans one of these would like to read what we expect.
SECRET = {"hijack", "insider-venlo", "spying"}


def add_risk(
    story: Story, name: str, title: str, origin: str, threat: str, weakness: str, at: str,
    cause: str, event: str, consequence: str, likelihood: int, impacts: str,
    inherent: tuple[int, int], target: tuple[int, int], frequency: float, low: int, high: int,
    decision: str, owner: str,
) -> Risk:  # fmt: skip
    where = about(story, at)
    if origin == "nature":
        where["equipment"] = story["equipment cameras"]
    return story.write(
        Risk, title, name=f"risk {name}", owner=owner, assessment=story["assessment"],
        origin=origin, threat=story[f"threat {threat}"], **where,
        vulnerability=story[f"weakness {weakness}"], cause=f"{cause[0].upper()}{cause[1:]}.",
        event=f"{event[0].upper()}{event[1:]}.",
        consequence=f"{consequence[0].upper()}{consequence[1:]}.",
        basis="Losses of two years, the statistics of the insurer, walks by night.",
        likelihood=likelihood, **told(impacts),
        inherent_likelihood=inherent[0], inherent_impact=inherent[1],
        target_likelihood=target[0], target_impact=target[1], rated_on=story.ago(50),
        frequency=frequency, loss_low=low, loss_high=high, decision=decision,
        sensitivity=Sensitivity.CONFIDENTIAL if name in SECRET else Sensitivity.INTERNAL,
        reviewed=50, again=-20 if name == "barrier" else 200,
    )  # fmt: skip


def told(impacts: str) -> dict[str, Any]:
    """People, environment, goods, operations, reputation, law: as the fields stand."""
    return dict(zip(Risk.IMPACTS, map(int, impacts), strict=True))


def add_like(story: Story, name: str, at: str, more: int, owner: str) -> None:
    """The same risk about another part of the chain, rated there."""
    first: Any = next(row for row in FOUND if row[0] == name)
    where = story[at].title.replace(" (fictional)", "")
    likelihood = max(1, first[9] + more)
    title = f"{first[1].split(' at ')[0].split(' from ')[0]}: {where}"
    row: list[Any] = [
        f"{name} {at}", title, *first[2:5], at, *first[6:9], likelihood, first[10],
        (max(likelihood, first[11][0]), first[11][1]), first[12],
        round(first[13] * (1 + more / 2), 3), *first[14:17], owner,
    ]  # fmt: skip
    add_risk(story, *row)


def add_stage(
    story: Story, stage: str, equipment: str, title: str, threat: str, likelihood: int
) -> None:
    add_risk(
        story, f"life {stage} {equipment}", title, stage, threat, "cameras",
        f"equipment {equipment}", "equipment is bought once and forgotten", title.lower(),
        "an intruder is noticed too late", likelihood, "112211", (4, 3), (2, 2), 0.5, 1_000, 30_000,
        "reduce", "m.okafor",
    )  # fmt: skip


def rule_out(story: Story, assessment: RiskAssessment) -> None:
    """What the team looked at and found nothing in; one stage of one class was forgotten."""
    NothingFound.objects.create(
        assessment=assessment, origin=Origin.FITTING,
        reason="All equipment was accepted by somebody other than the fitter; no findings.",
    )  # fmt: skip
    looked = {(row[0], row[1]) for row in LIFE}
    for name, _title, _what in EQUIPMENT:
        for stage in ("design", "fitting", "upkeep", "replacement"):
            if (stage, name) not in looked and (stage, name) != ("replacement", "alarms"):
                add_nothing(
                    story,
                    assessment,
                    stage,
                    f"equipment {name}",
                    "Checked on the walks: as specified, in time.",
                )
    for name, *_rest in PROCESSES:
        if name not in ("gate", "line-haul", "guarding"):
            add_nothing(
                story, assessment, "people", name, "Done by few, trained people in daytime."
            )
        if story[name].is_core and name not in ("forwarding", "gate", "line-haul", "seals"):
            add_nothing(story, assessment, "standstill", name, "Can wait for a month.")
    add_nothing(
        story,
        assessment,
        "suppliers",
        "customs-broker",
        "Two others have our papers and start the same day.",
    )


def add_nothing(
    story: Story, assessment: RiskAssessment, origin: str, at: str, reason: str
) -> None:
    NothingFound.objects.create(
        assessment=assessment, origin=origin, reason=reason, **about(story, at)
    )


def hear(story: Story, assessment: RiskAssessment) -> None:
    """Parties that were asked, and how people of the team differed."""
    for party, days, said in (
        ("police", 60, "Thefts have moved from the yards to the stops."),
        ("customs", 59, "Finds at the terminals are up by a third."),
        ("carriers", 57, "Drivers want guarded stops more than anything."),
        ("staff", 57, "The fence in Poznań is an open secret."),
    ):
        Consultation.objects.create(
            assessment=assessment, party=story[f"party {party}"], consulted_on=story.ago(days),
            said=said,
        )  # fmt: skip
    for risk, person, likelihood, impact, said in (
        ("fence-poznan", "s.nowak", 4, 3, "We find cut wire every other month."),
        ("fence-poznan", "m.okafor", 2, 3, ""),
        ("hijack", "j.vandaele", 3, 5, "Two colleagues of other firms this year."),
        ("hijack", "k.iversen", 1, 5, "None in our figures."),
        ("ransom", "k.iversen", 4, 5, ""),
        ("ransom", "a.farouk", 2, 4, ""),
    ):
        AssessorView.objects.create(
            assessment=assessment, risk=story[f"risk {risk}"], person=story.people[person],
            likelihood=likelihood, impact=impact, view=said,
        )  # fmt: skip


def after_the_event(story: Story) -> None:
    """One assessment of one site after a theft; nobody outside was asked."""
    made = story.write(
        RiskAssessment, "Dover, after the theft in the queue", owner="j.vandaele",
        name="assessment dover", occasion="event", method=story["risk method"],
        scope="The approach to Dover and its stops.", started_on=story.ago(22),
        done_on=story.ago(19), inputs="The theft of last month, talks with three drivers.",
        human_factors="Drivers leave the cab to be first at the counter.",
    )  # fmt: skip
    story.approve(made, days_ago=18)


def decide(story: Story) -> None:
    """Who decided; what was passed on to the board. Two risks wait, one was forgotten."""
    risks = [record for name, record in story.records.items() if name.startswith("risk ")]
    for number, risk in enumerate(r for r in risks if isinstance(r, Risk)):
        risk = Risk.objects.get(pk=risk.pk)
        if number in (11, 40):
            risk.decision = ""
        else:
            risk.decided_by, risk.decided_on = story.people["r.achterberg"], story.ago(40)
            risk.decision_reason = "Cheapest way to the target; doing nothing was weighed."
        if (risk.level or 0) >= 3 and number != 3:
            risk.passed_on, risk.enterprise_reference = story.ago(38), f"B-{number + 1:03d}"
        risk.save()
    for name in ("stops", "gate-tailgating"):
        story.write(
            Action, "Try the measure for four weeks", owner="j.vandaele", source=story[f"risk {name}"],
            description="Try it at one depot first, and count.", due=story.ago(10),
            done_on=story.ago(12) if name == "stops" else None,
            outcome="No theft in four weeks." if name == "stops" else "",
            success_measure="No theft in four weeks.",
            effect_verified_by=story.people["m.okafor"] if name == "stops" else None,
            effect_verified_on=story.ago(2) if name == "stops" else None,
        )  # fmt: skip
    story.link(story["gate"], story["risk gate-tailgating"], relation=Relation.CONTROLS)
    story.link(story["seals"], story["risk tampering"], relation=Relation.CONTROLS)


def take_on(story: Story, code: str, name: str, days: int, ends: int) -> None:
    story.write(
        RiskAcceptance, f"Taken on: {story[f'risk {name}'].title}"[:200], owner=code,
        risk=story[f"risk {name}"], reason="Nothing we could do is worth its price today.",
        conditions="No medicines are among the loads concerned.", accepted_by=story.people[code],
        accepted_on=story.ago(days), expires_on=story.ahead(ends), reviewed=None, again=None,
    )  # fmt: skip
