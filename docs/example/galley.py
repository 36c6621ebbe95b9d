#!/usr/bin/env python3
"""galley from Python, with nothing but ctypes. Copy what you need; include/galley.h is the manual.

    with Galley(language="en") as galley:
        for issue in galley.check("The minister went tosupport them.").issues:
            print(issue.start, issue.end, issue.check, issue.message, issue.suggestions)

As a program: galley.py [FILE]...
"""
import ctypes, os, sys
from collections import namedtuple
from ctypes import POINTER, byref, c_bool, c_char, c_char_p, c_double, c_int, c_size_t, c_void_p

Issue = namedtuple("Issue", "check severity start end line column text message suggestions")  # start and end index the str that was checked
Result = namedtuple("Result", "verdict score words issues")


class String(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("len", c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.data, self.len).decode()


class Sized(ctypes.Structure):
    """A structure of the interface: it begins with its own size, so that it may be shorter than the library's."""

    def __init__(self, **fields):
        super().__init__(size=ctypes.sizeof(self), **fields)


class Error(Sized):
    _fields_ = [("size", c_size_t), ("status", c_int), ("offset", c_size_t), ("line", c_size_t), ("message", c_char * 480)]


class Input(Sized):
    _fields_ = [("size", c_size_t), ("data", c_char_p), ("data_len", c_size_t), ("copy", c_bool), ("uri", c_char_p), ("format", c_char_p),
                ("encoding", c_char_p), ("language", c_char_p)]


class Summary(Sized):
    _fields_ = [("size", c_size_t), ("uri", String), ("language", String), ("format", String), ("n_words", c_size_t), ("n_issues", c_size_t),
                ("n_by_severity", c_size_t * 4), ("score", c_double), ("verdict", c_int)]


class IssueStruct(Sized):
    _fields_ = [("size", c_size_t), ("check", c_char_p), ("its_type", c_char_p), ("severity", c_int), ("offset", c_size_t),
                ("length", c_size_t), ("line", c_size_t), ("column", c_size_t), ("text", String), ("message", String),
                ("n_suggestions", c_size_t), ("n_related", c_size_t), ("waived", c_bool)]


class GalleyError(Exception):
    pass


class Galley:
    """An engine. Any number of threads may check with one."""

    def __init__(self, library=os.environ.get("GALLEY_LIBRARY", "libgalley.so.1"), **settings):
        self._lib = lib = ctypes.CDLL(library)
        for name in ("galley_severity_name", "galley_verdict_name"):
            getattr(lib, name).restype = c_char_p
        lib.galley_document_n_issues.restype = c_size_t
        for name in ("galley_settings_destroy", "galley_engine_destroy", "galley_document_destroy", "galley_document_n_issues"):
            getattr(lib, name).argtypes = [c_void_p]
        lib.galley_document_issue.argtypes = [c_void_p, c_size_t, POINTER(IssueStruct)]
        lib.galley_document_suggestion.argtypes = [c_void_p, c_size_t, c_size_t, POINTER(String)]
        lib.galley_settings_set.argtypes = [c_void_p, c_char_p, c_size_t, c_char_p, c_size_t, POINTER(Error)]
        lib.galley_check.argtypes = [c_void_p, POINTER(Input), POINTER(c_void_p), POINTER(Error)]
        self._engine, made, error = c_void_p(), c_void_p(), Error(message=b"out of memory")
        self._try(lib.galley_settings_create(None, byref(made)), error)
        try:
            for key, value in settings.items():  # "min_score" is the setting min-score
                key, value = key.replace("_", "-").encode(), str(value).encode()
                self._try(lib.galley_settings_set(made, key, len(key), value, len(value), byref(error)), error)
            self._try(lib.galley_engine_create(made, byref(self._engine), byref(error)), error)
        finally:
            lib.galley_settings_destroy(made)

    @staticmethod
    def _try(status, error):
        if status != 0:
            raise GalleyError(error.message.decode())

    def check(self, text, name=None, format=None):
        """Checks a str; `name` ("story.html") or `format` ("html") say what it is."""
        data, document, error = text.encode(), c_void_p(), Error(message=b"out of memory")
        given = Input(data=data, data_len=len(data), uri=name and name.encode(), format=format and format.encode(), encoding=b"UTF-8")
        self._try(self._lib.galley_check(self._engine, byref(given), byref(document), byref(error)), error)
        try:
            summary, issues, at, start = Summary(), [], 0, 0
            self._lib.galley_document_summary(document, byref(summary))
            for i in range(self._lib.galley_document_n_issues(document)):
                issue = IssueStruct()
                self._lib.galley_document_issue(document, i, byref(issue))
                start += len(data[at:issue.offset].decode())  # bytes into code points; issues are in order
                at = issue.offset
                end = start + len(data[at:at + issue.length].decode())
                if not issue.waived:
                    severity = self._lib.galley_severity_name(issue.severity).decode()
                    issues.append(Issue(issue.check.decode(), severity, start, end, issue.line, issue.column, str(issue.text),
                                        str(issue.message), self._suggestions(document, i, issue.n_suggestions)))
            return Result(self._lib.galley_verdict_name(summary.verdict).decode(), summary.score, summary.n_words, issues)
        finally:
            self._lib.galley_document_destroy(document)

    def _suggestions(self, document, issue, n):
        found = [String() for _ in range(n)]
        for i, suggestion in enumerate(found):
            self._lib.galley_document_suggestion(document, issue, i, byref(suggestion))
        return [str(suggestion) for suggestion in found]

    def close(self):
        self._lib.galley_engine_destroy(self._engine)
        self._engine = c_void_p()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


if __name__ == "__main__":
    with Galley() as galley:
        for path in sys.argv[1:]:
            for issue in galley.check(open(path, encoding="utf-8").read(), name=path).issues:
                print(f"{path}:{issue.line}:{issue.column}: {issue.severity}: {issue.message} [{issue.check}]", *issue.suggestions, sep="\n    ")
