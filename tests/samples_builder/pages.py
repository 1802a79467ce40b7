"""Drafts that are not Word: two PDFs and a rich text file."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer


def pdf(title: str, parts: list[str | None]) -> bytes:
    """A PDF of paragraphs; "# " begins a heading and None a new page."""
    styles = getSampleStyleSheet()
    styles["BodyText"].fontSize, styles["BodyText"].leading = 11, 15
    story: list[object] = []
    for part in parts:
        if part is None:
            story.append(PageBreak())
            continue
        heading = part.startswith("# ")
        story.append(
            Paragraph(part.removeprefix("# ").replace("\n", "<br/>"), styles["Heading2" if heading else "BodyText"])
        )
        story.append(Spacer(1, 6))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title=title, author="", invariant=1).build(story)
    return out.getvalue()


def speech_therapy() -> bytes:
    """A mixed one: a clear request, with the father's troubles, which a speech therapist does not need."""
    return pdf(
        "Referral",
        [
            "Little Otters Nursery<br/>9 Weir Street, Wendle<br/>01632 960171",
            "23 November 2026",
            "Children's Speech and Language Therapy<br/>Riverside Clinic, Wendle",
            "Dear therapist,",
            "# Kofi Mensah, born 11 May 2023",
            "I am writing to ask for a speech and language assessment for Kofi, who is 3 and comes to us four days a "
            "week. He uses about twenty single words, which I wrote down between 2 and 13 November, and he does not yet "
            "put two together. He points, smiles and follows a short request such as “get your coat”. WellComm came out "
            "amber.",
            "His mother, Abena Mensah, told me on 16 November that she has had the same worry since the summer, and she "
            "agrees to this letter. She would like an appointment on a Monday.",
            "Dad is on bail for driving while banned and is not around much. Mum was in care as a child. He is "
            "regularly tired.",
            "If you can see him before he moves to school, we can plan how to talk with him every day.",
            "Yours sincerely,",
            "Gwen Tolliver<br/>Room leader",
        ],
    )


def adult_concern() -> bytes:
    """A good one, of two pages: an adult at risk, what he wants, who saw what, and why it is sent now."""
    return pdf(
        "Concern about an adult",
        [
            "# Concern about an adult at risk",
            "To: Adult Social Care Duty Team, Wendle Council<br/>From: Tom Hale, housing officer, Sandpiper Homes, "
            "01632 960152<br/>Date: 24 November 2026",
            "# Who it is about",
            "Mr Leonard Pask, born 8 January 1948, 31 Ferry Court, Wendle. He lives alone. His niece, Carol Pask, "
            "shops for him on Saturdays.",
            "# What we are asking for",
            "I am asking you to look into whether Mr Pask is being cheated of money, and what help with meals he would "
            "accept.",
            "# What was seen and said",
            "On 17 November 2026 I visited Mr Pask about his rent. He showed me a bank letter dated 2 November: £1,450 "
            "had been drawn out in six withdrawals in October. He told me that a man who does his garden, whom he "
            "called Ray, has his card “to save me the walk”. I have not met Ray and do not know his surname.",
            "On 20 November Ms Pask told me by telephone that his cupboards were empty on 14 November. I have not "
            "checked this myself.",
            None,
            "# What Mr Pask wants",
            "I told Mr Pask on 20 November what I would write and to whom. He agrees. He knows that you will keep it on "
            "his record, that you may speak to his bank and to the police, and that I am asking because he could lose "
            "more. He would like to keep his gardener if it can be made safe, and he would like hot dinners. I have no "
            "reason to doubt that he can decide this for himself.",
            "# How worried we are",
            "I am worried that Mr Pask will lose more of his savings and will not eat enough. He is safe for now: Ms "
            "Pask has taken him to her house until Sunday 29 November. I decided to write because the amounts have "
            "grown each week, and I am writing now so that somebody can see him before he goes home.",
            "If you can visit him, he could get his card back and have meals brought to him. He trusts me, so I can "
            "come with you to the first visit.",
            "Tom Hale",
        ],
    )


def food_bank() -> bytes:
    """A mixed one, as rich text: a parcel needs a household and a date, not the family's history."""
    lines = [
        "Request for a food parcel",
        "To: Wendle Pantry, Chapel Street",
        "From: Nadia Frome, family support worker, Hollin Bank Children's Centre, 01632 960139",
        "Date: 24 November 2026",
        "",
        "Please could you give a parcel to a household of three: Simone Archer and her children, aged 7 and 2. "
        "Their benefit payment has been stopped until 4 December.",
        "",
        "The children are on a child protection plan for neglect and Simone has been sober since June.",
        "",
        "Simone asked me to write this today and has seen it. She can collect on Thursday 26 November after 10am.",
        "",
        "Nadia Frome",
    ]
    body = "\\par\n".join(line.replace("’", "\\'92") for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs22\n" + body + "\\par\n}\n").encode(
        "cp1252"
    )
