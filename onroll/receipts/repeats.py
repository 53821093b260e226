"""Forms that may be acted on more than once, and why.

A test requires all others to be tried in `tests/receipts/forms.py`.
"""

REPEATABLE = {
    "account_login": "signs in, also somebody who signed out since",
    "account_logout": "signs out",
    "account_reauthenticate": "asks for the password again; an old answer must not do",
    "mfa_authenticate": "asks for the second factor; an old answer must not do",
    "mfa_login_webauthn": "signs in by passkey; each challenge is good once",
    "mfa_reauthenticate": "asks for the second factor again; an old answer must not do",
    "mfa_reauthenticate_webauthn": "asks for the security key again; an old answer must not do",
    "account_signup": "says that nobody signs up",
    "unsent": "forgets the form that waits to be sent; afterwards there is none",
    "demo_sign_in": "signs in to the demo",
    "health": "says how the service is, and takes nothing",
    "style": "shows the parts of pages, and keeps nothing",
    "record:summary": "asks why first, and keeps the reason in the session alone",
    "record:hand_over": "asks why first, and keeps the reason in the session alone",
    "record:case_file": "asks why first, and keeps the reason in the session alone",
    "record:whole": "asks why first, and keeps the reason in the session alone",
    "record:redacted": "asks why first, and keeps the reason in the session alone",
    "audit": "a search; each one is recorded as a search",
    "cases:search": "a search; what was typed is kept in the session alone",
    "casefile:add_first": "a search; what was typed is kept in the session alone",
    "casefile:find": "a search; what was typed is kept in the session alone",
    "casefile:school_find": "a search; what was typed is kept in the session alone",
    "children:start": "leads to the form that puts the child on the register",
    "cases:close": "asks which way the case ends, and leads to what that asks",
    "duplicates:perhaps_same": "looks a reference up and leads to a page",
}
