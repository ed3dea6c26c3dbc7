"""Addresses of an API carry data of patients.

## Why it matters
Addresses stand in the access logs of every server and proxy on the way and in histories of browsers, where a number of
social security, an e-mail address or a date of birth is personal data that nobody protects.

## Bad
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths:
  /patients:
    get:
      parameters:
        - name: ssn # <-
          in: query
          schema: {type: string}
```

## Bad: in the path, by a reference
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths:
  /patients/{patientEmail}:
    parameters:
      - $ref: "#/components/parameters/email"
    get: {}
components:
  parameters:
    email: {name: patientEmail, in: path, required: true, schema: {type: string}} # <-
```

## Good
```yaml openapi.yaml
openapi: 3.0.3
info: {title: Records, version: "1"}
paths:
  /patients/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
        - {name: emailVerified, in: query, schema: {type: boolean}}
        - {name: hasPhone, in: query, schema: {type: boolean}}
        - {name: X-Patient-Email, in: header, schema: {type: string}}
  /patients/search:
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {ssn: {type: string}}}
```

## Fix
Use an opaque identifier in the path, and send search terms in the body of a POST:
```yaml
/patients/search:
  post:
    requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Search"}}}}
```

## References
- CWE-598, Use of GET Request Method With Sensitive Query Strings; RFC 9110, 17.9
- HL7 FHIR R4, "Search", search by POST
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Location, check, fail, key_words
from auditor.technologies.openapi import ApiDocument, Operation, Parameter

from ._common import listed

_WORDS = tuple(
    tuple(name.split("_"))
    for name in (
        "ssn social_security social_security_number mrn medical_record_number nhs_number dob birthdate birth_date "
        "date_of_birth birthday email email_address e_mail phone phone_number telephone mobile_number patient_name "
        "first_name last_name given_name family_name full_name surname insurance_id insurance_number policy_number "
        "medicare_number medicaid_number health_card_number home_address street_address diagnosis passport_number "
        "drivers_license national_id"
    ).split()
)
_ABOUT = frozenset("has is include exclude with without verify send sort order filter show hide require".split())


@check("openapi-personal-data-in-url", severity=MEDIUM, control=Control.PHI_EXPOSURE, cwe=598)
def openapi_personal_data_in_url(api: ApiDocument) -> Iterator[Diagnostic]:
    found: dict[Location, tuple[Parameter, list[Operation]]] = {}
    for operation in api.operations:
        for parameter in operation.parameters:
            if parameter.sent_in in {"query", "path"} and not parameter.is_flag and _is_personal(parameter.name):
                found.setdefault(parameter.at, (parameter, []))[1].append(operation)
    by_name: dict[str, tuple[Parameter, list[Operation]]] = {}
    for parameter, operations in found.values():
        by_name.setdefault(parameter.name, (parameter, []))[1].extend(operations)
    for name, (parameter, operations) in by_name.items():
        yield fail(
            f"{name} stands in the address of {listed(operations)}",
            at=parameter.at,
            key=name,
            expected="an opaque identifier, or the body of a POST",
        )


def _is_personal(name: str) -> bool:
    words = key_words(name)
    return words[:1] not in {(word,) for word in _ABOUT} and any(words[-len(tail) :] == tail for tail in _WORDS)
