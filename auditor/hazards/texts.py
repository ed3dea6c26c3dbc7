"""What each category of finding can mean for patients: neutral drafts for a Clinical Safety Officer to review."""

from collections.abc import Mapping
from typing import Final

from auditor.records import dataclass


@dataclass(frozen=True)
class Texts:
    """The texts of one category of 45 CFR 164.304."""

    effect: str
    hazard: str
    harm: str
    training: str
    process: str


_DRAFT: Final = "Drafted by a tool; review needed."
_READ_OR_CHANGE: Final = Texts(
    effect="Somebody who is not part of a patient's care can reach the system, read records and possibly change them.",
    hazard="Records may be read, changed or removed by unauthorised people, so that care rests on wrong information.",
    harm="Potential for wrong or delayed treatment after a record was changed, and for distress after it became known.",
    training="Operators know how accounts and network access to this system are granted and taken back.",
    process="Access to this system is reviewed at fixed intervals; unexpected access is handled as an incident.",
)
TEXTS: Final[Mapping[str, Texts]] = {
    "access": _READ_OR_CHANGE,
    "authentication": Texts(
        effect="The system cannot tell who is using it, so that anybody who reaches it can act as a member of staff.",
        hazard="Clinical actions may be taken or records changed in the name of somebody else, or of nobody.",
        harm="Potential for wrong treatment after a forged or changed entry, and for blame on the wrong clinician.",
        training="Operators know which systems must ask for a log-in and how to check that they do.",
        process="No system with patient data goes live before a log-in without credentials was tried and refused.",
    ),
    "password": Texts(
        effect="Who knows one secret can log in, or sign what the system trusts, without being noticed.",
        hazard="A leaked or guessed secret may be used to read records or to forge clinical actions.",
        harm="Potential for wrong treatment after a forged entry, and for distress after a disclosure.",
        training="Developers and operators know where secrets are kept and that files are not the place.",
        process="Secrets are changed at fixed intervals and whenever somebody who knew them leaves.",
    ),
    "confidentiality": Texts(
        effect="Information about patients can be read where it was not meant to be read.",
        hazard="Patients' information may be disclosed to people outside their care.",
        harm="Potential for distress, discrimination or danger to a patient, and for withheld information later on.",
        training="Developers know which fields identify a person and where they must not appear.",
        process="A disclosure is reported, assessed and communicated as the incident plan says.",
    ),
    "encryption": Texts(
        effect="What is sent or stored can be read, and while it is sent also changed, by whoever is on the way.",
        hazard="Patient data may be read or altered on the network or on a lost disk without anybody noticing.",
        harm="Potential for wrong treatment after an altered result, and for distress after a disclosure.",
        training="Operators know how certificates are issued, installed and renewed.",
        process="Certificates and keys are renewed before they end; the renewal is monitored.",
    ),
    "integrity": Texts(
        effect="Data that the system confirmed can be lost or altered, or nobody can tell afterwards who altered it.",
        hazard="A record may miss an entry that a clinician made, or hold one that nobody made.",
        harm="Potential for wrong or missed treatment because the record is incomplete or wrong.",
        training="Clinical staff know how to recognise and report a record that misses an entry.",
        process="Samples of records are compared with their sources; audit logs are reviewed at fixed intervals.",
    ),
    "availability": Texts(
        effect="The system can stop or slow down, and come back late or without its latest data.",
        hazard="Clinicians may have no access to a record, a result or an order when they need it.",
        harm="Potential for delayed or missed treatment while the system is not available.",
        training="Clinical staff know the procedure for working without the system.",
        process="Restoring from a backup and switching to a standby are exercised and timed.",
    ),
    "malicious-software": Texts(
        effect="A program that does not belong there can be placed or run on the system.",
        hazard="Malicious software may alter data, stop the system or encrypt it for ransom.",
        harm="Potential for delayed treatment while systems are down, and for wrong treatment after altered data.",
        training="Staff know how to recognise and report unusual behaviour of a system.",
        process="Systems are isolated and restored as the incident plan says.",
    ),
    "security-incident": Texts(
        effect="An attack, or an attempt at one, leaves no record or nobody is told.",
        hazard="Unauthorised access may continue unnoticed, and its extent cannot be established afterwards.",
        harm="Potential for continued exposure of patients, and for treatment on records whose integrity is unknown.",
        training="Operators know which events are logged, where, and what an alert looks like.",
        process="Logs are kept off the system and reviewed at fixed intervals; alerts reach somebody at all hours.",
    ),
}


def texts_of(category: str) -> Texts:
    """Return the texts of a category; of one that is not known, those of access."""
    return TEXTS.get(category, _READ_OR_CHANGE)


def drafted(text: str) -> str:
    """Return a text marked as a draft."""
    return f"{text}\n\n_{_DRAFT}_"
