#!/usr/bin/python3
"""The plugin in a real Geany under Xvfb: issues are listed when a story opens, mended by a click, found again on saving.

usage: geany.py PLUGIN.so LIBRARY STORY.txt FOLDER      FOLDER takes the screenshots
"""
import os, shutil, subprocess, sys, tempfile
import desktop
from desktop import click, keys, nodes, screenshot, wait_for

plugin, library, story, folder = map(os.path.abspath, sys.argv[1:])
desktop.start("geany")
text = open(story, encoding="utf-8").read()


def prepare(home):
    config = os.path.join(home, "geany")
    os.makedirs(os.path.join(config, "plugins"))
    installed = shutil.copy(plugin, os.path.join(config, "plugins"))
    with open(os.path.join(config, "geany.conf"), "w") as file:
        file.write(f"[geany]\ntab_order_ltr=true\nsidebar_visible=true\nsidebar_page=2\nmsgwindow_visible=false\nload_session=false\n"
                   f"geometry=0;0;1280;900;0;\ntreeview_position=380\nline_wrapping=true\n[plugins]\nload_plugins=true\nactive_plugins={installed};\n")
    return config, shutil.copy(story, os.path.join(home, "story.txt"))


def cells():
    """Of the list of issues in the panel, without the line numbers."""
    return [cell for table in nodes("geany", "table", "issues") + nodes("geany", "tree table", "issues")
            for cell in desktop.below(table, "table cell") if cell.get_name() and not cell.get_name().isdigit()]


def rows():
    return [cell.get_name() for cell in cells()]


def buttons():
    return [n.get_name() for n in nodes("geany", "push button")]


def saved(path):
    return open(path, encoding="utf-8").read()


def drive(path):
    wait_for("the window", lambda: nodes("geany", "frame"))
    window = subprocess.check_output(["xdotool", "search", "--sync", "--onlyvisible", "--name", "story.txt"], text=True).split()[0]
    subprocess.check_call(["xdotool", "windowmove", window, "0", "0", "windowsize", window, "1280", "900", "windowfocus", "--sync", window])
    tab = wait_for("the panel", lambda: [n for n in nodes("geany", "page tab", "galley")])[0]
    click(tab)
    found = wait_for("issues in the panel", rows)
    assert any("toopen" in row for row in found) and any("Victor Lungu" in row for row in found), found
    n = len(found)
    screenshot(os.path.join(folder, "geany-opened.png"))
    click(next(cell for cell in cells() if "toopen" in cell.get_name()))
    wait_for("the fix of the chosen issue", lambda: "to open" in buttons())
    screenshot(os.path.join(folder, "geany-chosen.png"))
    click(nodes("geany", "push button", "to open")[0])
    wait_for("one issue less", lambda: len(rows()) == n - 1)
    keys("ctrl+s")
    wait_for("the saved story", lambda: saved(path) == text.replace("toopen", "to open"))
    keys("ctrl+Home")
    subprocess.check_call(["xdotool", "type", "--delay", "20", "They went tosupport her. "])
    wait_for("what was typed is checked", lambda: any("tosupport" in row for row in rows()))
    keys("ctrl+Home", "ctrl+alt+Down")
    wait_for("the next issue by key", lambda: "to support" in buttons())
    keys("ctrl+alt+Return")
    wait_for("it is mended by key", lambda: len(rows()) == n - 1)
    # Clearing the editor and undoing it brings back everything, marks included.
    keys("ctrl+a", "Delete")
    wait_for("no issue in an empty story", lambda: not rows())
    keys("ctrl+z")
    wait_for("all of them again", lambda: len(rows()) == n - 1)
    click(nodes("geany", "push button", "Fix all that is safe")[0])
    wait_for("safe ones are mended", lambda: len(rows()) < n - 1)
    keys("ctrl+s")
    wait_for("the saved story", lambda: "this Tuesday" in saved(path) and "They went to support her. Foreign" in saved(path))
    screenshot(os.path.join(folder, "geany-mended.png"))


with tempfile.TemporaryDirectory() as home:
    config, path = prepare(home)
    geany = subprocess.Popen(["geany", "-i", "-c", config, path], env=dict(os.environ, HOME=home, GALLEY_LIBRARY=library, XDG_CONFIG_HOME=home))
    try:
        drive(path)
    except BaseException:
        screenshot(os.path.join(folder, "geany-failed.png"))
        raise
    finally:
        geany.terminate()
        geany.wait(30)
print("Geany: issues are listed, mended by click and key, and checked on saving and typing")
