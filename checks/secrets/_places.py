"""How grave a secret in a file is, by what the file is for."""

from auditor.api import HIGH, LOW, MEDIUM, Credential, FileRole, Severity


def is_in_use(credential: Credential) -> bool:
    """Tell whether the file is neither a pattern to copy, nor a test's, nor for developing."""
    return credential.role is FileRole.LIVE and credential.environment not in {"development", "test"}


def is_throwaway(credential: Credential) -> bool:
    """Tell whether a pipeline gives a guessable value to what it starts and throws away itself, such as a database."""
    return credential.technology == "workflows"


def severity_of(credential: Credential) -> Severity:
    if not is_in_use(credential):
        return LOW
    # A Secret manifest is the right kind of object; what is wrong is that it lies in the repository.
    return MEDIUM if credential.container == "kubernetes-secret" else HIGH


def subject_of(credential: Credential) -> str:
    """Name the secret as the start of a sentence; one that was found by its shape alone has no key."""
    if credential.is_part:
        return f"The password in {credential.key}"
    return credential.key if credential.container != "text" else f"The {credential.key}"
