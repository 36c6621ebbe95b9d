'use strict';
// The HTML report in headless Chromium: its filters work without a script, its links lead to marks, nothing is fetched, nothing
// overlaps on a narrow screen, in light and in dark and on paper.
//
// usage: report.js GALLEY STORY.txt FOLDER      FOLDER takes the screenshots

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFileSync } = require('node:child_process');
const { pathToFileURL } = require('node:url');
const { chromium } = require('playwright-core');

const [galley, story, folder] = process.argv.slice(2);

function writeReport(work) {
  const hostile = path.join(work, 'hostile.txt');
  const good = path.join(work, 'good.txt');
  fs.writeFileSync(hostile, 'They went tosupport <script>document.title = "broken"</script> her.\n');
  fs.writeFileSync(good, 'A plain story.\n');
  const report = path.join(work, 'report.html');
  execFileSync(galley, ['check', '--no-config', '--quiet', '--fail-on=never', `--format=html:${report}`, story, hostile, good]);
  return report;
}

const displayed = (page, selector) => page.$$eval(selector, all => all.filter(one => getComputedStyle(one).display !== 'none').length);
const shot = (page, name) => page.screenshot({ path: path.join(folder, `report-${name}.png`), fullPage: true });

async function look(page, report) {
  const asked = [];
  page.on('request', request => asked.push(request.url()));
  const said = [];
  page.on('console', message => said.push(message.text()));
  page.on('pageerror', error => said.push(String(error)));
  await page.goto(pathToFileURL(report).href);
  assert.deepEqual(asked, [pathToFileURL(report).href], 'the page asks for something else');
  assert.equal(await page.title(), 'galley report');

  // Documents that pass are folded, the others open.
  assert.equal(await page.locator('details.document').count(), 3);
  assert.equal(await page.locator('details.document[open]').count(), 2);

  // A box that is not checked hides its issues, and their marks lose their colour.
  const all = await displayed(page, 'li');
  const spelling = await displayed(page, 'li.c-spelling');
  assert(spelling > 0 && all > spelling);
  await page.uncheck('#f-spelling');
  assert.equal(await displayed(page, 'li.c-spelling'), 0);
  assert.equal(await displayed(page, 'li'), all - spelling);
  assert.equal(await page.locator('mark.c-spelling').first().evaluate(mark => getComputedStyle(mark).borderBottomWidth), '0px');
  await page.check('#f-spelling');
  await page.uncheck('#f-major');
  assert.equal(await displayed(page, 'li.major'), 0);
  await page.check('#f-major');

  // Every number leads to its message, every message to its mark.
  for (const selector of ['a.number', 'li .where a', 'a[href="#summary"]']) {
    const dead = await page.$$eval(selector, links => links.filter(link => document.querySelector(link.hash) === null).length);
    assert.equal(dead, 0, `${selector} leads nowhere`);
  }
  assert(await page.locator('#summary table').count() === 2, 'the charts');

  // Keys reach the filters, and each has a name.
  await page.locator('#f-critical').focus();
  await page.keyboard.press('Space');
  assert.equal(await page.locator('#f-critical').isChecked(), false);
  assert.equal(await page.$$eval('input', boxes => boxes.filter(box => box.labels.length === 0).length), 0);
  await page.keyboard.press('Space');

  await shot(page, 'light');
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'dark');
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), light);
  await page.setViewportSize({ width: 390, height: 800 });
  assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the screen');
  await shot(page, 'narrow');
  await page.emulateMedia({ colorScheme: 'light', media: 'print' });
  assert.equal(await displayed(page, 'form'), 0);
  assert.deepEqual(said, []);
}

async function main() {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'galley-report-'));
  fs.mkdirSync(folder, { recursive: true });
  const browser = await chromium.launchPersistentContext(path.join(work, 'profile'), {
    executablePath: '/usr/bin/chromium', headless: true, viewport: { width: 1280, height: 900 },
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  try {
    await look(browser.pages()[0] || await browser.newPage(), writeReport(work));
  } finally {
    await browser.close();
    fs.rmSync(work, { recursive: true, force: true });
  }
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
