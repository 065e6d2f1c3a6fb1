"""The rights matrix: one row for each page and form, and what it answers to whom.

    "GET /casefiles/:ref": row("/casefiles/{casefile}", own="303 303 200 200 200 403 403 200 403", foreign="…"),

The key is method and path as `evenhand routes` prints them; a flow (`:act`) has a row for each act, with ' ACT' behind.
The path's {names} are replaced twice: for something of the function that staff, manager and head of the columns work in
(`own`), and for something of another function (`foreign`; left out: the same). test_rights_matrix.py fails where a route
has no row or a row no route, and then prints the missing row with what was seen: look whether that is right, and put it
here. A form is sent empty but for its key, so 400 means: may come, and is told what is missing. 303 for the first two
columns is the way to the sign-in; 403 there is the sign-in itself, as the answer to a form."""

# Nobody is signed in; the password was typed and the code is still asked for; then people by their role.
COLUMNS = ("nobody", "half", "staff", "manager", "head", "complaints", "records", "auditor", "administrator")
PEOPLE = {"staff": "sam", "manager": "mira", "head": "hana", "complaints": "cleo", "records": "ravi", "auditor": "anja", "administrator": "amal"}


class Row:
    def __init__(self, path, own, foreign=None, spoils=False):
        self.path, self.own, self.foreign = path, own.split(), (foreign or own).split()
        self.spoils = spoils  # ends the session: each gets one of their own
        assert len(self.own) == len(self.foreign) == len(COLUMNS), (path, own, foreign)


def row(path, own, foreign=None, spoils=False):
    return Row(path, own, foreign, spoils)


PUBLIC = "200 200 200 200 200 200 200 200 200"
SIGNED_IN = "303 303 200 200 200 200 200 200 200"
CASEWORK = "303 303 200 200 200 200 200 403 403"  # everybody who works on cases
HEADS, NO_HEAD = "303 303 403 403 200 403 403 403 403", "303 303 403 403 403 403 403 403 403"  # who may authorise for that function
CASEWORK_AND_AUDITOR = "303 303 200 200 200 200 200 200 403"
OFFICE = "303 303 403 403 403 403 403 200 200"  # the administrator's, and the auditor may look
ADMINISTRATOR = "303 303 403 403 403 403 403 403 200"


def form(allowed, *who):
    """A form that these may send: everybody else is refused."""
    return " ".join(["403", "403"] + [str(allowed) if c in who else "403" for c in COLUMNS[2:]])


CASEWORK_FORM = "403 403 400 400 400 400 400 403 403"
ADMINISTRATOR_FORM = "403 403 403 403 403 403 403 403 400"
CASEWORKERS = ("staff", "manager", "head", "complaints", "records")
EVERYBODY = COLUMNS[2:]

