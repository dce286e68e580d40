"""Clauses 8.3 to 8.5: what is done about the risks, whether it works, and what it was chosen from."""

from typing import Any

from bartizan.chain.models import Process
from bartizan.clauses.operation.models import (
    Control,
    ControlCheck,
    ControlledRisk,
    PeopleControl,
    ProtectionRequirement,
    Strategy,
    StrategyComponent,
    StrategyOption,
    TreatedRisk,
    TreatmentPlan,
    TreatmentReview,
    TreatmentRule,
)
from bartizan.clauses.planning.models import Change
from bartizan.clauses.support.models import ResourceNeed
from bartizan.exchange.demo.chain import PROCESSES
from bartizan.exchange.demo.story import Story
from bartizan.ground.records.models import Action, Relation

# name, title, option, what, what else was weighed, what is to be left, cost once, a year, staff
# days, starts and is due in so many days, done so many days ago, owner, likelihood and consequence
# left, risks
PLANS: tuple[tuple[Any, ...], ...] = (
    ("parking", "Guarded parking on the night line", "reduce", "Places booked every night near Hanover and at Brest; open stops only with the dispatcher on the line.", "Two drivers in the cab: four times the cost. Tracked seals alone: help comes too late.", "At most one theft from a parked trailer in two years.", 4_000, 38_000, 12, -200, -70, 62, "j.vandaele", 0.2, 1, "stops breakdown fatigue dover-queue dover-queue@calais"),
    ("gate", "A new gate with an inner barrier at Venlo", "reduce", "An outer and an inner barrier with room for one lorry; plates are read and compared with the pre-advice.", "A second guard by day: 90,000 a year. Faster motors for the old gate: two cars still fit.", "No vehicle in the yard without a check of its own.", 185_000, 9_000, 60, -120, -5, None, "t.brouwer", 0.15, 1, "gate-tailgating gate-stands insider-venlo weapon"),
    ("fence", "Fence, lamps and brambles behind hall 2", "reduce", "Forty metres of fence renewed, lamps on motion, bushes cut back twice a year.", "A guard on rounds: 40,000 a year. A camera alone: it watches them leave.", "One attempt a year, and none that succeeds.", 22_000, 2_000, 8, -160, -80, 75, "s.nowak", 0.4, 0.6, "fence-poznan fence-poznan@venlo"),
    ("cameras", "Cameras that see at night", "reduce", "Three thermal cameras at Felixstowe, cleaned monthly, watched from the alarm centre.", "More lamps: the neighbours object. A second guard: dear and bored.", "Whoever enters the yard is seen within a minute.", 48_000, 6_000, 15, -90, 20, None, "d.marsh", 0.6, 0.7, "sabotage sabotage@poznan fence-poznan@felixstowe storm-felixstowe life@design@cameras life@upkeep@cameras life@upkeep@alarms life@replacement@trackers"),
    ("carrier-check", "Carriers are called back before they collect", "reduce", "A carrier from an exchange is called at the number in the register; no call, no load.", "Leaving the exchanges: a third of spot loads. Insurance alone: pays, but the goods are gone.", "No load given to a carrier nobody called.", 0, 12_000, 20, -150, -60, 66, "j.vandaele", 0.2, 1, "fake-carrier spying"),
    ("accounts", "Own accounts with a second factor", "reduce", "Everybody signs in to exchanges and to our system with an account of their own and a key.", "Longer passwords: they are on the screen already.", "No shared account is left.", 9_000, 5_000, 25, -80, 15, None, "k.iversen", 0.3, 1, "spying ransom fake-carrier"),
    ("backup", "A backup nobody on our network can reach", "reduce", "Written once a night to a place apart, restored every quarter on a spare machine.", "A second data centre: ten times the cost. Tapes: nobody drives them.", "Back at work within two days after an attack.", 14_000, 11_000, 18, -60, 45, None, "k.iversen", 1, 0.25, "ransom host-fails shared-cloud"),
    ("second-line", "A second line for alarms", "reduce", "Alarms of all depots also go by mobile radio; the line is tested every night.", "A second cable: same trench.", "An alarm is with the alarm centre within 30 seconds, always.", 7_500, 3_600, 6, -140, -60, 58, "d.marsh", 0.15, 1, "lines guards-fail guards-fail@veilig patrols patrols@veilig"),
    ("seal-photo", "Seals are photographed at both ends", "reduce", "The number is read from a photograph, compared by the system, and a difference stops the trailer.", "Electronic seals: 40 a trip, and they are stolen too.", "A replaced seal is noticed before the doors are opened.", 16_000, 4_000, 22, -45, 30, None, "d.marsh", 0.3, 0.8, "tampering seal-check wrong-data wrong-data@halcyon smuggling-maasvlakte smuggling-antwerp smuggling-antwerp@hamburg smuggling-antwerp@le-havre smuggling-antwerp@gdansk"),
    ("convoy", "An escort for loads of medicines", "reduce", "A second vehicle follows loads above 500,000 EUR to the works.", "Tracked trailers without a stop: a sixth of the cost.", "No stop of a load of medicines on its own.", 0, 240_000, 10, 30, 200, None, "p.leclerc", 0.3, 0.8, "hijack hijack@arden"),
    ("no-stop", "Medicines go tracked, sealed and without a stop", "reduce", "Two drivers, locks that report, a tracker in the goods, routes decided on the day.", "An escort: seen by everybody, six times the cost.", "Below one attempt in ten years; help within fifteen minutes.", 36_000, 40_000, 14, -30, 60, None, "p.leclerc", 0.35, 0.7, "hijack headline jamming hijack@arden jamming@kestrel headline@arden"),
    ("screening", "Nobody starts unscreened, in the peak either", "reduce", "Screening is asked for in August; a pool of forty cleared drivers is kept.", "No agency drivers: one load in six stays.", "Nobody at the wheel without a result.", 3_000, 26_000, 30, -100, -12, None, "k.iversen", 0.5, 1, "peak-errors licence insider-venlo insider-venlo@poznan insider-venlo@felixstowe insider-venlo@office"),
    ("cover", "Cover for storage fires and for accidents", "share", "Sums insured raised to what stands in the halls in November; deductible 50,000.", "Carrying it ourselves: more than a year's profit.", "No single event costs us more than 250,000.", 0, 64_000, 4, -170, -110, 112, "r.achterberg", 1, 0.3, "fire-venlo collision piracy fire-venlo@poznan fire-venlo@felixstowe collision@brightwater collision@slupsk"),
    ("second-carrier", "A second carrier learns the night line", "reduce", "One run a week goes with another carrier, under the same rules.", "Own trucks: not for one line. A list of names: nobody of them knows the run.", "The line runs again after one day.", 5_000, 18_000, 16, 10, 120, None, "j.vandaele", 1, 0.4, "carrier-fails line-stands carrier-fails@brightwater"),
    ("walls", "Night checks with carbon dioxide probes", "reduce", "Every trailer for the crossing is probed at the last stop before Calais.", "Dogs: not available at night. Other ports: half a day longer.", "One find a year, and it is ours.", 11_000, 21_000, 12, -75, -15, 20, "j.vandaele", 0.4, 0.8, "stowaways-calais stowaways-calais@dover"),
)  # fmt: skip

