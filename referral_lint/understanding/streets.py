"""The last word of a street's name, and of a house's or a small place's, as parts of a pattern."""

STREET = "Street|Road|Lane|Close|Row|Avenue|Hill|Way|Drive|Place|Terrace|Gardens|Crescent|Court|Grove|Square|View|Walk|Rise|Mews"
SHORT = r"St\b|Rd\b|Ave\b"
HOUSE = "House|Flats?|Parade|Park|Green|Wharf|Quay|Croft|Mount|Bank|Vale|Yard|Meadows?|Cottages?|Buildings"
