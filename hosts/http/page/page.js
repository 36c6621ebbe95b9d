'use strict';
// The page: what is typed is checked a moment later; issues are shaded behind the text and listed beside it.

const $ = id => document.getElementById(id);
const story = $('story');
const state = { issues: [], people: [], hidden: new Set(), here: -1, person: -1, view: 'issues', name: 'story.txt', running: null };
const COLOURS = 8; // .who0 and on in page.css
const PAUSE = 120; // milliseconds without a key before a check

// The server counts bytes of UTF-8, a text area UTF-16 units. Offsets are turned in one walk.
function utf16Offsets(text, offsets) {
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  const found = new Map();
  let bytes = 0, units = 0;
  for (const offset of sorted) {
    while (bytes < offset && units < text.length) {
      const code = text.codePointAt(units);
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      units += code < 0x10000 ? 1 : 2;
    }
    found.set(offset, units);
  }
  return offset => found.get(offset);
}

function element(tag, options, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options || {})) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name === 'class') made.className = value;
    else if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

async function ask(report, signal) {
  const query = new URLSearchParams({ report, name: state.name });
  if (report === 'json') query.set('speakers', 'yes');
  if ($('language').value) query.set('language', $('language').value);
  const answer = await fetch('/v1/check?' + query, { method: 'POST', body: story.value, signal });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer;
}

function placesOf(document) {
  const places = [];
  for (const issue of document.issues) places.push(issue, ...(issue.related || []));
  for (const person of document.speakers) places.push(...person.mentions, ...person.pronouns, ...person.quotations);
  return places;
}

async function check() {
  if (state.running) state.running.abort();
  state.running = new AbortController();
  try {
    const text = story.value;
    const report = await (await ask('json', state.running.signal)).json();
    const document = report.documents[0];
    const places = placesOf(document);
    const unit = utf16Offsets(text, places.flatMap(p => [p.offset, p.offset + p.length]));
    for (const place of places) {
      place.end = unit(place.offset + place.length);
      place.start = unit(place.offset);
    }
    state.issues = document.issues;
    state.people = document.speakers.map((person, i) => ({ ...person, colour: 'who' + i % COLOURS }));
    state.here = state.person = -1;
    $('problem').hidden = true;
    showFigures(document);
    show();
  } catch (problem) {
    if (problem.name === 'AbortError') return;
    $('problem').textContent = problem.message;
    $('problem').hidden = false;
  }
}

function showFigures(document) {
  $('verdict').textContent = story.value.trim() ? document.verdict : '';
  $('verdict').className = 'verdict ' + document.verdict;
  $('figures').textContent = story.value.trim()
    ? `score ${document.score}, ${document.issues.length} issue${document.issues.length === 1 ? '' : 's'} in ${document.words} words` : '';
  $('download').disabled = !story.value.trim();
}

const visible = () => state.issues.filter(issue => !state.hidden.has(issue.check));

// The text with the spans, which are in order, as marks, one inside another where they nest; one that only overlaps is left out.
function marked(spans) {
  let i = 0;
  const fill = (from, to) => {
    const pieces = [];
    let at = from;
    while (i < spans.length && spans[i].start < to) {
      const span = spans[i++];
      if (span.start < at || span.end > to) continue;
      pieces.push(story.value.slice(at, span.start), element('mark', { class: span.class }, ...fill(span.start, span.end)));
      at = span.end;
    }
    return [...pieces, story.value.slice(at, to)];
  };
  return fill(0, story.value.length);
}

const issueSpans = () => visible().map(issue =>
  ({ start: issue.start, end: issue.end, class: issue.severity + (state.issues[state.here] === issue ? ' here' : '') }));

