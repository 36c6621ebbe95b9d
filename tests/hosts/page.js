'use strict';
// The web page in headless Chromium: what a user sees, clicks, types and downloads.
//
// usage: page.js GALLEY STORY.txt FOLDER      FOLDER takes the screenshots

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { chromium } = require('playwright-core');
const { serve } = require('./server.js');

const [galley, storyFile, folder] = process.argv.slice(2);
const text = fs.readFileSync(storyFile, 'utf8');

async function browse(run) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'galley-page-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium', headless: true, viewport: { width: 1280, height: 900 }, acceptDownloads: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  try {
    await run(browser.pages()[0] || await browser.newPage());
  } finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

const checks = page => page.$$eval('#list > li', items => items.map(item => item.querySelector('b').textContent));
const count = (page, n) => page.waitForFunction(n => document.querySelectorAll('#list > li').length === n, n);
const shot = (page, name) => page.screenshot({ path: path.join(folder, `page-${name}.png`), fullPage: name === 'narrow' });

async function paste(page) {
  await page.fill('#story', text);
  await page.waitForSelector('#list > li');
  const found = await checks(page);
  for (const check of ['spelling', 'pronoun', 'duplication', 'untranslated']) {
    assert(found.includes(check), `${check} is missing among ${found}`);
  }
  assert.equal(await page.textContent('#verdict'), 'fail');
  assert.match(await page.textContent('#figures'), /^score \d+(\.\d+)?, \d+ issues in \d+ words$/);
  return found.length;
}

// The shade behind the text area must lie under the very words, to the pixel: the same breaks, the same width.
async function shadeFits(page, word = 'toopen') {
  const [shade, story] = await page.$$eval('#shade, #story', both => both.map(each => [each.clientWidth, each.scrollHeight]));
  assert.deepEqual(shade, story);
  const marked = await page.$$eval('#shade mark', marks => marks.map(mark => mark.textContent));
  assert(marked.includes(word), marked);
}

async function mendByClick(page, n) {
  await page.click('#list > li:has(b:text-is("spelling")) .where');
  assert.equal(await page.evaluate(() => getSelection().toString() ||
    story.value.slice(story.selectionStart, story.selectionEnd)), 'toopen');
  await page.click('.fixes button:text-is("to open")');
  await count(page, n - 1);
  assert.equal(await page.inputValue('#story'), text.replace('toopen', 'to open'));
  await page.press('#story', 'Control+z');
  await count(page, n);
  assert.equal(await page.inputValue('#story'), text, 'a fix can be undone');
}

async function mendByKeyboard(page, n) {
  await page.focus('#story');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Alt+ArrowDown');
  const first = await page.$eval('#list > li.here', item => Number(item.dataset.index));
  await page.keyboard.press('Alt+ArrowDown');
  assert.equal(await page.$eval('#list > li.here', item => Number(item.dataset.index)), first + 1);
  await page.keyboard.press('Alt+ArrowUp');
  assert.equal(await page.$eval('#list > li.here', item => Number(item.dataset.index)), first);
  for (let i = 0; i < n && await page.$eval('#list > li.here b', item => item.textContent) !== 'spelling'; i++) {
    await page.keyboard.press('Alt+ArrowDown');
  }
  await page.keyboard.press('Alt+Enter');
  await count(page, n - 1);
  assert((await page.inputValue('#story')).includes('committed to open the'));
  // Every control can be reached with the tabulator.
  const reached = new Set();
  await page.focus('#language');
  for (let i = 0; i < 12; i++) {
    reached.add(await page.evaluate(() => document.activeElement.id || document.activeElement.className));
    await page.keyboard.press('Tab');
  }
  assert(reached.has('file') && reached.has('download') && reached.has('story'), [...reached]);
}

async function filter(page) {
  const before = (await checks(page)).length;
  await page.click('#filters button:has-text("capitalization")');
  assert(!(await checks(page)).includes('capitalization'));
  await page.click('#filters button:has-text("capitalization")');
  assert.equal((await checks(page)).length, before);
}

