#!/usr/bin/python3
"""LibreOffice, headless, with its own remote grammar checker (Options, Language Settings, LanguageTool Server) set to galley serve: a text
document is opened in Writer and its paragraphs are proofread by the service that Writer itself asks.

usage: libreoffice.py GALLEY STORY.txt
"""
import os, re, shutil, subprocess, sys, tempfile, time

try:
    import uno
    from com.sun.star.beans import PropertyValue
    from com.sun.star.connection import NoConnectException
    from com.sun.star.lang import Locale
except ImportError:
    print("not installed: python3-uno")
    sys.exit(77)
if shutil.which("soffice") is None:
    print("not installed: libreoffice-writer")
    sys.exit(77)

galley, story = map(os.path.abspath, sys.argv[1:])
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool">
<prop oor:name="BaseURL" oor:op="fuse"><value>{}v2</value></prop><prop oor:name="IsEnabled" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""


def start_office(home, address):
    profile = os.path.join(home, "profile", "user")
    os.makedirs(profile)
    with open(os.path.join(profile, "registrymodifications.xcu"), "w") as file:
        file.write(SETTINGS.format(address))
    pipe = "galley" + str(os.getpid())
    office = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{home}/profile",
                               f"--accept=pipe,name={pipe};urp;"], env=dict(os.environ, HOME=home), stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(1200):
        try:
            return office, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(.1)
    raise AssertionError("LibreOffice does not start")


def proofread(context, path):
    """(text of the paragraph, what its errors cover, their explanations, their suggestions), for each that has errors."""
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden, PropertyValue(Name="FilterName", Value="Text (encoded)"),
                                                                                       PropertyValue(Name="FilterOptions", Value="UTF8")))
    checker = context.ServiceManager.createInstanceWithContext("org.openoffice.lingu.LanguageToolGrammarChecker", context)
    english = Locale("en", "US", "")
    assert checker.hasLocale(english), [locale.Language + "-" + locale.Country for locale in checker.getLocales()]
    found = []
    paragraphs = document.Text.createEnumeration()
    while paragraphs.hasMoreElements():
        text = paragraphs.nextElement().getString()
        result = checker.doProofreading("1", text, english, 0, len(text), ())
        # UNO counts UTF-16 code units.
        units = text.encode("utf-16-le")
        for error in result.aErrors:
            covered = units[2 * error.nErrorStart:2 * (error.nErrorStart + error.nErrorLength)].decode("utf-16-le")
            found.append((covered, error.aFullComment or error.aShortComment, list(error.aSuggestions), error.aRuleIdentifier))
    document.close(True)
    desktop.terminate()
    return found


with tempfile.TemporaryDirectory() as home:
    server = subprocess.Popen([galley, "serve", "--port=0"], stdout=subprocess.PIPE, text=True)
    address = re.search(r"http:\S+", server.stdout.readline()).group(0)
    office, context = start_office(home, address)
    try:
        with open(os.path.join(home, "story.txt"), "w", encoding="utf-8") as file:
            file.write("A 😀 story about “tosupport” & 5 % of it.\nThey 😀 went tosupport her on thursday.\nAll is well here.\n" + open(story, encoding="utf-8").read())
        found = proofread(context, os.path.join(home, "story.txt"))
        office.wait(60)
    finally:
        office.kill()
        server.terminate()
    covered = [error[0] for error in found]
    for part in ("tosupport", "thursday", "toopen", "tuesday"):
        assert part in covered, found
    assert any(error[2] == ["to support"] for error in found if error[0] == "tosupport"), found
    assert all(error[1] for error in found), found
print(f"LibreOffice: {len(found)} issues in Writer's own proofreader")
