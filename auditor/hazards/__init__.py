"""Findings as a clinical-safety hazard log: one Markdown file per hazard, for a Clinical Safety Officer to complete.

The form follows DCB0129 and DCB0160 (NHS England, clinical risk management) as the MIT-licensed template of the Digital
Clinical Safety Platform lays it out. Scores are left to people: technical severity is not clinical severity.
"""
