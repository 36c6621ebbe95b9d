#!/usr/bin/python3
"""The example that embeds galley in a GtkTextView, under Xvfb: an issue is underlined and mended from the context menu.

usage: textview.py EXAMPLE FOLDER      FOLDER takes the screenshots
"""
import os, subprocess, sys, tempfile
import desktop
from desktop import click, keys, nodes, screenshot, wait_for

example, folder = map(os.path.abspath, sys.argv[1:])
desktop.start()


def drive():
    view = wait_for("the text", lambda: nodes("textview", "text"))[0]
    window = subprocess.check_output(["xdotool", "search", "--sync", "--onlyvisible", "--name", "galley"], text=True).split()[0]
    subprocess.check_call(["xdotool", "windowfocus", "--sync", window])
    from gi.repository import Atspi

    def content():
        return Atspi.Text.get_text(view, 0, -1)

    def underlined():
        return "error" in (Atspi.Text.get_text_attributes(view, 14)[0] or {}).get("underline", "")

    assert content() == "They 😀 went tosupport her.", content()
    wait_for("the underlining", underlined)
    screenshot(os.path.join(folder, "textview.png"))

    def menu():
        keys("Escape", "ctrl+Home", *["Right"] * 15, "shift+F10")  # again until it is there: nobody says when a window takes keys
        return nodes("textview", "menu item", "to support")

    item = wait_for("the suggestion in the menu", menu)[0]
    screenshot(os.path.join(folder, "textview-menu.png"))
    click(item)
    wait_for("the mended text", lambda: content() == "They 😀 went to support her.")
    wait_for("no underlining", lambda: not underlined())


with tempfile.NamedTemporaryFile("w", suffix=".txt") as story:
    story.write("They 😀 went tosupport her.")
    story.flush()
    program = subprocess.Popen([example, story.name])
    try:
        drive()
    except BaseException:
        screenshot(os.path.join(folder, "textview-failed.png"))
        raise
    finally:
        program.terminate()
        program.wait(30)
print("GtkTextView: underlined, and mended from the menu")
