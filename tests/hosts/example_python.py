#!/usr/bin/env python3
"""The binding that users copy. usage: example_python.py FOLDER-OF-THE-EXAMPLE"""
import sys, threading

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from galley import Galley, GalleyError

text = "A 😀 story. They went tosupport her on thursday."
with Galley(language="en-US") as galley:
    result = galley.check(text)
    assert [issue.check for issue in result.issues] == ["spelling", "capitalization"], result
    first = result.issues[0]
    assert text[first.start:first.end] == first.text == "tosupport" and first.suggestions == ["to support"], first
    assert result.verdict == "fail" and 0 < result.score < 100 and result.words > 0, result
    assert galley.check("<p>Tom &amp; Ann went.</p>", name="a.html").issues == []
    assert galley.check("").issues == []
    results = [None] * 4
    threads = [threading.Thread(target=lambda i=i: results.__setitem__(i, galley.check(text))) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [result] * 4, results
    try:
        galley.check("<a><b></a>", format="xml")
        sys.exit("a broken document was checked")
    except GalleyError as error:
        assert str(error), error
try:
    Galley(only="speling")
    sys.exit("a check that does not exist was taken")
except GalleyError as error:
    assert "speling" in str(error), error
print("the Python binding works")
