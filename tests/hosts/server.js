'use strict';
// A server for one test: started on a free port, ended with the test.

const { spawn } = require('node:child_process');
const readline = require('node:readline');

exports.serve = async function (galley, ...options) {
  const process_ = spawn(galley, ['serve', '--port=0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => process_.kill());
  for await (const line of readline.createInterface({ input: process_.stdout })) {
    return { address: /http:\S+/.exec(line)[0], stop: () => process_.kill() };
  }
  throw new Error('the server does not start');
};
