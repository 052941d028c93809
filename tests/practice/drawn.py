"""For each question of the starter: a drawn chronology that makes it asked, one that does not, one of which it cannot be said.

Each line: date | kind | details | what happened. `no DETAIL` and `no KIND` say what its source cannot record; `ends` when it
ends. All of them are fictional.
"""

CHRONOLOGIES: dict[str, tuple[str, str, tuple[str, str]]] = {
    "worded-as-not-attending": (
        "2014-03-03 | not-brought | | Did not attend the hearing clinic.",
        "2014-03-03 | not-brought | | Was not brought to the hearing clinic by either parent.",
        ("2014-03-03 | not-brought | |", "text"),
    ),
    "closed-after-missed": (
        """
        2014-03-03 | not-brought | | Paediatric clinic.
        2014-04-20 | closure | | Discharged after the missed appointment.
        """,
        """
        2014-03-03 | not-brought | | Paediatric clinic.
        2014-03-20 | risk-review | | Looked at with the named nurse.
        2014-04-20 | closure | | Discharged.
        """,
        (
            """
            2014-03 | not-brought | | Paediatric clinic.
            2014-03-20 | risk-review | | Looked at with the named nurse.
            2014-04-20 | closure | | Discharged.
            """,
            "date",
        ),
    ),
    "closed-in-doubt": (
        """
        2014-05-01 | evidence-inconclusive | | The bruise could not be dated.
        2014-05-09 | closure | | No further role.
        """,
        """
        2014-05-01 | evidence-inconclusive | | The bruise could not be dated.
        2014-05-06 | assessment | | Home, nursery and grandmother seen.
        2014-05-09 | closure | | No further role.
        """,
        (
            """
            no strategy-discussion
            2014-05-01 | evidence-inconclusive | | The bruise could not be dated.
            2014-05-09 | closure | | No further role.
            """,
            "kind:strategy-discussion",
        ),
    ),
    "for-information-only": (
        "2014-02-10 | information-received | | Police sent a report of a disturbance.",
        "2014-02-10 | information-received | action: Visit arranged for the next day | Police sent a report of a disturbance.",
        (
            """
            no action
            2014-02-10 | information-received | | Police sent a report of a disturbance.
            """,
            "detail:action",
        ),
    ),
    "not-shared-unreasoned": (
        "2014-02-10 | decision-not-to-share | | The school was not told.",
        "2014-02-10 | decision-not-to-share | reason: The mother's safety at home | The school was not told.",
        (
            """
            no reason
            2014-02-10 | decision-not-to-share | | The school was not told.
            """,
            "detail:reason",
        ),
    ),
    "referral-not-answered": (
        "2014-06-02 | referral | | From the nursery.",
        """
        2014-06-02 | referral | | From the nursery.
        2014-06-06 | feedback | | The nursery was told of the assessment.
        """,
        (
            """
            2014-06-02 | referral | | From the nursery.
            ends 2014-06-09
            """,
            "not-over",
        ),
    ),
    "passed-between-services": (
        """
        2014-01-08 | referral-declined | | Below the threshold.
        2014-01-20 | passed-on | | To early help.
        """,
        """
        2014-01-08 | referral-declined | | Below the threshold.
        2014-01-20 | passed-on | | To early help.
        2014-01-30 | accepted | | Early help took the case on.
        """,
        (
            """
            2014-01-08 | referral-declined | | Below the threshold.
            2014-01-20 | passed-on | | To early help.
            2014 | accepted | | Early help took the case on.
            """,
            "date",
        ),
    ),
    "down-unreasoned": (
        "2014-09-01 | step-down | | To a child in need plan.",
        "2014-09-01 | step-down | reason: Seen at home and at school over four months | To a child in need plan.",
        (
            """
            no reason
            2014-09-01 | step-down | | To a child in need plan.
            """,
            "detail:reason",
        ),
    ),
    "change-not-reassessed": (
        "2014-03-01 | new-partner | | A new partner moved in.",
        """
        2014-03-01 | new-partner | | A new partner moved in.
        2014-04-10 | assessment | | With the new partner.
        """,
        (
            """
            2014-03-01 | new-partner | | A new partner moved in.
            incident 2014-03-30
            """,
            "not-over",
        ),
    ),
    "one-source": (
        "2014-04-10 | assessment | accounts: parents | Initial assessment.",
        "2014-04-10 | assessment | accounts: parents, agency, observed | Initial assessment.",
        ("2014-04-10 | assessment | | Initial assessment.", "detail:accounts"),
    ),
    "assessment-not-revisited": (
        """
        2014-01-10 | assessment | | Core assessment.
        2014-03-02 | concern | | A neighbour heard crying at night.
        """,
        """
        2014-01-10 | assessment | | Core assessment.
        2014-03-02 | concern | | A neighbour heard crying at night.
        2014-03-09 | risk-review | | In supervision.
        """,
        (
            """
            2014-01-10 | assessment | | Core assessment.
            2014-03-02 | concern | | A neighbour heard crying at night.
            ends 2014-04-01
            """,
            "not-over",
        ),
    ),
    "child-not-seen": (
        """
        2014-03-02 | concern | | A neighbour heard crying at night.
        2014-03-05 | home-visit | seen: not-seen | Nobody came to the door.
        """,
        """
        2014-03-02 | concern | | A neighbour heard crying at night.
        2014-03-05 | home-visit | seen: alone | In the garden.
        """,
        (
            """
            2014-03-02 | concern | | A neighbour heard crying at night.
            2014-03-05 | home-visit | | Visit.
            """,
            "detail:seen",
        ),
    ),
    "child-not-seen-alone": (
        """
        born 2006-05-01
        2014-03-05 | home-visit | seen: seen | With the parents.
        2014-03-20 | assessment | seen: seen | Completed.
        """,
        """
        born 2006-05-01
        2014-03-05 | home-visit | seen: alone | At school.
        2014-03-20 | assessment | seen: seen | Completed.
        """,
        (
            """
            born 2010
            2014-03-20 | assessment | seen: seen | Completed.
            """,
            "age",
        ),
    ),
    "through-the-parents": (
        "2014-03-05 | home-visit | seen: through-parents | The father said that she was fine.",
        "2014-03-05 | home-visit | seen: alone | She showed her room.",
        ("2014-03-05 | home-visit | | Visit.", "detail:seen"),
    ),
    "put-down-to-impairment": (
        """
        disability yes
        2014-03-05 | injury | | A bruise, put down to his disability.
        """,
        """
        disability no
        2014-03-05 | injury | | A bruise, put down to a skin condition.
        """,
        (
            """
            2014-03-05 | injury | | A bruise, put down to his disability.
            """,
            "answer:disability",
        ),
    ),
    "contact-after-abuse": (
        """
        2013-11-02 | domestic-abuse | | Assault reported.
        2014-01-15 | separation | | The father left.
        2014-03-01 | contact-arrangement | | Every weekend.
        """,
        """
        2013-11-02 | domestic-abuse | | Assault reported.
        2014-01-15 | separation | | The father left.
        2014-02-20 | assessment | | Of contact, with the mother seen alone.
        2014-03-01 | contact-arrangement | | Every weekend.
        """,
        (
            """
            2013-11-02 | domestic-abuse | | Assault reported.
            2014 | separation | | The father left.
            2014-03-01 | contact-arrangement | | Every weekend.
            """,
            "date",
        ),
    ),
    "incident-by-incident": (
        """
        2014-01-02 | domestic-abuse | | Words of advice.
        2014-03-02 | domestic-abuse | | Words of advice.
        2014-06-02 | domestic-abuse | | Words of advice.
        """,
        """
        2014-01-02 | domestic-abuse | | Words of advice.
        2014-03-02 | domestic-abuse | | Words of advice.
        2014-06-02 | domestic-abuse | | Words of advice.
        2014-06-20 | joint-review | | All three looked at together.
        """,
        (
            """
            2014-01-02 | domestic-abuse | | Words of advice.
            2013 | domestic-abuse | | Told by the mother.
            2014-06-02 | domestic-abuse | | Words of advice.
            """,
            "date",
        ),
    ),
    "young-person-without-joint-review": (
        """
        born 1999-02-11
        2014-05-05 | exclusion | | Permanently excluded.
        """,
        """
        born 1999-02-11
        2014-05-05 | exclusion | | Permanently excluded.
        2014-05-20 | meeting | | School, social care and CAMHS.
        """,
        (
            """
            born unknown
            2014-05-05 | exclusion | | Permanently excluded.
            """,
            "age",
        ),
    ),
    "exploitation-as-choice": (
        "2014-07-01 | exploitation-sign | | Older boyfriend; she makes her own lifestyle choices.",
        "2014-07-01 | exploitation-sign | | Older man collected her from school; police told.",
        ("2014-07-01 | exploitation-sign | |", "text"),
    ),
    "plan-without-outcomes": (
        "2014-07-01 | plan | | Parents to engage with services.",
        "2014-07-01 | plan | outcomes: At nursery four days of five by October | Child in need plan.",
        (
            """
            no outcomes
            2014-07-01 | plan | | Parents to engage with services.
            """,
            "detail:outcomes",
        ),
    ),
    "plan-not-reviewed": (
        "2014-07-01 | plan | | Child in need plan.",
        """
        2014-07-01 | plan | | Child in need plan.
        2014-08-20 | plan-review | | With the parents.
        """,
        (
            """
            no plan-review
            2014-07-01 | plan | | Child in need plan.
            """,
            "kind:plan-review",
        ),
    ),
    "nobody-stays": (
        """
        2014-01-10 | change-of-worker | | A second social worker.
        2014-04-10 | change-of-worker | | A third social worker.
        2014-09-10 | change-of-worker | | A fourth social worker.
        """,
        """
        2014-01-10 | change-of-worker | | A second social worker.
        2014-04-10 | change-of-worker | | A third social worker.
        2014-09-10 | change-of-worker | | A fourth social worker.
        2014-09-12 | key-person | | The health visitor stays with the family.
        """,
        (
            """
            no key-person
            2014-01-10 | change-of-worker | | A second social worker.
            2014-04-10 | change-of-worker | | A third social worker.
            2014-09-10 | change-of-worker | | A fourth social worker.
            """,
            "kind:key-person",
        ),
    ),
    "no-minutes": (
        "2014-05-20 | meeting | | Core group.",
        """
        2014-05-20 | meeting | | Core group.
        2014-06-02 | minutes | | Sent to all.
        """,
        (
            """
            no minutes
            2014-05-20 | meeting | | Core group.
            """,
            "kind:minutes",
        ),
    ),
    "follow-up-unchecked": (
        "2014-05-20 | follow-up-left | | Mother to ring the clinic.",
        """
        2014-05-20 | follow-up-left | | Mother to ring the clinic.
        2014-05-30 | follow-up-checked | | The clinic had no call; a new date was made.
        """,
        (
            """
            2014-05-20 | follow-up-left | | Mother to ring the clinic.
            ends 2014-05-25
            """,
            "not-over",
        ),
    ),
    "cooperation-as-change": (
        "2014-05-20 | step-down | reason: Progress | Parents engaging well.",
        """
        2014-05-01 | change-for-child | | At nursery every day, and talking more.
        2014-05-20 | step-down | reason: Progress | Parents engaging well.
        """,
        ("2014-05-20 | step-down | reason: Progress |", "text"),
    ),
    "online-not-explored": (
        "2014-05-20 | online-harm | | Messages from a stranger, told by a friend.",
        """
        2014-05-20 | online-harm | | Messages from a stranger, told by a friend.
        2014-05-28 | online-explored | | At home, with her.
        """,
        (
            """
            no online-explored
            2014-05-20 | online-harm | | Messages from a stranger, told by a friend.
            """,
            "kind:online-explored",
        ),
    ),
}
