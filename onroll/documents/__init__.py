"""What people attach: a file as it came, with its bytes, its hash and who brought it.

A feature that takes files holds a key to `Document`; who may see the row that holds it may see the
document, and nobody else. Another kind of document, in three steps:

1. a member of `models.Kind`;
2. in the feature's action, `documents.attach(kind=…, content=…, name=…, by=…, at=at)`;
   it is held until the scanner has looked into it (`queries.check_of`; `documents/check.html` is to
   show that);
3. in its view, once its own `visible_to` has found the row, `frame.hand_out(…)`, which writes down
   who saw it.
"""
