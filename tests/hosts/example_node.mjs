// The client that users copy. usage: example_node.mjs GALLEY EXAMPLE
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { serve } = createRequire(import.meta.url)('./server.js');
const { Galley } = await import(pathToFileURL(process.argv[3]).href);
const server = await serve(process.argv[2]);
const galley = new Galley(server.address);
const text = 'A 😀 story. They went tosupport her on thursday.';
const { verdict, issues } = await galley.check(text, { language: 'en-US' });
assert.equal(verdict, 'fail');
assert.deepEqual(issues.map(issue => [text.slice(issue.start, issue.end), issue.check]), [['tosupport', 'spelling'], ['thursday', 'capitalization']]);
assert.deepEqual(issues[0].suggestions, ['to support']);
assert.deepEqual((await galley.check('<p>Tom &amp; Ann went.</p>', { name: 'a.html' })).issues, []);
await assert.rejects(galley.check('<a><b></a>', { format: 'xml' }), /^Error: 400: /);
server.stop();
console.log('the Node client works');
