"""The law and the local policy: plain Python, dated and sourced, without a clock or a database.

Abbreviations used in every source below this folder:

- EA96: Education Act 1996.
- Regs 2024: School Attendance (Pupil Registration) (England) Regulations 2024, SI 2024/208.
- Regs 2006: Education (Pupil Registration) (England) Regulations 2006, SI 2006/1751.
- CMEG25: DfE, Children missing education, statutory guidance, 8 September 2025.
- policy p.8: Harrow, Children Missing Education (CME) 2025, page 8.

`docs/law.md`, made by `onroll.rules.law_page`, lists every rule with its source and its tests.
"""
