"""The same early help form twice: filled in in a hurry, and as it could be sent."""

from __future__ import annotations

from tests.samples_builder.word import boxes, control, form, saved
from tests.samples_builder.word import draft as document


def draft() -> bytes:
    """A mixed one: shorthand, vague words, an opinion, an age that does not fit, boxes left empty."""
    made = document("Request for early help", "K Osgood")
    made.add_heading("Request for early help", 1)
    made.add_paragraph("Return this form to the Early Help Team, Wendle Council.")
    made.add_heading("Who is asking", 2)
    form(
        made,
        [
            ("Your name", "Kerry Osgood"),
            ("Your role", "SENCO, Hollin Bank Primary School"),
            ("Telephone", "01632 960145"),
            ("Date of this form", "24 November 2026"),
        ],
    )
    made.add_heading("The child", 2)
    form(
        made,
        [
            ("Name", "Theo Marlow"),
            ("Date of birth", "14 March 2018"),
            ("Age", "9"),
            ("Address", "6 Tannery Row, Wendle"),
            ("Who lives at home?", "Mum (Dawn Marlow) and sister Lily"),
            ("First language", control("Choose an item.", placeholder=True)),
            ("Other services involved", boxes(("School nurse", True), ("CAMHS", True), ("Housing", False))),
        ],
    )
    made.add_heading("Telling the family", 2)
    form(
        made,
        [
            ("Does the parent or carer know about this request?", boxes(("Yes", True), ("No", False))),
            ("Do they agree to it?", boxes(("Yes", False), ("No", False))),
        ],
    )
    made.add_heading("Your request", 2)
    form(
        made,
        [
            (
                "What are you worried about?",
                "Theo is frequently late and often arrives without having had breakfast. On Thursday 19 November he "
                "told me: “There wasn't any milk.” There are issues at home and a TAF last year made no difference. "
                "Mum is in denial about the attendance and clearly does not value school.\n"
                "It was reported that Dad has been seen in the street again.",
            ),
            (
                "What else should we know?",
                "Mum had a breakdown before Theo was born. Grandad is a Jehovah's Witness. Theo was referred to EWO "
                "in the spring term.",
            ),
            ("What is going well?", "Theo loves football and he is kind to younger children. Teo reads well."),
            ("What would you like to happen?", "Parenting support, and someone to monitor the situation."),
            ("What does the child say they want?", ""),
        ],
    )
    made.add_paragraph("Signed: Kerry Osgood")
    return saved(made)


def ready() -> bytes:
    """A good one: every question answered, facts with their dates and sources, the family's agreement in full."""
    made = document("Request for early help", "P Castell")
    made.add_heading("Request for early help", 1)
    made.add_paragraph("Return this form to the Early Help Team, Wendle Council.")
    made.add_heading("Who is asking", 2)
    form(
        made,
        [
            ("Your name", "Priya Castell"),
            ("Your role", "Inclusion lead, Hollin Bank Primary School"),
            ("Telephone", "01632 960145"),
            ("Date of this form", "24 November 2026"),
        ],
    )
    made.add_heading("The child", 2)
    form(
        made,
        [
            ("Name", "Theo Marlow"),
            ("Date of birth", "14 March 2018"),
            ("Age", "8"),
            ("Address", "6 Tannery Row, Wendle"),
            (
                "Who lives at home?",
                "Dawn Marlow (his mother) and Lily (his sister, aged 5). His father, Craig Soames, lives in Skelby, "
                "has parental responsibility and sees both children every other Saturday.",
            ),
            ("First language", control("English")),
            ("Other services involved", boxes(("School nurse", True), ("Mental health", False), ("Housing", False))),
        ],
    )
    made.add_heading("Telling the family", 2)
    form(
        made,
        [
            ("Does the parent or carer know about this request?", boxes(("Yes", True), ("No", False))),
            ("Do they agree to it?", boxes(("Yes", True), ("No", False))),
            (
                "What have they been told?",
                "Ms Marlow read this form with me on 19 November 2026 and agreed to it. She knows that it goes to "
                "your team, that you will use it to choose a family support worker and keep it on the early help "
                "record, that you may tell the school nurse what is agreed, and that I am asking because school alone "
                "has not been able to help enough with the mornings. I told Mr Soames by telephone on 20 November.",
            ),
        ],
    )
    made.add_heading("Your request", 2)
    form(made, _REQUEST)
    made.add_paragraph("Signed: Priya Castell")
    return saved(made)


_REQUEST: list[tuple[str, object]] = [
    (
        "What are you worried about?",
        "Our register shows that Theo came after the bell on 14 of 48 school days between 7 September and "
        "18 November 2026. He told his teacher, Mr Adeyemi, on 9 and 17 November that he had not had breakfast. "
        "Ms Marlow told me on 19 November that she starts work at 6am three days a week and that Theo gets himself "
        "and Lily ready on those days.\n"
        "I am worried that Theo will fall further behind in reading, which we teach first thing. I know of no risk of "
        "serious harm to him or to Lily, and nobody is in danger today.",
    ),
    (
        "Why have you decided to ask?",
        "I decided to ask because breakfast club (from 21 September) and a talk with Ms Marlow on 12 October have not "
        "changed the mornings. I am asking now because Ms Marlow's early shifts go on until March; it can wait until "
        "you have a worker free this term.",
    ),
    ("What is going well?", "Theo comes in smiling, reads to Lily and plays football for the school every Thursday."),
    (
        "What would you like to happen?",
        "Please could a family support worker visit for six weeks, to plan the mornings with Ms Marlow? If mornings "
        "are calmer, Theo will be here for reading and will not have to look after Lily alone.",
    ),
    (
        "What does the child say they want?",
        "Theo told me on 17 November: “I want to get there when my friends do.” Ms Marlow would like somebody to come "
        "after 4pm, when she is home.",
    ),
    (
        "What will this mean for your work with the family?",
        "Ms Marlow asked for this herself. I will ring her when I hear from you, and I do not expect it to change how "
        "we work together.",
    ),
]