# plan, rule, other plan, why
RULES = (
    ("no-stop", "needs", "seal-photo", "The locks report against the number in the photograph."),
    ("second-carrier", "needs", "parking", "The other carrier stops where places are booked."),
    ("no-stop", "excludes", "convoy", "Two answers to one attack: one of them is paid in vain."),
)

# A control: name, title, kind, how it works, where, in operation for so many days (or due in, with
# a minus), checked every, cost a year, owner, likelihood and consequence left, risks, plan
CONTROLS: tuple[tuple[Any, ...], ...] = (
    ("gate-check", "Identity, papers and plate at the gate", "preventive", "No match with the pre-advice, no entry; the shift leader decides, not the guard.", "gate", 900, 90, 0, "t.brouwer", 0.5, 1, "gate-tailgating peak-errors fake-carrier weapon", ""),
    ("two-seal", "Two people seal each trailer", "preventive", "One seals, one reads the number aloud; both sign.", "seals", 800, 90, 3_000, "d.marsh", 0.4, 1, "tampering seal-check seals-stand smuggling-maasvlakte smuggling-antwerp", ""),
    ("booked-places", "Booked places at guarded stops", "preventive", "Barrier, guard and light; the dispatcher books before the run leaves.", "hannover", 62, 90, 38_000, "j.vandaele", 0.2, 1, "stops breakdown fatigue dover-queue", "parking"),
    ("call-back", "Call back before collection", "preventive", "The number comes from the register, never from the message.", "forwarding", 66, 60, 12_000, "j.vandaele", 0.25, 1, "fake-carrier spying", "carrier-check"),
    ("new-fence", "Fence and lamps behind hall 2", "preventive", "Three metres, welded mesh; lamps come on with movement.", "poznan", 75, 180, 2_000, "s.nowak", 0.4, 1, "fence-poznan roof", "fence"),
    ("inner-gate", "Inner barrier at Venlo", "preventive", "Opens when the outer one is closed.", "venlo", -5, 90, 9_000, "t.brouwer", 0.2, 1, "gate-tailgating fence-poznan@venlo", "gate"),
    ("plate-reader", "Plates are read and compared", "detective", "A plate that is not announced rings at the gate.", "venlo", -1, 90, 0, "t.brouwer", 0.7, 1, "gate-tailgating insider-venlo gate-stands", "gate"),
    ("cameras-fxt", "Cameras at Felixstowe", "detective", "Eleven cameras, watched from the alarm centre by night.", "felixstowe", 1500, 90, 8_000, "d.marsh", 0.8, 0.8, "sabotage barrier storm-felixstowe fence-poznan@felixstowe", ""),
    ("alarms", "Intruder alarms with a second line", "detective", "By line and by mobile radio; tested every night.", "guarding", 58, 90, 3_600, "d.marsh", 1, 0.5, "lines fence-poznan fence-poznan@venlo fence-poznan@felixstowe", "second-line"),
    ("tracking", "Trackers in trailers and goods", "detective", "Leaving the corridor or going silent rings at the dispatcher.", "lumen", 700, 60, 52_000, "k.iversen", 1, 0.6, "hijack jamming jamming@kestrel hijack@arden headline headline@arden", ""),
    ("rounds", "Rounds with tags", "detective", "Eight tags a round, read by the guard's device, seen by the duty manager.", "ironbridge", 400, 90, 1_200, "d.marsh", 0.5, 1, "patrols patrols@veilig guards-fail", ""),
    ("odd-log", "The log of odd things", "detective", "Three lines and a photograph; answered within a day, thanked in the weekly talk.", "gate", 300, 180, 0, "s.nowak", 0.7, 1, "silence insider-venlo insider-venlo@poznan insider-venlo@felixstowe insider-venlo@office", ""),
    ("seal-compare", "Seal numbers are compared on arrival", "detective", "Departure and arrival on one screen; a difference stops the unloading.", "seals", 500, 90, 0, "d.marsh", 0.5, 0.9, "seal-check tampering smuggling-antwerp@hamburg smuggling-antwerp@le-havre smuggling-antwerp@gdansk", ""),
    ("probes", "Probes for carbon dioxide", "detective", "Every trailer for the crossing; above the limit it is opened with the police.", "calais", 20, 60, 21_000, "j.vandaele", 0.5, 1, "stowaways-calais stowaways-calais@dover dover-queue@calais", "walls"),
    ("privacy-timer", "Recordings are deleted after 30 days", "preventive", "The recorder does it; the officer looks once a quarter.", "screening", 600, 90, 0, "k.iversen", 0.4, 1, "privacy", ""),
    ("alarm-response", "The alarm centre sends somebody", "responsive", "On site within twelve minutes at Venlo, fifteen elsewhere.", "veilig", 800, 180, 31_000, "t.brouwer", 1, 0.7, "gate-tailgating fence-poznan@venlo weapon hub-stands", ""),
    ("emergency-call", "One number for drivers, by day and night", "responsive", "The dispatcher knows place, load and police number before the driver has said it.", "line-haul", 600, 90, 0, "j.vandaele", 1, 0.7, "stops hijack breakdown fatigue line-stands", ""),
    ("sprinklers", "Sprinklers and a battery shelter", "responsive", "Charged batteries stand in a shelter of their own; the hall has sprinklers.", "venlo", 1200, 180, 14_000, "t.brouwer", 0.6, 0.5, "fire-venlo hub-stands", ""),
    ("hold-declaration", "A second pair of eyes on declarations", "preventive", "Above 100,000 EUR a second clerk reads the declaration before it is sent.", "customs-broker", 350, 180, 0, "a.farouk", 0.5, 1, "wrong-data wrong-data@halcyon licence", ""),
    ("deputy-officer", "The compliance officer has a deputy", "recovering", "Keeps half of the register, and all of it in holidays.", "obligations", 200, 365, 0, "k.iversen", 0.6, 0.6, "knowledge licence", ""),
    ("offline-backup", "A backup apart, restored every quarter", "recovering", "Written once a night, read back on a spare machine.", "hosting", -45, 90, 11_000, "k.iversen", 1, 0.3, "ransom host-fails shared-cloud", "backup"),
    ("insurance", "Cargo and fire cover", "recovering", "Pays above the deductible; reports go out within three days.", "insurer", 112, 365, 64_000, "r.achterberg", 1, 0.3, "fire-venlo collision piracy fire-venlo@poznan fire-venlo@felixstowe collision@brightwater collision@slupsk", "cover"),
    ("spare-carrier", "Another carrier on call", "recovering", "Two carriers hold a frame contract and are asked once a month.", "kestrel", 250, 180, 4_000, "j.vandaele", 1, 0.6, "carrier-fails line-stands carrier-fails@brightwater guards-fail@veilig", ""),
    ("vetting", "Screening before anybody starts", "preventive", "Identity, five years of work, a certificate; no result, no badge.", "screening", 900, 180, 15_000, "k.iversen", 0.5, 1, "insider-venlo insider-venlo@office peak-errors licence", "screening"),
    ("access-review", "Access is given anew with every post", "preventive", "The old badge ends on the day before the new post.", "screening", 500, 180, 0, "k.iversen", 0.8, 1, "insider-venlo insider-venlo@poznan", ""),
    ("leaver", "Badges, keys and accounts on the last shift", "preventive", "The manager signs a list; accounts close the same evening.", "screening", 500, 180, 0, "k.iversen", 0.7, 1, "insider-venlo insider-venlo@felixstowe spying sabotage sabotage@poznan", ""),
    ("lens-round", "Lenses, batteries and masts on one round", "preventive", "Once a month, with a photograph of each picture the cameras give.", "guarding", 150, 60, 2_400, "d.marsh", 0.5, 1, "life@upkeep@cameras life@upkeep@alarms life@design@cameras life@replacement@trackers storm-felixstowe", ""),
)  # fmt: skip

