#!/usr/bin/python3
"""The script in a real OmegaT: in console mode through the command and through the server, then in its window under Xvfb, where the list
of issues leads to the segment, which is mended by typing.

usage: omegat.py GALLEY SCRIPT PROJECT FOLDER      FOLDER takes the screenshots
"""
import os, re, shutil, subprocess, sys, tempfile, time
import desktop
from desktop import keys, screenshot, wait_for

galley, script, project, folder = map(os.path.abspath, sys.argv[1:])
desktop.start("omegat", "openbox")


def copy(home, name):
    made = shutil.copytree(project, os.path.join(home, name))
    for part in ("tm", "glossary", "dictionary", "target"):
        os.makedirs(os.path.join(made, part))
    return made


def console(home, name, **environment):
    """What the script prints in console mode."""
    found = subprocess.run(["omegat", copy(home, name), "--mode=console-translate", "--quiet", "--script=" + script, "--config-dir=" + home],
                           env=dict(os.environ, **environment), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=300)
    return [line for line in found.stdout.splitlines() if line.startswith(("segment", "galley:"))]


def windows(name):
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", name], stdout=subprocess.PIPE, text=True)
    return found.stdout.split()


def window(home):
    config = os.path.join(home, "config")
    os.makedirs(os.path.join(config, "scripts"))
    shutil.copy(script, os.path.join(config, "scripts", "galley.groovy"))
    with open(os.path.join(config, "omegat.prefs"), "w") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<omegat><preference version="1.0"><scripts_dir>{config}/scripts</scripts_dir>'
                   "<scripts_quick_1>galley.groovy</scripts_quick_1></preference></omegat>\n")
    made = copy(home, "window")
    saved = os.path.join(made, "omegat", "project_save.tmx")
    manager = subprocess.Popen(["openbox"])
    program = subprocess.Popen(["omegat", "--config-dir=" + config, made], env=dict(os.environ, GALLEY=galley))
    try:
        wait_for("OmegaT with the project", lambda: windows("OmegaT.*window"), 180)
        time.sleep(3)  # it opens the first segment

        def listed():
            if not windows("galley: fail"):
                subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "OmegaT.*window", "windowactivate", "--sync"])
                keys("ctrl+shift+F1")
                time.sleep(3)
            return windows("galley: fail, score .* 2 issues in 3 translated segments")

        found = wait_for("the list of issues", listed, 180)
        subprocess.check_call(["xdotool", "windowactivate", "--sync", found[0]])
        screenshot(os.path.join(folder, "omegat-list.png"))
        keys("Tab", "Down", "Up", "Return")
        time.sleep(2)
        screenshot(os.path.join(folder, "omegat-segment.png"))
        subprocess.check_call(["xdotool", "search", "--onlyvisible", "--name", "OmegaT.*window", "windowactivate", "--sync"])
        keys("ctrl+a")
        subprocess.check_call(["xdotool", "type", "--delay", "40", "The minister remains committed to open the crossing."])
        keys("ctrl+Return", "ctrl+s")
        wait_for("the mended segment in the project", lambda: "committed to open the crossing" in open(saved, encoding="utf-8").read(), 30)
    except BaseException:
        screenshot(os.path.join(folder, "omegat-failed.png"))
        raise
    finally:
        program.kill()
        manager.terminate()


with tempfile.TemporaryDirectory() as home:
    by_command = console(home, "command", GALLEY=galley)
    assert by_command[0].startswith("segment 2: major: “toopen”") and by_command[1].startswith("segment 3:"), by_command
    assert by_command[-1].endswith("2 issues in 3 translated segments"), by_command
    server = subprocess.Popen([galley, "serve", "--port=0"], stdout=subprocess.PIPE, text=True)
    address = re.search(r"http:\S+", server.stdout.readline()).group(0)
    by_server = console(home, "server", GALLEY="/nonexistent", GALLEY_SERVER=address)
    server.terminate()
    assert by_server == by_command, by_server
    window(home)
print("OmegaT: segments are checked by command and server, and the list leads to them")