ROWS = {
    # For everybody
    "GET /assets/*file": row("{asset}", PUBLIC),
    "GET /policy": row("/policy", PUBLIC),
    "GET /sign-in": row("/sign-in", "200 200 303 303 303 303 303 303 303"),
    "POST /sign-in": row("/sign-in", "403 403 403 403 403 403 403 403 403"),  # the form's key is not ours
    "GET /sign-in/code": row("/sign-in/code", "303 200 303 303 303 303 303 303 303"),
    "POST /sign-in/code": row("/sign-in/code", "403 403 403 403 403 403 403 403 403"),
    "POST /sign-out": row("/sign-out", "303 303 303 303 303 303 303 303 303", spoils=True),
    "GET /reset/:secret": row("{reset}", PUBLIC),
    "POST /reset/:secret": row("{reset}", "403 403 403 403 403 403 403 403 403"),  # likewise
    # One's own account
    "GET /account": row("/account", SIGNED_IN),
    "POST /account/sessions": row("/account/sessions", form(404, *EVERYBODY)),
    "GET /account/password": row("/account/password", SIGNED_IN),
    "POST /account/password": row("/account/password", "403 403 403 403 403 403 403 403 403"),  # the old one is missing
    "GET /account/second-factor": row("/account/second-factor", SIGNED_IN),
    "POST /account/second-factor/begin": row("/account/second-factor/begin", "403 403 403 403 403 403 403 403 403"),
    "POST /account/second-factor/confirm": row("/account/second-factor/confirm", form(200, *EVERYBODY)),
    "GET /account/second-factor/off": row("/account/second-factor/off", SIGNED_IN),
    "POST /account/second-factor/off": row("/account/second-factor/off", "403 403 403 403 403 403 403 403 403"),
    "GET /account/recovery-codes": row("/account/recovery-codes", SIGNED_IN),
    "POST /account/recovery-codes": row("/account/recovery-codes", "403 403 403 403 403 403 403 403 403"),
    # Ways in for others
    "GET /admin/staff/:user/reset-password": row("/admin/staff/theo/reset-password", ADMINISTRATOR),
    "POST /admin/staff/:user/reset-password": row("/admin/staff/theo/reset-password", form(400, "administrator")),
    "GET /admin/staff/:user/reset-second-factor": row("/admin/staff/theo/reset-second-factor", ADMINISTRATOR),
    "POST /admin/staff/:user/reset-second-factor": row("/admin/staff/theo/reset-second-factor", form(400, "administrator")),
    "GET /": row("/", SIGNED_IN),
    "GET /suggest/customers": row("/suggest/customers?q=quill", CASEWORK),
    "GET /customers/:ref": row("/customers/{customer}", CASEWORK_AND_AUDITOR),
    # Contact, now
    "POST /contacts": row("/contacts", "403 403 303 303 303 400 400 403 403"),
    "POST /end-call": row("/end-call", CASEWORK_FORM),
    "POST /log-again": row("/log-again", "403 403 303 303 303 400 400 403 403"),
    "POST /read-out": row("/read-out", CASEWORK_FORM),
    "GET /try-this": row("/try-this", PUBLIC),
    # Customers
    "GET /customers/:ref/:act add-identifier": row("/customers/{customer}/add-identifier", CASEWORK),
    "POST /customers/:ref/:act add-identifier": row("/customers/{customer}/add-identifier", CASEWORK_FORM),
    "GET /customers/:ref/:act answer-adjustment": row("/customers/{customer}/answer-adjustment", "303 303 403 200 200 403 403 403 403"),
    "POST /customers/:ref/:act answer-adjustment": row("/customers/{customer}/answer-adjustment", "403 403 403 400 400 403 403 403 403"),
    "GET /customers/:ref/:act ask-adjustment": row("/customers/{customer}/ask-adjustment", CASEWORK),
    "POST /customers/:ref/:act ask-adjustment": row("/customers/{customer}/ask-adjustment", CASEWORK_FORM),
    "GET /customers/:ref/:act change-customer": row("/customers/{customer}/change-customer", CASEWORK),
    "POST /customers/:ref/:act change-customer": row("/customers/{customer}/change-customer", CASEWORK_FORM),
    "GET /customers/:ref/:act close-matter": row("/customers/{customer}/close-matter?about={matter}", CASEWORK),
    "POST /customers/:ref/:act close-matter": row("/customers/{customer}/close-matter?about={matter}", CASEWORK_FORM),
    "GET /customers/:ref/:act confirm-identifier": row("/customers/{customer}/confirm-identifier", "303 303 403 200 403 403 403 403 403"),
    "POST /customers/:ref/:act confirm-identifier": row("/customers/{customer}/confirm-identifier", "403 403 403 400 403 403 403 403 403"),
    "GET /customers/:ref/:act end-identifier": row("/customers/{customer}/end-identifier", CASEWORK),
    "POST /customers/:ref/:act end-identifier": row("/customers/{customer}/end-identifier", CASEWORK_FORM),
    "GET /customers/:ref/:act mark-shared": row("/customers/{customer}/mark-shared", CASEWORK),
    "POST /customers/:ref/:act mark-shared": row("/customers/{customer}/mark-shared", CASEWORK_FORM),
    "GET /customers/:ref/:act open-matter": row("/customers/{customer}/open-matter", CASEWORK),
    "POST /customers/:ref/:act open-matter": row("/customers/{customer}/open-matter", CASEWORK_FORM),
    "GET /customers/:ref/:act record-need": row("/customers/{customer}/record-need", CASEWORK),
    "POST /customers/:ref/:act record-need": row("/customers/{customer}/record-need", CASEWORK_FORM),
    "GET /customers/:ref/:act register-representative": row("/customers/{customer}/register-representative", CASEWORK),
    "POST /customers/:ref/:act register-representative": row("/customers/{customer}/register-representative", CASEWORK_FORM),
    "GET /customers/new": row("/customers/new", CASEWORK),
    "POST /customers/new": row("/customers/new", CASEWORK_FORM),
    # Casefiles
    "GET /casefiles/:ref": row("/casefiles/{casefile}", CASEWORK_AND_AUDITOR),
    "GET /casefiles/:ref/:act acknowledge-answer": row("/casefiles/{casefile}/acknowledge-answer", CASEWORK),
    "POST /casefiles/:ref/:act acknowledge-answer": row("/casefiles/{casefile}/acknowledge-answer", CASEWORK_FORM),
    "GET /casefiles/:ref/:act acknowledge-dispute": row("/casefiles/{casefile}/acknowledge-dispute", CASEWORK),
    "POST /casefiles/:ref/:act acknowledge-dispute": row("/casefiles/{casefile}/acknowledge-dispute", CASEWORK_FORM),
    "GET /casefiles/:ref/:act answer-dispute": row("/casefiles/{casefile}/answer-dispute", "303 303 403 200 200 200 200 403 403", foreign="303 303 403 403 403 200 200 403 403"),
    "POST /casefiles/:ref/:act answer-dispute": row("/casefiles/{casefile}/answer-dispute", "403 403 403 400 400 400 400 403 403", foreign="403 403 403 403 403 400 400 403 403"),
    "GET /casefiles/:ref/:act approve-safety-sentence": row("/casefiles/{casefile}/approve-safety-sentence", HEADS, foreign=NO_HEAD),
    "POST /casefiles/:ref/:act approve-safety-sentence": row("/casefiles/{casefile}/approve-safety-sentence", CASEWORK_FORM),
    "GET /casefiles/:ref/:act assess-report": row("/casefiles/{casefile}/assess-report?about={report}", CASEWORK),
    "POST /casefiles/:ref/:act assess-report": row("/casefiles/{casefile}/assess-report?about={report}", CASEWORK_FORM),
    "GET /casefiles/:ref/:act attach-evidence": row("/casefiles/{casefile}/attach-evidence", CASEWORK),
    "POST /casefiles/:ref/:act attach-evidence": row("/casefiles/{casefile}/attach-evidence", CASEWORK_FORM),
    "GET /casefiles/:ref/:act close-casefile": row("/casefiles/{casefile}/close-casefile", CASEWORK),
    "POST /casefiles/:ref/:act close-casefile": row("/casefiles/{casefile}/close-casefile", CASEWORK_FORM),
    "GET /casefiles/:ref/:act confirm-notice": row("/casefiles/{casefile}/confirm-notice?about={notice}", CASEWORK),
    "POST /casefiles/:ref/:act confirm-notice": row("/casefiles/{casefile}/confirm-notice?about={notice}", CASEWORK_FORM),
    "GET /casefiles/:ref/:act decide": row("/casefiles/{casefile}/decide?about={request}", "303 303 403 403 200 403 403 403 403", foreign="303 303 403 403 403 403 403 403 403"),
    "POST /casefiles/:ref/:act decide": row("/casefiles/{casefile}/decide?about={request}", "403 403 403 400 400 400 403 403 403", foreign="403 403 403 403 403 400 403 403 403"),
    "GET /casefiles/:ref/:act dispute": row("/casefiles/{casefile}/dispute", CASEWORK),
    "POST /casefiles/:ref/:act dispute": row("/casefiles/{casefile}/dispute", CASEWORK_FORM),
    "GET /casefiles/:ref/:act end-arrangement": row("/casefiles/{casefile}/end-arrangement", CASEWORK),
    "POST /casefiles/:ref/:act end-arrangement": row("/casefiles/{casefile}/end-arrangement", CASEWORK_FORM),
    "GET /casefiles/:ref/:act lift": row("/casefiles/{casefile}/lift", HEADS, foreign=NO_HEAD),
    "POST /casefiles/:ref/:act lift": row("/casefiles/{casefile}/lift", CASEWORK_FORM),
    "GET /casefiles/:ref/:act log-breach": row("/casefiles/{casefile}/log-breach", CASEWORK),
    "POST /casefiles/:ref/:act log-breach": row("/casefiles/{casefile}/log-breach", CASEWORK_FORM),
    "GET /casefiles/:ref/:act notify": row("/casefiles/{casefile}/notify", CASEWORK),
    "POST /casefiles/:ref/:act notify": row("/casefiles/{casefile}/notify", CASEWORK_FORM),
    "GET /casefiles/:ref/:act record-answer": row("/casefiles/{casefile}/record-answer?about={warning}", CASEWORK),
    "POST /casefiles/:ref/:act record-answer": row("/casefiles/{casefile}/record-answer?about={warning}", CASEWORK_FORM),
    "GET /casefiles/:ref/:act refer-to-police": row("/casefiles/{casefile}/refer-to-police", CASEWORK),
    "POST /casefiles/:ref/:act refer-to-police": row("/casefiles/{casefile}/refer-to-police", CASEWORK_FORM),
    "GET /casefiles/:ref/:act request": row("/casefiles/{casefile}/request", "303 303 403 200 200 200 200 403 403", foreign="303 303 403 403 403 200 200 403 403"),
    "POST /casefiles/:ref/:act request": row("/casefiles/{casefile}/request", "403 403 403 400 400 400 400 403 403", foreign="403 403 403 403 403 400 400 403 403"),
    "GET /casefiles/:ref/:act vary": row("/casefiles/{casefile}/vary", HEADS, foreign=NO_HEAD),
    "POST /casefiles/:ref/:act vary": row("/casefiles/{casefile}/vary", "403 403 403 400 400 400 400 403 403", foreign="403 403 403 403 403 400 400 403 403"),
    "GET /casefiles/:ref/:act warn": row("/casefiles/{casefile}/warn?about={assessment}", CASEWORK),
    "POST /casefiles/:ref/:act warn": row("/casefiles/{casefile}/warn?about={assessment}", CASEWORK_FORM),
    "GET /casefiles/:ref/:act withdraw-dispute": row("/casefiles/{casefile}/withdraw-dispute", CASEWORK),
    "POST /casefiles/:ref/:act withdraw-dispute": row("/casefiles/{casefile}/withdraw-dispute", CASEWORK_FORM),
    "GET /casefiles/:ref/:act withdraw-request": row("/casefiles/{casefile}/withdraw-request?about={request}", CASEWORK),
    "POST /casefiles/:ref/:act withdraw-request": row("/casefiles/{casefile}/withdraw-request?about={request}", CASEWORK_FORM),
    "POST /casefiles/:ref/attach-evidence": row("/casefiles/{casefile}/attach-evidence", CASEWORK_FORM),
    "GET /entries/:ref/correct": row("/entries/{contact}/correct", CASEWORK),
    "POST /entries/:ref/correct": row("/entries/{contact}/correct", CASEWORK_FORM),
    "GET /entries/:ref/strike": row("/entries/{contact}/strike", CASEWORK),
    "POST /entries/:ref/strike": row("/entries/{contact}/strike", CASEWORK_FORM),
    "GET /evidence/:ref": row("/evidence/{evidence}", CASEWORK_AND_AUDITOR, foreign="303 303 403 403 403 200 200 200 403"),
    "GET /letters/:ref": row("/letters/{notice}", CASEWORK_AND_AUDITOR),
    "GET /report": row("/report", CASEWORK),
    "POST /report": row("/report", CASEWORK_FORM),
    # Work and registers
    "GET /items/:ref": row("/items/{item}", CASEWORK),
    "POST /items/:ref": row("/items/{item}", CASEWORK_FORM),
    "GET /registers/:name": row("/registers/customers", CASEWORK_AND_AUDITOR),
    "GET /work": row("/work", CASEWORK_AND_AUDITOR),
    "GET /work/assign": row("/work/assign?work={report}", CASEWORK),
    "POST /work/assign": row("/work/assign?work={report}", CASEWORK_FORM),
    "GET /work/follow-up": row("/work/follow-up?about={ended}", CASEWORK),
    "POST /work/follow-up": row("/work/follow-up?about={ended}", CASEWORK_FORM),
    # The office
    "GET /admin/doors": row("/admin/doors", OFFICE),
    "GET /admin/doors/new": row("/admin/doors/new", ADMINISTRATOR),
    "POST /admin/doors/new": row("/admin/doors/new", ADMINISTRATOR_FORM),
    "GET /admin/functions": row("/admin/functions", "303 303 403 403 200 403 403 200 200"),
    "GET /admin/functions/:function/stand-in": row("/admin/functions/casework/stand-in", "303 303 403 403 200 403 403 403 200"),
    "POST /admin/functions/:function/stand-in": row("/admin/functions/casework/stand-in", "403 403 403 403 400 403 403 403 400"),
    "GET /admin/functions/new": row("/admin/functions/new", ADMINISTRATOR),
    "POST /admin/functions/new": row("/admin/functions/new", ADMINISTRATOR_FORM),
    "GET /admin/staff": row("/admin/staff", OFFICE),
    "GET /admin/staff/:user": row("/admin/staff/theo", OFFICE),
    "GET /admin/staff/:user/end": row("/admin/staff/theo/end", ADMINISTRATOR),
    "POST /admin/staff/:user/end": row("/admin/staff/theo/end", ADMINISTRATOR_FORM),
    "GET /admin/staff/:user/grant": row("/admin/staff/theo/grant", ADMINISTRATOR),
    "POST /admin/staff/:user/grant": row("/admin/staff/theo/grant", ADMINISTRATOR_FORM),
    "GET /admin/staff/:user/revoke": row("/admin/staff/theo/revoke?role=staff&function=enquiries", ADMINISTRATOR),
    "POST /admin/staff/:user/revoke": row("/admin/staff/theo/revoke?role=staff&function=enquiries", form(404, "administrator")),
    "GET /admin/staff/new": row("/admin/staff/new", ADMINISTRATOR),
    "POST /admin/staff/new": row("/admin/staff/new", ADMINISTRATOR_FORM),
    "GET /admin/tokens": row("/admin/tokens", OFFICE),
    "GET /gate": row("/gate", OFFICE),
    "GET /pack": row("/pack", SIGNED_IN),
    "GET /pack/letters/:kind": row("/pack/letters/warning", SIGNED_IN),
    "GET /record": row("/record", "303 303 403 403 403 403 200 200 200"),
    "POST /record": row("/record", "403 403 403 403 403 403 200 200 200"),
}