# control, days ago, who, result, what was done, what was found; those not named passed 30 days ago
CHECKS = (
    ("cameras-fxt", 25, "g.santos", "failed", "Somebody crossed the yard at two at night, three times.", "Seen once of three: cameras 4, 7 and 9 show nothing in the dark."),
    ("rounds", 40, "m.okafor", "partly", "Tags of four weeks compared with the log.", "Two rounds of 112 lack the tag behind the tank."),
    ("two-seal", 120, "m.okafor", "passed", "40 trailers of a week.", "40 of 40 with two signatures."),
    ("gate-check", 12, "g.santos", "passed", "A lorry of a friendly company came with wrong papers.", "Refused after four minutes."),
    ("alarm-response", 50, "m.okafor", "passed", "Alarm set off at Venlo at three in the morning.", "Eleven minutes."),
)  # fmt: skip


def tell(story: Story) -> None:
    with story.told_by("m.okafor", "what is done about the risks"):
        for plan in PLANS:
            add_plan(story, *plan)
        for treatment, rule, other, why in RULES:
            TreatmentRule.objects.create(
                treatment=story[f"plan {treatment}"], rule=rule, other=story[f"plan {other}"],
                reason=why,
            )  # fmt: skip
    with story.told_by("m.okafor", "controls, and which risks they bear on"):
        for control in CONTROLS:
            add_control(story, *control)
        protect_downstream(story)
        look_after_people(story)
    with story.told_by("g.santos", "controls are tried"):
        check(story)
        verify(story)
    with story.told_by("r.achterberg", "strategies, and what they were chosen from"):
        for strategy in STRATEGIES:
            add_strategy(story, *strategy)
    with story.told_by("m.okafor", "processes described anew"):
        describe_anew(story)