// Each speaker in a colour, with the pronouns that point to them; what they say has a light shade of it.
function peopleSpans() {
  const spans = state.people.flatMap((person, i) => {
    const look = kind => `${person.colour} ${kind}${i === state.person ? ' here' : ''}`;
    return [
      ...person.quotations.map(place => ({ ...place, class: look('said') })),
      ...person.mentions.map(place => ({ ...place, class: look('named') })),
      ...person.pronouns.map(place => ({ ...place, class: look(place.confidence < 50 ? 'unsure' : 'meant') })),
    ];
  });
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

function showShade() {
  const shade = $('shade');
  const spans = state.view === 'people' ? peopleSpans() : issueSpans();
  shade.className = state.view === 'people' && state.person >= 0 ? 'chosen' : '';
  shade.replaceChildren(...marked(spans), '\n');
  story.style.height = '0';
  story.style.height = Math.max(story.scrollHeight, shade.scrollHeight) + 'px';
}

function select(place) {
  story.focus();
  story.setSelectionRange(place.start, place.end);
}

function apply(issue, text) {
  select(issue);
  // Goes into the undo history of the text area where the browser can.
  if (!document.execCommand('insertText', false, text)) story.setRangeText(text, issue.start, issue.end, 'end');
  check();
}

function showHere() {
  show();
  const shown = document.querySelector('#list .here');
  if (shown) shown.scrollIntoView({ block: 'nearest' });
}

function go(index) {
  if (state.view !== 'issues') showView('issues');
  state.here = index;
  select(state.issues[index]);
  showHere();
}

function item(issue) {
  const index = state.issues.indexOf(issue);
  const fixes = issue.suggestions.map(text => element('button', { type: 'button', onclick: () => apply(issue, text) }, text === '' ? 'delete' : text));
  const related = (issue.related || []).map(place =>
    element('li', {}, element('button', { type: 'button', onclick: () => select(place) }, `line ${place.line}: ${place.message || place.text}`)));
  return element('li', { class: `${issue.severity}${index === state.here ? ' here' : ''}`, 'data-index': index },
    element('button', { type: 'button', class: 'where', onclick: () => go(index) },
      element('b', {}, issue.check), `${issue.severity}, line ${issue.line}`),
    element('p', { class: 'message' }, issue.message),
    element('div', { class: 'fixes' }, ...fixes),
    ...(related.length ? [element('ul', { class: 'related' }, ...related)] : []));
}

function showFilters() {
  const counts = new Map();
  for (const issue of state.issues) counts.set(issue.check, (counts.get(issue.check) || 0) + 1);
  $('filters').replaceChildren(...[...counts].sort().map(([check, n]) => element('button', {
    type: 'button', 'aria-pressed': String(!state.hidden.has(check)),
    onclick: () => { state.hidden.delete(check) || state.hidden.add(check); show(); },
  }, `${check} ${n}`)));
}

const count = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`;

function personItem(person, index) {
  const places = (label, all) => all.length ? [element('p', { class: 'places' }, label + ' ', ...all.map(place =>
    element('button', { type: 'button', title: `line ${place.line}` + (place.confidence === undefined ? '' : `, ${place.confidence} % sure`),
      onclick: () => select(place) }, place.text || `line ${place.line}`)))] : [];
  return element('li', { class: person.colour + (index === state.person ? ' here' : '') },
    element('button', { type: 'button', class: 'name', 'aria-pressed': String(index === state.person),
      onclick: () => { state.person = index === state.person ? -1 : index; showPeople(); showShade(); } }, person.name),
    ` ${person.gender === 'unknown' ? 'he or she is not said' : `${person.gender}, ${person.confidence} % sure`}: ` +
      `${count(person.mentions.length, 'mention')}, ${count(person.pronouns.length, 'pronoun')}, ${count(person.quotations.length, 'quotation')}`,
    ...places('named', person.mentions), ...places('meant by', person.pronouns), ...places('says', person.quotations));
}

function showPeople() {
  $('persons').replaceChildren(...state.people.map(personItem));
  $('nobody').hidden = state.people.length > 0 || !story.value.trim();
}

function showView(view) {
  state.view = view;
  for (const name of ['issues', 'people']) {
    const shown = name === view;
    $(name).hidden = !shown;
    $('view-' + name).setAttribute('aria-selected', String(shown));
    $('view-' + name).tabIndex = shown ? 0 : -1;
  }
  showShade();
}

// Arrows go from tab to tab (WAI-ARIA Authoring Practices, Tabs).
function tabKey(event) {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const view = state.view === 'issues' ? 'people' : 'issues';
  showView(view);
  $('view-' + view).focus();
}

function show() {
  showPeople();
  showFilters();
  $('list').replaceChildren(...visible().map(item));
  $('nothing').hidden = visible().length > 0 || !story.value.trim();
  showShade();
}

// The caret in an issue shows it in the list.
function follow() {
  const at = story.selectionStart;
  const found = state.issues.findIndex(issue => !state.hidden.has(issue.check) && issue.start <= at && at <= issue.end);
  if (state.view !== 'issues' || found === state.here || story.selectionEnd !== at) return;
  state.here = found;
  showHere();
}

// Alt and an arrow go to the next issue or the one before, Alt and Enter puts its first suggestion in place.
function key(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const issues = visible();
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const { selectionStart, selectionEnd } = story;
    const next = event.key === 'ArrowDown'
      ? issues.find(issue => state.here >= 0 ? state.issues.indexOf(issue) > state.here : issue.start >= selectionEnd)
      : issues.findLast(issue => state.here >= 0 ? state.issues.indexOf(issue) < state.here : issue.end <= selectionStart);
    if (next) go(state.issues.indexOf(next));
  } else if (event.key === 'Enter') {
    const issue = state.issues[state.here];
    if (issue && issue.suggestions.length) apply(issue, issue.suggestions[0]);
  } else {
    return;
  }
  event.preventDefault();
}

async function open(file) {
  state.name = file.name;
  story.value = await file.text();
  check();
}

async function download() {
  const answer = await ask('xml');
  const address = URL.createObjectURL(await answer.blob());
  element('a', { href: address, download: state.name.replace(/\.[^.]*$/, '') + '.annotations.xml' }).click();
  URL.revokeObjectURL(address);
}

let timer = 0;
story.addEventListener('input', () => {
  showShade();
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
});
for (const view of ['issues', 'people']) {
  $('view-' + view).addEventListener('click', () => showView(view));
  $('view-' + view).addEventListener('keydown', tabKey);
}
story.addEventListener('keydown', key);
story.addEventListener('click', follow);
story.addEventListener('keyup', follow);
$('language').addEventListener('change', check);
$('file').addEventListener('change', () => $('file').files[0] && open($('file').files[0]));
$('download').addEventListener('click', download);
for (const name of ['dragenter', 'dragover', 'dragleave', 'drop']) {
  document.addEventListener(name, event => {
    event.preventDefault();
    document.querySelector('.paper').classList.toggle('drop', name === 'dragenter' || name === 'dragover');
    if (name === 'drop' && event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
  });
}
addEventListener('resize', showShade);
check();
