"""Words about people: kinship, work, titles, and words that look like names and are none."""

from __future__ import annotations

from referral_lint.pipeline.features import names

HE = frozenset(
    "dad father daddy da stepdad stepfather step-dad step-father granddad grandad grandfather grandpa granda gramps uncle brother half-brother stepbrother"
    " step-brother son grandson nephew husband hubby boyfriend fella bloke lad boy man gentleman ex-husband father-in-law brother-in-law son-in-law".split()
)
SHE = frozenset(
    "mum mam mom mother mummy mama stepmum stepmother step-mum step-mother nan nana nanna nanny gran granny grandma grandmother aunt auntie aunty"
    " sister half-sister stepsister step-sister daughter granddaughter niece wife girlfriend missus lady girl woman ex-wife midwife"
    " mother-in-law sister-in-law daughter-in-law".split()
)
_KIN = {
    "parent": "mum mam mom mother mummy mama dad father daddy da parent parents birth-mother birth-father carer guardian",
    "partner": "partner boyfriend girlfriend stepdad stepfather stepmum stepmother step-dad step-father step-mum step-mother husband wife hubby fella ex-husband"
    " ex-wife ex-partner ex fiance fiancé fiancée missus bloke",
    "sibling": "brother sister sibling siblings brothers sisters half-brother half-sister stepbrother stepsister step-brother step-sister twin twins",
    "relative": "nan nana nanna nanny gran granny grandma grandmother granddad grandad grandfather grandpa granda grandparent grandparents aunt auntie aunty"
    " uncle cousin cousins niece nephew grandson granddaughter mother-in-law father-in-law sister-in-law brother-in-law daughter-in-law son-in-law great-grandmother",
    "child": "son daughter baby child toddler pupil boy girl lad unborn",
    "third-party": "neighbour neighbor friend mate lodger classmate flatmate landlord landlady tenant-upstairs",
}
ROLE_OF = {word: role for role, words in _KIN.items() for word in words.split()}
TITLES_OF_WORK = r"Dr|Prof|Professor|PC|DC|DS|DI|DCI|Sgt|Sergeant|Insp|Inspector|PCSO|Cllr|Councillor|Nurse|Sister|Staff Nurse|Rev|Revd|Reverend|Father|Fr|Imam|Judge|Constable|Matron|WPC"
TITLES = rf"(?:Mr|Mrs|Ms|Miss|Mx|Sir|Lady|Dame|Lord|{TITLES_OF_WORK})"
WORK = (
    r"teacher|head ?teacher|head of [\w ]{3,20}|deputy head|headmaster|headmistress|SENCo|SENDCo|DSL|teaching assistant|assistant|TA\b|nurse|doctor|midwife|health visitor|officer"
    r"|social worker|worker|key ?worker|support worker|manager|lead\b|leader|supervisor|consultant|registrar|paediatrician|psychologist|therapist|psychiatrist|counsellor|practitioner"
    r"|co-?ordinator|mentor|coach|tutor|governor|secretary|receptionist|administrator|admin\b|pharmacist|dentist|optician|clinician|paramedic|GP\b|constable|sergeant|inspector"
    r"|detective|warden|caretaker|volunteer|befriender|solicitor|barrister|adviser|advisor|advocate|interpreter|childminder|playworker|key person|colleague|locum|youth worker|librarian"
    r"|physio\w*|dietitian|technician|housekeeper|matron|chaplain|vicar|minister|trustee|cook|dinner lady|lunchtime supervisor|dinners|crew manager|probation|landlord liaison|driver|director|chair"
)
# What a trade is called for short, before a name too: “CPN Max Roe”.
TRADES = "SW SSW FSW ASYE AMHP CPN CMHN RMN RGN HCA HCSW HV SCPHN OT SLT SALT EWO ESW LSA HLTA IRO IDVA ISVA DDSL ANP CNS FLO".split()
# Words with a capital that are no part of anybody's name.
STOP = frozenset(
    """the a an i we you he she it they my our your his her its their this that these those there here and but or nor so if when while since after before until because although though as
    at by for from in of on to with without into over under about not no yes ok also both each some any all many most more other another one two three four five six seven eight nine ten
    what who whom whose which why how where please thanks thank hi hello dear kind regards best yours sincerely faithfully many can could would should will shall may might must is are was were
    be been being has have had do does did done am im ive monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun january february march april june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms miss dr prof mx sir mum mam mom mother dad father daddy mummy nan nana gran granny
    grandma grandmother grandad granddad grandfather aunt auntie uncle brother sister twin twins cousin son daughter husband wife partner boyfriend girlfriend baby child children boy girl
    family parent parents carer pupil patient client tenant resident person young adult name date address school home house street road council services service team nhs gp police
    nursery primary secondary infant infants junior juniors academy college university hospital surgery clinic centre center ward trust unit department dept office hub church mosque temple court flat
    year reception key stage class form section part page ref reference re subject sent cc bcc tel telephone phone mobile email age aged born dob gender male female ethnicity white british english polish
    irish scottish welsh european romanian somali arabic urdu punjabi bengali turkish ukrainian kurdish black asian african caribbean chinese indian pakistani bangladeshi muslim christian jewish sikh hindu catholic england wales scotland ireland
    uk urgent confidential private draft referral referrer report review meeting assessment plan early help safeguarding protection concern concerns health visitor social worker teacher head nurse doctor midwife
    officer manager lead support adviser housing education mental speech language therapy therapist paediatric psychology senco dsl sen send ehcp camhs mash cp cin la lac ta pc dc ds sgt insp pcso
    christmas xmas easter eid ramadan diwali halloween facebook whatsapp instagram snapchat tiktok google zoom teams microsoft word covid god lord sundays mondays tuesdays wednesdays thursdays fridays saturdays
    last next today yesterday tomorrow now then later earlier once twice first second third again still just only never always often sometimes however therefore anyway maybe perhaps
    there's it's that's he's she's i'm i've we've they're don't didn't doesn't isn't wasn't can't won't mum's dad's nan's owner applicant perpetrator victim suspect witness complainant signed position role title
    details none unknown yes/no n/a tbc seen told said asked attended lives live living known current previous mother's father's english reason background history information consent wishes views risk risks
    morning afternoon evening night lunch week weeks month months term spring summer autumn winter breakfast club group project foundation society association charity community centre library park
    duty desk panel board committee service's admin customer care home's care's nothing everyone everybody someone somebody nobody anyone anybody staff colleague colleagues friend neighbour since given
    attendance appointment discharge admission medication allergies diagnosis sirs madam folks guys both hurricane cyclone typhoon antenatal postnatal perinatal prenatal neonatal midwifery arrears rents lettings repairs nok""".split()
).union(map(str.lower, TRADES))
# After these a stretch of capitals is a place or an organisation, not a person.
PLACE_OR_ORG = frozenset(
    """school primary infants infant junior juniors academy college nursery preschool pre-school kindergarten comprehensive high grammar university council hospital infirmary clinic surgery practice centre center
    trust service services team church chapel mosque temple library house hall police homes court street road lane close row avenue hill way drive place park estate terrace gardens crescent grove square view walk
    mews rise green common bridge farm cottage cottages lodge ward unit hub group foundation association society club cafe pub inn arms station market mill mills wood woods field fields
    constabulary partnership housing care solicitors fc rangers united rovers brownies cubs scouts guides chambers road's st rd ave ln dr city town village county borough district bay beach
    medical dental pharmacy project charity daycare playgroup explorers sands vale heights court's ct quay wharf dock docks towers tower buildings building flats point gate end fold brow bank nook yard catholic witnesses youth carers""".split()
)