class Filled:
    def __init__(self, act, about, fields, own, foreign):
        self.path = f"/casefiles/{{casefile}}/{act}" + (f"?about={{{about}}}" if about else "")
        self.fields, self.own, self.foreign = fields, own.split(), foreign.split()


# The fine right, which act and core ask: forms with all that they need, sent to 'check your answers', which performs the
# act and rolls it back. 200: it would be done; 403: it is refused. Columns as above.
FILLED = {
    "assess-report": Filled("assess-report", "report", {
        "reports": "{report}", "outcome": "no-action", "heading": "unreasonable", "tests/circumstances": "c", "tests/seriousness": "s",
        "tests/impact": "i", "needs_considered": "None known.", "behaviour": "You rang.",
    }, own="403 403 403 200 403 403 403 403 403", foreign="403 403 403 403 403 403 403 403 403"),
    "decide": Filled("decide", "request", {"request": "{request}", "outcome": "returned", "reasons": "Say more."},
        own="403 403 403 403 200 403 403 403 403", foreign="403 403 403 403 403 403 403 403 403"),
    "withdraw-request": Filled("withdraw-request", "request", {"request": "{request}", "reason": "It stopped."},
        own="403 403 403 200 403 403 403 403 403", foreign="403 403 403 403 403 403 403 403 403"),
    "refer-to-police": Filled("refer-to-police", "report", {"reports": "{report}", "force": "Barford", "reference": "awaited", "what": "w"},  # or the member of staff who called them
        own="403 403 200 200 403 403 403 403 403", foreign="403 403 403 403 403 403 403 403 403"),
    "record-answer": Filled("record-answer", "warning", {"warning": "{warning}", "channel": "letter", "words": "I was upset."},
        own="403 403 200 200 200 200 200 403 403", foreign="403 403 200 200 200 200 200 403 403"),
    "confirm-notice": Filled("confirm-notice", "notice", {"notice": "{notice}", "how": "posted"},
        own="403 403 200 200 200 200 200 403 403", foreign="403 403 200 200 200 200 200 403 403"),
}  # fmt: skip
