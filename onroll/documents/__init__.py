"""What people attach: a file as it came, with its bytes, its hash and who brought it.

A feature that takes files holds a key to `Document`; who may see the row that holds it may see the
document, and nobody else. Another kind of document, in three steps:

1. a member of `models.Kind`;
2. in the feature's action, `documents.attach(kind=…, content=…, name=…, by=…, at=at)`;
   it is held until the scanner has looked into it (`queries.looks_of` says how it is shown);
3. in its views, once its own `visible_to` has found the row, `frame.hand_out(…)`, and for pictures
   `frame.show_picture(…)`, which write down who saw it; `documents/document.html` draws both.
"""