def risks_named(story: Story, names: str) -> list[Any]:
    """The risks of these names; "theft@venlo" is the one called "theft venlo"."""
    return [story[f"risk {name.replace('@', ' ')}"] for name in names.split()]


def add_plan(
    story: Story, name: str, title: str, option: str, what: str, weighed: str, goal: str,
    once: int, yearly: int, days: int, starts: int, due: int, done: int | None, owner: str,
    likelihood: float, consequence: float, risks: str,
) -> None:  # fmt: skip
    made = story.write(
        TreatmentPlan, title, name=f"plan {name}", owner=owner, option=option, description=what,
        alternatives=weighed, goal=goal, cost_once=once, cost_per_year=yearly, staff_days=days,
        starts_on=story.ahead(starts), due=story.ahead(due),
        done_on=story.ago(done) if done is not None else None,
        outcome="In place as planned." if done is not None else "",
    )  # fmt: skip
    for risk in risks_named(story, risks):
        TreatedRisk.objects.create(
            treatment=made, risk=risk, likelihood_factor=likelihood,
            consequence_factor=consequence, basis="Claims of two years and the insurer's figures.",
        )  # fmt: skip
    for number, step in enumerate(("Order and agree", "Put in place", "Teach and hand over")):
        day = starts + (due - starts) * (number + 1) // 3
        over = done is not None or day < -14
        action = story.write(
            Action, f"{step}: {title}"[:200], owner=owner, source=made, due=story.ahead(day),
            description=f"{step}, as the plan says.", success_measure=goal,
            done_on=story.ahead(min(day, -(done or 1))) if over else None,
            outcome="Done." if over else "",
            effect_verified_by=story.people["m.okafor"] if over and owner != "m.okafor" else None,
            effect_verified_on=story.ago(1) if over and owner != "m.okafor" else None,
        )  # fmt: skip
        story.link(action, story["operations-control"],
                   note="The process stays as it is: its next run takes the plan in.")  # fmt: skip
    if name != "second-carrier":
        story.approve(made, by="r.achterberg" if owner != "r.achterberg" else "h.lindqvist",
                      days_ago=max(done - 1, 0) if done is not None else 35)  # fmt: skip


