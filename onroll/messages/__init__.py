"""The outbox: messages to people, which carry a reference and a link and nothing else (P58).

Another kind of message, in three steps:

1. a member of `models.Kind`, and its entry in `kinds.KINDS`: the subject, the page that the link
   leads to (by name; it takes the reference), and what a person must be allowed to open it;
2. its text, `templates/messages/KIND.txt`, with `{{ ref }}` and `{{ link }}` and no other value:
   a test reads every text and subject;
3. where the thing happens, in that action: `messages.tell(kind=…, ref=…, to=…, at=at)`.
"""
