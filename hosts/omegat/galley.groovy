/* :name=galley :description=Proofreads the translated segments of the project
 *
 * galley in OmegaT (https://omegat.org/): checks the project's translated segments, source and target side by side, and lists
 * the issues; a double click or Enter goes to the segment. Put this file into OmegaT's scripts folder (Tools, Scripting).
 *
 * It runs the command `galley` (the environment variable GALLEY names another one), or asks the server that GALLEY_SERVER names,
 * such as http://127.0.0.1:8081. Without windows it prints the list:
 *
 *     omegat PROJECT --mode=console-translate --script=galley.groovy
 */
import groovy.json.JsonSlurper
import java.awt.GraphicsEnvironment
import java.awt.event.*
import javax.swing.*
import javax.swing.table.DefaultTableModel

/* OmegaT's scripting window has a console; console mode has not. */
void say(text) {
    binding.hasVariable('console') ? console.println(text) : println(text)
}

/* Text of an XML element on one line: what XML 1.0 has no way to say is left out, and line ends are references. */
String escape(String text) {
    text.replaceAll('[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]', '')
        .replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('\r', '&#13;').replace('\n', '&#10;')
}

/* The segments as XLIFF 1.2, one a line, so that an issue's line says which segment it is in. */
String xliff(entries, String source, String target) {
    def out = new StringBuilder("<?xml version='1.0' encoding='UTF-8'?><xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'>" +
        "<file original='project' datatype='plaintext' source-language='$source' target-language='$target'><body>\n")
    entries.each { entry ->
        out << "<trans-unit id='${entry.segment.entryNum()}'><source>${escape(entry.segment.srcText)}</source>" <<
            "<target>${escape(entry.translation)}</target></trans-unit>\n"
    }
    out << '</body></file></xliff>\n'
}

/* galley's JSON report of a document. */
def report(String document) {
    byte[] bytes = document.getBytes('UTF-8')
    def server = System.getenv('GALLEY_SERVER')
    if (server) {
        def connection = new URL(server.replaceAll('/$', '') + '/v1/check?name=project.xlf&report=json').openConnection()
        connection.doOutput = true
        connection.setRequestProperty('Content-Type', 'application/xml')
        connection.outputStream.withStream { it.write(bytes) }
        if (connection.responseCode != 200) {
            throw new IOException("the server answers ${connection.responseCode}: ${connection.errorStream?.getText('UTF-8')}")
        }
        return new JsonSlurper().parse(connection.inputStream, 'UTF-8')
    }
    def file = File.createTempFile('galley', '.xlf')
    try {
        file.bytes = bytes
        def process = new ProcessBuilder(System.getenv('GALLEY') ?: 'galley', 'check', '--format=json', file.path)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start()
        process.outputStream.close()
        def text = process.inputStream.getText('UTF-8')
        if (process.waitFor() == 2) {
            throw new IOException('galley could not check the segments')
        }
        return new JsonSlurper().parseText(text)
    } finally {
        file.delete()
    }
}

/* A list beside OmegaT's window; a row goes to its segment. */
void showIssues(issues, String summary) {
    def names = ['Segment', 'Check', 'Severity', 'Text', 'Message', 'Suggestions']
    def rows = issues.collect { [it.number, it.check, it.severity, it.text, it.message, it.suggestions.join(' · ')] as Object[] } as Object[][]
    def model = new DefaultTableModel(rows, names as Object[]) {
        boolean isCellEditable(int row, int column) { false }
        Class getColumnClass(int column) { column == 0 ? Integer : String }
    }
    def table = new JTable(model)
    table.autoCreateRowSorter = true
    [70, 110, 80, 160, 420, 160].eachWithIndex { width, i -> table.columnModel.getColumn(i).preferredWidth = width }
    def go = {
        if (table.selectedRow >= 0) {
            editor.gotoEntry(table.getValueAt(table.selectedRow, 0) as int)
            editor.requestFocus()
        }
    }
    table.addMouseListener(new MouseAdapter() {
        void mouseClicked(MouseEvent event) { if (event.clickCount == 2) go() }
    })
    table.getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), 'go')
    table.actionMap.put('go', new AbstractAction() {
        void actionPerformed(ActionEvent event) { go() }
    })
    def frame = new JFrame("galley: $summary")
    frame.contentPane.add(new JScrollPane(table))
    frame.setSize(1000, 400)
    frame.defaultCloseOperation = WindowConstants.DISPOSE_ON_CLOSE
    frame.setLocationRelativeTo(null)
    frame.visible = true
}

void checkProject() {
    if (!project.projectLoaded) {
        say('galley: no project is open')
        return
    }
    def entries = project.allEntries.collect { [segment: it, translation: project.getTranslationInfo(it)?.translation] }
        .findAll { it.translation }
    def properties = project.projectProperties
    def document = report(xliff(entries, properties.sourceLanguage.language, properties.targetLanguage.language)).documents[0]
    def issues = document.issues.findAll { !it.waived }.collect { issue ->
        def entry = entries[issue.line - 2]
        [number: entry.segment.entryNum(), check: issue.check, severity: issue.severity, text: issue.text, message: issue.message,
         suggestions: issue.suggestions]
    }
    def summary = "${document.verdict}, score ${document.score}, ${issues.size()} issues in ${entries.size()} translated segments"
    issues.each { say("segment ${it.number}: ${it.severity}: ${it.message} [${it.check}] ${it.suggestions.join(', ')}") }
    say("galley: $summary")
    if (!GraphicsEnvironment.headless && editor.class.simpleName == 'EditorController') {
        SwingUtilities.invokeLater { showIssues(issues, summary) }
    }
}

/* In console mode OmegaT runs a script at every event of the project. */
if (!binding.hasVariable('eventType') || eventType.toString() == 'LOAD') {
    checkProject()
}