def add_control(
    story: Story, name: str, title: str, kind: str, how: str, at: str, days: int, every: int,
    cost: int, owner: str, likelihood: float, consequence: float, risks: str, plan: str,
) -> None:  # fmt: skip
    where = story[at]
    made = story.write(
        Control, title, name=f"control {name}", owner=owner, control_kind=kind, description=how,
        **{where.kind: where}, in_operation_since=story.ago(days) if days > 0 else None,
        due=None if days > 0 else (story.ago(1) if days == -1 else story.ahead(-days)),
        check_every_days=every, cost_per_year=cost, reviewed=40,
        treatment=story[f"plan {plan}"] if plan else None,
        out_of_order_since=story.ago(4) if name == "privacy-timer" else None,
        stopgap="Deleted by hand every evening." if name == "privacy-timer" else "",
    )  # fmt: skip
    for risk in risks_named(story, risks):
        ControlledRisk.objects.create(
            control=made, risk=risk, likelihood_factor=likelihood, consequence_factor=consequence,
            basis="Trials and losses of two years." if days > 365 else "Judgement of the team.",
        )  # fmt: skip
    if name == "privacy-timer":
        story.write(
            Action, "Repair the timer of the recorder", owner=owner, source=made,
            description="A new module is ordered.", due=story.ahead(9),
        )  # fmt: skip


