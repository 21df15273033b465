import { jsonOption, type Command } from '../command';
import type { Check, Finding } from '../doctor/check';
import type { Paint } from '../output';
import { table } from '../text/table';

/** Says what is present, what is missing and how to get it. */
export const command: Command = {
  name: 'doctor',
  summary: 'say what is present, what is missing and how to get it',
  options: [jsonOption],
  details: 'Changes nothing and fetches nothing. Exits 2 when something is missing.',
  examples: ['gameday doctor', 'gameday doctor --json'],
  async run(world, input) {
    const findings = await Promise.all((await world.checks()).map(look));
    if (input.has('json')) world.output.json({ checks: findings });
    else world.output.result(textOf(findings, world.output.paint));
    return findings.some(({ state }) => state === 'missing') ? 2 : 0;
  },
};

type Looked = Finding & { name: string };

async function look({ name, look: ask }: Check): Promise<Looked> {
  try {
    return { name, ...(await ask()) };
  } catch (error) {
    return { name, state: 'missing', found: error instanceof Error ? error.message : String(error) };
  }
}

function textOf(findings: Looked[], paint: Paint): string {
  const marks = { ok: paint.green('ok'), note: paint.yellow('note'), missing: paint.red('missing') };
  const rows = findings.map(({ name, state, found, help }) => [
    marks[state],
    name,
    help === undefined ? found : `${found} → ${help}`,
  ]);
  return table(rows);
}