def bare(word: str) -> str:
    """A word without the ending of a possessive."""
    return word[: -2 if word.endswith(("'s", "’s")) else -1] if word.endswith(_POSSESSIVES) else word


_POSSESSIVES = ("'s", "’s", "'", "’")


def is_given(word: str) -> bool:
    return word.lower() in names("given")


def is_family(word: str) -> bool:
    return word.lower() in names("family")


def is_word(word: str) -> bool:
    """Is this name far more often an ordinary word (Grace, Mark, Green)?"""
    return word.lower() in names("words")


def is_ordinary(word: str) -> bool:
    """Is this a common word and, in our lists, no name?"""
    return word.lower() in names("ordinary")


def is_place(words: str) -> bool:
    """Is this a country, a people, a town or a brand, whoever may be called so too?"""
    return words.lower() in names("places") or (words.endswith("s") and words[:-1].lower() in names("places"))


def is_only_place(word: str) -> bool:
    """A place that is no name of a person in our lists."""
    return is_place(word) and not is_given(word) and not is_family(word)


def gender(word: str) -> str:
    """“he”, “she” or "" for a kinship word or a title."""
    plain = word.lower().rstrip(".")
    if plain in HE or plain in ("mr", "sir"):
        return "he"
    return "she" if plain in SHE or plain in ("mrs", "ms", "miss", "lady", "dame") else ""