def protect_downstream(story: Story) -> None:
    """Whom controls on what comes from upstream protect further down."""
    for name, targets in {
        "two-seal": "solvei arden leverkusen", "seal-compare": "solvei arden mirador",
        "hold-declaration": "arden cutler", "insurance": "solvei neckar",
    }.items():  # fmt: skip
        story.link(story[f"control {name}"], *(story[target] for target in targets.split()))


def look_after_people(story: Story) -> None:
    """Three controls serve every process; the bank does invoicing, and the host was forgotten."""
    answers = {"joining": "vetting", "moving": "access-review", "leaving": "leaver"}
    for name, *_rest in PROCESSES:
        process = Process.objects.get(pk=story[name].pk)
        for moment, control in answers.items():
            if (name, moment) == ("hosting", "leaving"):
                continue
            alone = name in ("invoicing", "policy-cycle")
            PeopleControl.objects.create(
                process=process, moment=moment,
                control=None if alone else story[f"control {control}"],
                none_reason="Done by the board and two clerks who handle no goods." if alone else "",
            )  # fmt: skip


def check(story: Story) -> None:
    told = {name: rest for name, *rest in CHECKS}
    for name, *row in CONTROLS:
        control = story[f"control {name}"]
        if control.in_operation_since is None:
            continue
        days, who, result, how, found = told.get(
            name, [min(30, row[4]), "g.santos", "passed", "Tried on the spot.", "Works as said."]
        )
        made = story.write(
            ControlCheck, "", owner=who, control=control, checked_on=story.ago(days),
            checked_by=story.people[who], method=how, result=result, finding=found,
        )  # fmt: skip
        if name == "rounds":
            story.write(
                Action, "Move the tag behind the tank", owner="d.marsh", source=made,
                description="Where one passes in any weather.", due=story.ahead(6),
            )  # fmt: skip


def verify(story: Story) -> None:
    """What plans that were carried out did; one did less than it was made for."""
    for name, result, found in (
        ("parking", "reached", "No theft in two months; five in the year before."),
        ("fence", "partly", "Two attempts, none succeeded; the brambles grow through the mesh."),
        ("carrier-check", "reached", "Two callers hung up when asked for their number."),
        ("second-line", "reached", "60 nightly tests, all within 20 seconds."),
        ("cover", "reached", "Sums agreed in writing; the largest loss of last year is covered."),
    ):
        plan = story[f"plan {name}"]
        story.write(
            TreatmentReview, "", owner="g.santos", treatment=plan, verified_on=story.ago(8),
            verified_by=story.people["g.santos"], result=result, finding=found,
        )  # fmt: skip
    story.write(
        Action, "Cut back the brambles", owner="s.nowak", source=story["plan fence"],
        description="And again in autumn.", due=story.ahead(12),
    )  # fmt: skip


