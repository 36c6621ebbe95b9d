#!/usr/bin/env node
// galley from Node 18 and later, through `galley serve` (docs/server.md). Copy what you need.
//
//     const galley = new Galley('http://127.0.0.1:8081');
//     const { verdict, issues } = await galley.check('The minister went tosupport them.', { language: 'en' });
//     for (const issue of issues) console.log(issue.start, issue.end, issue.message, issue.suggestions);
//
// As a program: GALLEY_SERVER=http://127.0.0.1:8081 galley.mjs [FILE]...

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

export class Galley {
  constructor(address = 'http://127.0.0.1:8081', { token } = {}) {
    this.address = address.replace(/\/$/, '');
    this.headers = token ? { Authorization: `Bearer ${token}` } : {};
  }

  // Checks a string; `name` ('story.html') or `format` ('html') say what it is. Options are those of /v1/check. A busy server is asked
  // again when it says so, `tries` times in all.
  async check(text, { tries = 3, ...options } = {}) {
    const query = new URLSearchParams({ ...options, report: 'json', encoding: 'UTF-8' });
    const answer = await fetch(`${this.address}/v1/check?${query}`, { method: 'POST', body: text, headers: this.headers });
    if (answer.status === 429 && tries > 1) {
      await new Promise(done => setTimeout(done, 1000 * Number(answer.headers.get('Retry-After') || 1)));
      return this.check(text, { tries: tries - 1, ...options });
    }
    if (!answer.ok) throw new Error(`${answer.status}: ${(await answer.text()).trim()}`);
    const document = (await answer.json()).documents[0];
    return { ...document, issues: withUnits(text, document.issues.filter(issue => !issue.waived)) };
  }
}

// The server counts bytes of UTF-8; `start` and `end` index the JavaScript string. One walk, as issues are in order.
function withUnits(text, issues) {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  let at = 0, units = 0;
  return issues.map(issue => {
    units += decoder.decode(bytes.subarray(at, issue.offset)).length;
    at = issue.offset;
    return { ...issue, start: units, end: units + decoder.decode(bytes.subarray(at, at + issue.length)).length };
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const galley = new Galley(process.env.GALLEY_SERVER);
  for (const path of process.argv.slice(2)) {
    for (const issue of (await galley.check(await readFile(path, 'utf8'), { name: path })).issues) {
      console.log([`${path}:${issue.line}:${issue.column}: ${issue.severity}: ${issue.message} [${issue.check}]`, ...issue.suggestions].join('\n    '));
    }
  }
}
