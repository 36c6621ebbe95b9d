"""A desktop for one test: Xvfb, a session bus, and the accessibility tree to find what a user would see and click.

Needs Debian's xvfb, xdotool, imagemagick, dbus, at-spi2-core, python3-gi and gir1.2-atspi-2.0. Where one is missing, `start` exits with
77, which the test runner counts as skipped.
"""
import os, shutil, subprocess, sys, time


def start(*programs):
    """Runs the calling script again inside the desktop; returns there."""
    missing = [p for p in ("Xvfb", "xdotool", "import", "dbus-run-session", *programs) if shutil.which(p) is None]
    try:
        import gi
        gi.require_version("Atspi", "2.0")
    except (ImportError, ValueError):
        missing.append("python3-gi")
    if missing:
        print("not installed:", *missing)
        sys.exit(77)
    if os.environ.get("GALLEY_TEST_DESKTOP"):
        os.dup2(1, 2)  # the bus and its services talk to the other one
        return
    read, write = os.pipe()
    display = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"], pass_fds=[write],
                               stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    environment = dict(os.environ, DISPLAY=":" + number, GALLEY_TEST_DESKTOP="1", GTK_THEME="Adwaita", LC_ALL="C.UTF-8", NO_AT_BRIDGE="0")
    environment.pop("WAYLAND_DISPLAY", None)
    try:
        sys.exit(subprocess.call(["dbus-run-session", "--", sys.executable, *sys.argv], env=environment, stderr=subprocess.DEVNULL))
    finally:
        display.terminate()


def wait_for(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(.1)
    raise AssertionError("waited in vain for: " + what)


def _walk(node, depth=0):
    yield node
    if depth < 40:
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child is not None:
                yield from _walk(child, depth + 1)


def below(node, role):
    """The widgets of a role inside another one."""
    from gi.repository import GLib
    try:
        return [each for each in _walk(node) if each.get_role_name() == role]
    except GLib.Error:
        return []  # it changed while we looked; the caller looks again


def nodes(application, role=None, name=None):
    """The accessible widgets of a program, by role ("push button") and name."""
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
    desktop = Atspi.get_desktop(0)
    found = []
    for i in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(i)
        if program is None or program.get_name() != application:
            continue
        try:
            found += [n for n in _walk(program) if (role is None or n.get_role_name() == role) and (name is None or n.get_name() == name)]
        except GLib.Error:
            pass  # it changed while we looked; the caller looks again
    return found


def click(node, button=1):
    """A click of the mouse into the middle of a widget."""
    from gi.repository import Atspi
    box = node.get_extents(Atspi.CoordType.SCREEN)
    subprocess.check_call(["xdotool", "mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2), "click", str(button)])


def keys(*names):
    subprocess.check_call(["xdotool", "key", *names])


def screenshot(path):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    subprocess.check_call(["import", "-window", "root", path])