# name, title, aim, owner, why, components, demands (what, from where, how it is met, or nothing),
# options: title, what, grade, basis, weaknesses, cut, threats, cut, noticed, repaired, meanwhile,
# cost, benefit, money, staff days, staff days there are
STRATEGIES: tuple[tuple[Any, ...], ...] = (
    (
        "medicines", "Medicines on the road", "Loads of medicines from the works to the airport and to hospitals, against hijack and tampering: nobody is hurt, nothing is opened, nothing gets warm.", "p.leclerc",
        "A sixth of the cost of an escort, and nobody can see what is worth stopping.",
        ("plan no-stop", "plan seal-photo", "control tracking", "process seals"),
        (("No load of medicines stands unguarded", "solvei", "Two drivers, no stop."), ("A broken seal stops the unloading", "solvei", "Numbers are compared on arrival."), ("Help within fifteen minutes", "", "")),
        (
            ("Tracked, sealed, without a stop", "Two drivers, locks that report, a tracker in the goods, the route decided on the day.", 4, "No attempt on such loads in the statistics of two years.", "stops seals", 60, "hijack tampering", 40, 1, 8, "The driver goes on to the next guarded place.", 40_000, 90_000, 45_000, 14, 20),
            ("An escort", "A second vehicle follows each load.", 5, "Attacks on escorted loads are rare.", "stops", 70, "hijack", 70, 8, 24, "None: the load goes alone.", 240_000, 120_000, 45_000, 10, 20),
            ("Armoured trailers", "Three trailers with hard walls and a lock on time.", 3, "They keep what is inside, and draw attention.", "stops seals", 40, "hijack tampering", 30, 2, 48, "An ordinary trailer.", 95_000, 70_000, 45_000, 6, 20),
        ),
    ),
    (
        "containers", "Containers through the terminals", "Containers from the terminals to the depots, against drugs and stowaways: nothing is added, nobody is threatened.", "a.farouk",
        "Photographs cost little and show tampering at once; scanning would need a hall of our own.",
        ("control two-seal", "control seal-compare", "control probes", "plan walls"),
        (("Every container is sealed with a seal of the high-security kind", "maasvlakte", "Two people, two signatures."), ("Status as authorised operator is kept", "customs-broker", "Numbers and photographs are kept for five years.")),
        (
            ("Two people, photographs, probes", "Seals are photographed at both ends; trailers for the crossing are probed.", 4, "Finds are ours and not the customs'.", "seals calais", 50, "smuggling stowaways", 40, 4, 24, "A second person compares by hand.", 44_000, 85_000, 50_000, 34, 40),
            ("Scanning every container", "A scanner in a hall in Moerdijk.", 5, "Finds nearly everything.", "seals", 80, "smuggling", 60, 1, 72, "Photographs as today.", 310_000, 130_000, 50_000, 80, 40),
        ),
    ),
    (
        "nights", "Depots by night", "People and goods at three depots between 20:00 and 06:00, against break-in and sabotage.", "d.marsh",
        "Technology that calls a guard is better than a guard who has to find out.",
        ("plan gate", "plan cameras", "plan second-line", "control alarms", "process guarding"),
        (("Whoever enters is noticed within a minute", "venlo", "Plates, cameras and alarms ring at the alarm centre."), ("An alarm is answered within fifteen minutes", "felixstowe", "Measured twice a year.")),
        (
            ("Fences, cameras and a centre", "What moves is seen from the alarm centre, which sends somebody.", 4, "Noticed in one of three trials today, in all once the cameras are there.", "gate fence cameras", 55, "theft-site sabotage", 45, 1, 12, "A guard stays at the broken post.", 78_000, 110_000, 90_000, 90, 95),
            ("Two guards at each depot", "A second guard on rounds, all night.", 4, "", "gate fence", 40, "theft-site", 40, 12, 4, "The first guard.", 270_000, 120_000, 90_000, 20, 95),
        ),
    ),
    (
        "data", "Data and systems", "The transport system and the accounts with which loads are given, against ransom and spying.", "k.iversen",
        "Restoring within two days costs a tenth of never failing.",
        ("plan accounts", "plan backup", "process hosting", "procedure record-control"),
        (("Back at work within two days", "cobalt", "Restored every quarter on a spare machine."),),
        (
            ("Keys and a backup apart", "Own accounts with a key; a backup nobody on our network can reach.", 4, "Attackers turn to those without.", "exchange backup", 60, "cyber-ransom cyber-spying", 50, 6, 48, "Planning on paper for two days, tried in spring.", 35_000, 140_000, 40_000, 43, 50),
            ("A second data centre", "Everything runs twice.", 5, "Nothing stands still.", "one-host backup", 70, "cyber-ransom", 20, 1, 1, "The other one.", 290_000, 150_000, 40_000, 60, 50),
        ),
    ),
)  # fmt: skip


