"""Two letters in Word: a poor one with things in it that nobody sees, and a mixed one."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.samples_builder.word import commented, deleted, draft, saved


def housing() -> bytes:
    """A poor one: nobody asked the family, much of it is not needed for a home, and old wording travels along."""
    made = draft("Letter to housing", "D Pruett", "Marram House Family Centre")
    made.sections[0].header.paragraphs[0].text = "Marram House Family Centre, 2 Quay Lane, Wendle"
    made.add_paragraph("24 November 2026").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph("Homelessness Team\nWendle Council\nMarket Square\nWendle")
    made.add_paragraph("Dear Sir or Madam,")
    made.add_paragraph("Ms Jolanta Brzoska, 14 Cannon Court, Wendle").runs[0].bold = True
    made.add_paragraph(
        "I am writing about the above, who has been living in unsuitable conditions for some time. The family has "
        "to leave the flat at the end of December. There are three children, Marek and Zofia, and damp in both "
        "bedrooms. Jolanta receives UC and is in arrears."
    )
    history = made.add_paragraph(
        "To give you the full picture, Jolanta was treated for depression in 2019 and lost a baby the year before. Her "
        "former partner was cautioned for theft. Her National Insurance number is QQ 12 34 56 C. Marek is being "
        "assessed for autism by the paediatrician."
    )
    commented(
        made, history, "Dee, is this the family that lived next to the Nowickis? Same story there.", "Dana Pruett"
    )
    manner = made.add_paragraph("She can be demanding and plays one service off against another.")
    deleted(manner, " Frankly she is her own worst enemy.", "Dana Pruett")
    made.add_paragraph("Please treat this as urgent. A number of professionals are concerned.")
    made.add_paragraph("Yours faithfully,")
    made.add_paragraph("Dana Pruett\nFamily worker\n01632 960188")
    return saved(made)


def mental_health() -> bytes:
    """A mixed one: careful about what was said and when, careless about labels, shorthand and another pupil."""
    made = draft("Referral", "R Okello", "Fallowfield High School")
    made.add_paragraph("Fallowfield High School\nStation Road, Skelby\n01632 960127")
    made.add_paragraph("24 November 2026")
    made.add_paragraph("Child and Adolescent Mental Health Service\nThe Elms, Skelby")
    made.add_paragraph("Dear colleague,")
    made.add_paragraph("Referral of Ava Renwick, born 2 June 2011").runs[0].bold = True
    made.add_paragraph(
        "I am asking you to assess Ava, who is 15 and in Year 11, for low mood. On 3 November Ava told me that she had "
        "“felt flat since the summer” and that she wakes at four most mornings. Our register shows that she has missed "
        "17 of 52 days since 2 September. She presents as emotionally dysregulated, and her form tutor thinks that it "
        "is EBSA."
    )
    made.add_paragraph(
        "Some of it is attention-seeking. She is in a friendship group with Mia Lund, who also hurts herself. Things "
        "have been difficult at home recently."
    )
    made.add_paragraph(
        "Ava read this letter with me on 20 November and agrees to it. She would like to talk to somebody who is not "
        "at school. Her mother, Helen Renwick, also agrees (by telephone, 20 November). They know that you will write "
        "to their doctor, that the letter is kept on Ava's health record, and that you may ring me."
    )
    made.add_paragraph(
        "I am not aware that Ava has thoughts of ending her life; I asked her on 20 November and she said no. She is "
        "safe at home tonight. I decided to write because talking with our counsellor on 5, 12 and 19 November has not "
        "helped her to sleep or to come in. If you can see her this term, we can plan her mock examinations around it."
    )
    made.add_paragraph("Yours sincerely,")
    made.add_paragraph("Ruth Okello\nHead of year")
    return saved(made)