async function downloadXml(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
  assert.equal(download.suggestedFilename(), 'story.annotations.xml');
  const file = path.join(folder, 'page.annotations.xml');
  await download.saveAs(file);
  const xml = fs.readFileSync(file, 'utf8');
  assert(xml.startsWith('<?xml') && xml.includes('<annotations xmlns="urn:galley:annotations:1"'), xml.slice(0, 300));
  assert.equal(xml.split('<issue ').length - 1, (await checks(page)).length);
}

// Each speaker has a colour, which their names and the pronouns that mean them have in the text.
async function people(page) {
  await page.click('#view-people');
  assert(await page.isVisible('#persons') && !await page.isVisible('#list'));
  const names = await page.$$eval('#persons .name', all => all.map(one => one.textContent));
  assert.deepEqual(names, ['Helena Duarte', 'Victor Lungu']);
  const colour = await page.$$eval('#persons > li', all => all.map(one => one.className.split(' ')[0]));
  assert.notEqual(colour[0], colour[1]);
  const words = async (one, kind) => page.$$eval(`#shade mark.${colour[one]}.${kind}`, marks => marks.map(mark => mark.textContent));
  assert.deepEqual(await words(0, 'named'), ['Helena Duarte', 'Duarte']);
  assert((await words(1, 'meant')).includes('she') && (await words(1, 'meant')).includes('he'));
  assert.deepEqual(await words(1, 'said'), ['“My country will not forget this week,”']);
  await shadeFits(page, 'Victor Lungu');
  await shot(page, 'people');
  await page.click('#persons .name:text-is("Victor Lungu")');
  await shot(page, 'people-chosen');
  await page.click('#persons > li.here .places button:text-is("she")');
  assert.equal(await page.evaluate(() => story.value.slice(story.selectionStart, story.selectionEnd)), 'she');
  await page.focus('#view-people');
  await page.keyboard.press('ArrowLeft');
  assert(await page.isVisible('#list') && !await page.isVisible('#persons'));
}

async function file(page) {
  await page.setInputFiles('#file', { name: 'piece.html', mimeType: 'text/html', buffer: Buffer.from('<p>Tom &amp; Ann went tosupport her.</p>') });
  await count(page, 1);
  assert.equal(await page.textContent('#shade mark'), 'tosupport');
  await page.click('.fixes button');
  await count(page, 0);
  assert.equal(await page.inputValue('#story'), '<p>Tom &amp; Ann went to support her.</p>');
  assert(await page.isVisible('#nothing'));
}

// What a story says is text: markup in it, in a message or in a suggestion makes no element.
async function hostile(page) {
  await page.fill('#story', '<img src=x onerror=alert(1)> <script>alert(2)</script> went tosupport tosupport 😀 on thursday.');
  await page.waitForSelector('#list > li');
  assert.equal(await page.$$eval('#shade img, #shade script, #list img, #list script', found => found.length), 0);
}

async function main() {
  fs.mkdirSync(folder, { recursive: true });
  const server = await serve(galley);
  await browse(async page => {
    const problems = [];
    page.on('pageerror', problem => problems.push(String(problem)));
    page.on('console', message => message.type() === 'error' && problems.push(message.text()));
    page.on('dialog', dialog => { problems.push('dialog: ' + dialog.message()); dialog.dismiss(); });
    page.on('request', request => request.url().startsWith(server.address) || /^(data|blob):/.test(request.url()) ||
      problems.push('asks elsewhere: ' + request.url()));
    await page.goto(server.address);
    const n = await paste(page);
    await shadeFits(page);
    await page.click('#list > li:has(b:text-is("pronoun")) .where');
    const seen = await page.$eval('#list > li.here', item => [item.getBoundingClientRect().bottom, innerHeight]);
    assert(seen[0] <= seen[1], `the issue that was chosen is out of sight: ${seen}`);
    await shot(page, 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await shot(page, 'dark');
    await page.setViewportSize({ width: 420, height: 900 });
    await shadeFits(page);
    await shot(page, 'narrow');
    await page.setViewportSize({ width: 1280, height: 900 });
    await people(page);
    await mendByClick(page, n);
    await filter(page);
    await downloadXml(page);
    await mendByKeyboard(page, n);
    await file(page);
    await hostile(page);
    assert.deepEqual(problems, []);
  });
  server.stop();
  console.log('Chromium: highlights, fixes, keyboard, filters and download work');
}

main().catch(problem => { console.error(problem); process.exit(1); });