def add_strategy(
    story: Story, name: str, title: str, aim: str, owner: str, why: str, parts: tuple[str, ...],
    demands: tuple[tuple[str, str, str], ...], options: tuple[tuple[Any, ...], ...],
) -> None:  # fmt: skip
    made = story.write(
        Strategy, title, name=f"strategy {name}", owner=owner, aim=aim, choice_reason=why,
        assessment=story["assessment"],
    )  # fmt: skip
    for number, option in enumerate(options):
        add_option(story, made, owner, number == 0, *option)
    for number, part in enumerate(parts):
        add_component(story, made, part, with_needs=number == 0)
    for demand, source, met_by in demands:
        ProtectionRequirement.objects.create(
            strategy=made, demand=demand, source=story[source] if source else None,
            is_met=bool(met_by), met_by=met_by,
        )  # fmt: skip
    story.approve(made, by="h.lindqvist", days_ago=30)


def add_option(
    story: Story, strategy: Strategy, owner: str, chosen: bool, title: str, what: str, grade: int,
    basis: str, weak: str, weak_cut: int, threats: str, threat_cut: int, noticed: int,
    repaired: int, meanwhile: str, cost: int, benefit: int, money: int, days: int, there: int,
) -> None:  # fmt: skip
    made = story.write(
        StrategyOption, title, owner=owner, strategy=strategy, description=what, is_chosen=chosen,
        grade=grade, grade_basis=basis, vulnerability_cut=weak_cut, threat_cut=threat_cut,
        detection_hours=noticed, repair_hours=repaired, fallback=meanwhile, cost=cost,
        benefit=benefit, budget=money, staff_days=days, staff_days_available=there,
        gap_plan="" if cost <= money and days <= there else "Not in this year's budget.",
    )  # fmt: skip
    made.vulnerabilities.set([story[f"weakness {one}"] for one in weak.split()])
    made.threats.set([story[f"threat {one}"] for one in threats.split()])


def add_component(story: Story, strategy: Strategy, part: str, *, with_needs: bool) -> None:
    """The first has its means worked out sort by sort; of the others it is said why not."""
    sort, name = part.split()
    plain = sort in ("process", "procedure")
    record = story[name if plain else part]
    field = {"plan": "treatment"}.get(sort, sort)
    reason = "" if with_needs else "Part of the budget and the shifts as they are."
    StrategyComponent.objects.create(strategy=strategy, no_means_reason=reason, **{field: record})
    for kind, amount, unit in (
        ("people", 2, "people"), ("equipment", 6, "pieces"), ("money", 40_000, "EUR"),
        ("time", 14, "days"),
    ):  # fmt: skip
        if with_needs:
            need = story.write(
                ResourceNeed, f"{strategy.title}: {kind}", owner="r.achterberg", sort=kind,
                stage="operate", amount=amount, measured_in=unit,
                description=f"For {record.title}, as estimated with its owner.",
                period_from=story.ago(30), period_until=story.ahead(335), decision="agreed",
                decided_by=story.people["r.achterberg"], decided_on=story.ago(28),
            )  # fmt: skip
            story.link(need, record)


def describe_anew(story: Story) -> None:
    """Last year's change to the processes, from the look at its risks to the last signature."""
    change = story.write(
        Change, "Processes are described by those who run them", owner="m.okafor",
        purpose="What was written was not what was done.",
        consequences="Fewer words, and gaps that come to light.",
        integrity="Each process is taken over with its criteria; none is left out.",
        resources="Two days of each owner.", effect_on_roles="Nobody gains or loses powers.",
        risk_check="While both texts lie about, somebody follows the old one.",
        risk_checked_by=story.people["j.vandaele"], risk_checked_on=story.ago(330),
        effective_on=story.ago(300),
    )  # fmt: skip
    story.approve(change, by="r.achterberg", days_ago=320)
    change.begun_on, change.done_on = story.ago(310), story.ago(100)
    change.outcome = "All described; two owners asked for a second round."
    change.save()
    story.approve(change, by="r.achterberg", days_ago=95)
    forgotten = ("hosting", "invoicing")
    for name, *_rest in PROCESSES:
        if name not in forgotten:
            story.link(change, story[name], relation=Relation.CONCERNS)
    for name in ("gate-procedure", "seal-procedure", "scanning", "talking", "record-control"):
        story.link(change, story[name], relation=Relation.CONCERNS)
