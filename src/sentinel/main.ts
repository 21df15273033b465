import { parseArgs } from 'node:util';
import { parseConfig } from '../config';
import { runSentinel, type SentinelArguments } from './run-sentinel';

const usage =
  'usage: sentinel --environments <folder> --state-dir <folder> [--parent <pid>] [--every <ms>] [--port <port>]';

function readArguments(): SentinelArguments {
  const text = { type: 'string' } as const;
  const options = { environments: text, 'state-dir': text, parent: text, every: text, port: text };
  const { values } = parseArgs({ options });
  const { environmentsDirectory, stateDirectory, env } = parseConfig();
  return {
    environments: values.environments ?? environmentsDirectory,
    stateDir: values['state-dir'] ?? stateDirectory,
    env,
    parentPid: wholeNumber('--parent', values.parent),
    everyMs: wholeNumber('--every', values.every),
    port: wholeNumber('--port', values.port),
  };
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new Error(`${flag} expects a whole number, found "${text}"`);
  return Number(text);
}

async function main(): Promise<void> {
  try {
    await runSentinel(readArguments());
  } catch (error) {
    process.stderr.write(
      `The sentinel could not run: ${error instanceof Error ? error.message : String(error)}\n${usage}\n`,
    );
    process.exitCode = 2;
  }
}

void main();
