"""Emails: with attachments, with a chain below, urgent, with a page of HTML."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from tests.samples_builder.pages import pdf
from tests.samples_builder.word import draft, saved

_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def message(subject: str, sender: str, to: str, body: str, cc: str = "", at: tuple[int, int] = (9, 40)) -> EmailMessage:
    """An email of 24 November 2026, the same bytes whenever it is built."""
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, sender, to
    if cc:
        made["Cc"] = cc
    made["Date"] = format_datetime(datetime(2026, 11, 24, *at, tzinfo=UTC))
    made.set_content(body)
    return made


def built(made: EmailMessage) -> bytes:
    """The bytes of an email, with boundaries that do not change from one run to the next."""
    for number, part in enumerate(p for p in made.walk() if p.is_multipart()):
        part.set_boundary(f"==part-{number}==")
    return made.as_bytes()


def young_carers() -> bytes:
    """A mixed one: the email is careful; one attachment holds another child's name, one tells it in its file name."""
    made = message(
        "Request for support, our reference HB-318",
        "Priya Castell <priya.castell@hollinbank.example.org>",
        "Young Carers Project <hello@youngcarers-wendle.example.org>",
        "Dear Ms Linney,\n\n"
        "I am asking you to offer a place in your Thursday group to the girl in the attached report. She is 11 and looks\n"
        "after her mother, who has multiple sclerosis, before and after school.\n\n"
        "She and her mother read the report with me on 18 November and agree to it. They know that you will keep it on\n"
        "your own record, that you may speak to the school nurse, and that I am asking because she has asked for time\n"
        "with other children. She told me: “I want somewhere where nobody needs me.”\n\n"
        "She is safe at home. I am writing now because your new group begins on 3 December. A place would give her two\n"
        "hours a week for herself.\n\n"
        "I attach two files: the report, and her attendance since 2 September.\n\n"
        "Kind regards,\nPriya Castell\nInclusion lead, Hollin Bank Primary School\n01632 960145\n",
    )
    made.add_attachment(_report(), *_WORD, filename="report-hb-318.docx")
    made.add_attachment(_attendance(), "application", "pdf", filename="Bethany_Harlow_attendance.pdf")
    return built(made)


def _report() -> bytes:
    made = draft("Report", "P Castell")
    made.add_heading("Report for the Young Carers Project", 1)
    made.add_paragraph("Bethany Harlow, born 19 September 2015. Written on 18 November 2026 by Priya Castell.")
    made.add_paragraph(
        "Bethany told me on 11 November that she helps her mother to wash and dress at 6.30am and cooks on four evenings "
        "a week. Her mother, Joanne Harlow, told me the same on 18 November."
    )
    made.add_paragraph("Bethany is often tired. I think that Olivia needs time away from home.")
    return saved(made)


def _attendance() -> bytes:
    return pdf(
        "Attendance",
        [
            "# Attendance of Bethany Harlow",
            "From 2 September to 20 November 2026 Bethany was present on 47 of 52 days (our register). She was late on 9 "
            "of them.",
            "Hollin Bank Primary School, 20 November 2026",
        ],
    )


def reply_chain() -> bytes:
    """A poor one: two lines of one's own, and the whole thread with three other people's affairs below them."""
    return built(
        message(
            "RE: HB-204",
            "Colin Dray <colin.dray@wendlehomes.example.org>",
            "Family Support <support@marramhouse.example.org>",
            "Hi both,\n\nFYI, whole thread below. Can someone pick this up?\n\nColin\n\n"
            "-----Original Message-----\n"
            "From: Shona Petrie <shona.petrie@wendlehomes.example.org>\n"
            "Sent: 20 November 2026 16:12\n"
            "To: Colin Dray\n"
            "Subject: RE: HB-204\n\n"
            "I looked her up. Mrs Aldous at number 12 says that the husband is back on the drink, and her son Nathan was\n"
            "arrested in August. She does not want them to know that she told us.\n\n"
            "Shona\n\n"
            "-----Original Message-----\n"
            "From: Colin Dray <colin.dray@wendlehomes.example.org>\n"
            "Sent: 19 November 2026 10:05\n"
            "To: Shona Petrie\n"
            "Subject: HB-204\n\n"
            "Do we know anything about the family at 14? Rent is six weeks behind.\n\n"
            "Colin\n",
            at=(16, 50),
        )
    )


def urgent() -> bytes:
    """A child protection email that must go now: nothing may hold it up, whatever could be better about it."""
    return built(
        message(
            "URGENT: please ring me before 3pm, our reference MR-77",
            "Mark Ellery <mark.ellery@millrise.example.org>",
            "Duty Social Worker <duty@wendle-council.example.org>",
            "Dear duty social worker,\n\n"
            "This is a child protection referral. I rang your number at 1.55pm today, Tuesday 24 November 2026, and left a\n"
            "message; this is the same in writing.\n\n"
            "Jake Tranter (born 4 February 2016, 17 Carder Street, Wendle) told me at 1.40pm today: “Gary hits me when Mum\n"
            "is at work.” Gary Knowles is his mother's partner and lives with them. Jake is afraid to go home, and Mr\n"
            "Knowles collects him at 3.15pm today. Jake has a mark on his left forearm about 4cm long, which the school\n"
            "nurse saw at 1.50pm. He has been quiet recently.\n\n"
            "I have not told his mother, because Mr Knowles may be with her and Jake could be hurt. I believe that Jake is\n"
            "at risk of significant harm if he goes home with Mr Knowles. I am sharing this now because of the collection\n"
            "time. Jake said that he wants to go to his grandmother, Pat Tranter, 5 Weir Street.\n\n"
            "Please tell me by 3pm who may collect him. I will stay with him until you ring.\n\n"
            "Mark Ellery\nDSL, Mill Rise Primary School\n01632 960127\n",
            at=(14, 5),
        )
    )


def refuge() -> bytes:
    """A poor one, written as a web page: a new address that must not be known, and a telephone that may not be safe."""
    sender = "Keira Nash <keira.nash@safehaven.example.org>"
    plain = (
        "Hi,\n\nShirin Vakili and her two children moved out on Friday because of her husband. Their new address is Flat 3, 21\n"
        "Sable Street, Skelby. He must not find out where they are.\n\n"
        "Can you sort school places for both? Ring Shirin any time on 07700 900321.\n\nThanks,\nKeira\n"
    )
    made = message(
        "School places", sender, "admissions@wendle-council.example.org", plain, cc="vakilifamily@example.com"
    )
    paragraphs = "".join(f"<p>{part.replace(chr(10), ' ')}</p>" for part in plain.strip().split("\n\n"))
    made.add_alternative(f"<html><body>{paragraphs}</body></html>", subtype="html")
    return built(made)


def appointment() -> bytes:
    """A good one: an appointment needs a time and a place, and almost nothing else is asked of it."""
    return built(
        message(
            "Meeting on Thursday 3 December, our reference HB-318",
            "Priya Castell <priya.castell@hollinbank.example.org>",
            "Ms Linney <r.linney@youngcarers-wendle.example.org>",
            "Dear Ms Linney,\n\n"
            "Thank you for offering to meet. Could you come to the school at 2pm on Thursday 3 December 2026? Please ask for\n"
            "me at the front desk; the room is on the ground floor.\n\n"
            "If that does not suit you, please ring me on 01632 960145 by Friday 27 November.\n\n"
            "Kind regards,\nPriya Castell\n",
        )
    )
