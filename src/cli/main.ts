#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandWordOf } from './command-word';
import { createOutput } from './output';
import { runCommandLine } from './run-command-line';

// dist/src/cli → the package's own folder.
function readVersion(): string {
  const text = readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

async function main(): Promise<void> {
  const commandWordIn = (folder: string): string =>
    commandWordOf({ script: process.argv[1], main: __filename, folder });
  const exitCode = await runCommandLine({
    words: process.argv.slice(2),
    output: createOutput(process.stdout, process.stderr, {
      mayColor: false,
      commandWord: commandWordIn(process.cwd()),
    }),
    makeWorld: async () => (await import('./create-world.js')).createWorld(commandWordIn),
    version: readVersion,
  });
  // Streams to pipes may still hold text; nothing else may keep a finished command alive.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
}

void main();
