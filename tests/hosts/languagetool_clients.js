'use strict';
// Clients of LanguageTool that npm has: languagetool-api, whose address is its only one and is sent elsewhere below it, and the annotated
// text that annotatedtext-rehype makes of HTML, as editors' extensions send it.
//
// usage: languagetool_clients.js GALLEY

const assert = require('node:assert/strict');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { promisify } = require('node:util');
const { serve } = require('./server.js');

const MODULES = process.env.NODE_PATH;

function clientOf(address) {
  const name = require.resolve('request', { paths: [require.resolve('languagetool-api')] });
  const request = require(name);
  require.cache[name].exports = (url, ...rest) => request(url.replace('https://languagetool.org/api/', address), ...rest);
  return require('languagetool-api');
}

async function api(address) {
  const client = clientOf(address);
  const check = promisify(client.check);
  const found = await check({ language: 'en-US', text: 'A 😀 story. They went tosupport her on thursday.' });
  assert.deepEqual(await new Promise(done => client.showMistakes(found, done)), ['tosupport', 'thursday']);
  assert.deepEqual(await new Promise(done => client.bestSuggestion(found, done)),
    [{ mistake: 'tosupport', bestSuggestion: 'to support' }, { mistake: 'thursday', bestSuggestion: 'Thursday' }]);
  const fewer = await check({ language: 'auto', text: 'They went tosupport her on thursday.', disabledRules: ['GALLEY_SPELLING', 'GALLEY_QUOTES'] });
  assert.deepEqual(fewer.matches.map(match => match.rule.id), ['GALLEY_CAPITALIZATION']);
  const codes = await promisify(client.codes)();
  assert(codes.some(language => language.longCode === 'en-US'), JSON.stringify(codes));
}

async function annotated(address) {
  const { build } = await import(pathToFileURL(path.join(MODULES, 'annotatedtext-rehype/out/index.js')).href);
  const html = '<h1>A 😀 story</h1><p>They <b>went</b> tosupport her.</p>';
  const answer = await fetch(address + 'v2/check', {
    method: 'POST', body: new URLSearchParams({ language: 'en-US', data: JSON.stringify(build(html)) }),
  });
  const { matches } = await answer.json();
  assert.deepEqual(matches.map(match => html.slice(match.offset, match.offset + match.length)), ['tosupport']);
}

(async () => {
  const server = await serve(process.argv[2]);
  await api(server.address);
  await annotated(server.address);
  server.stop();
  console.log('npm: languagetool-api and annotatedtext-rehype work');
})().catch(problem => { console.error(problem); process.exit(1); });
