import type { EvidenceStore } from '../domain/evidence-store';
import type { Api } from './api';
import { jsonOption, limitOption, type Command } from './command';
import { readKept } from './read-kept';
import { table } from './text/table';
import type { World } from './world';

/** A list of what the store keeps, newest first. */
interface KeptList<Answer> {
  name: string;
  summary: string;
  api(api: Api, limit: number): Promise<Answer>;
  store(store: EvidenceStore, limit: number): Promise<Answer>;
  rowsOf(answer: Answer): string[][];
  /** Why the list is incomplete, where it can be. */
  troublesOf?(answer: Answer): string[];
  /** What is said when there is no row. */
  empty: string;
}

/** The verb that shows a kept list: from the API, or from the store's file when nothing runs. */
export function keptListCommand<Answer>(list: KeptList<Answer>): Command {
  return {
    name: list.name,
    summary: list.summary,
    options: [limitOption, jsonOption],
    details: 'Asks the API, or reads the store in this folder when nothing runs.',
    examples: [`gameday ${list.name}`, `gameday ${list.name} --limit 100 --json`],
    async run(world, input) {
      const limit = input.count('limit', { min: 1, max: 1000 }) ?? 20;
      const answer = await readKept<Answer>(world, {
        api: (api) => list.api(api, limit),
        store: (store) => list.store(store, limit),
      });
      print(world, list, answer, input.has('json'));
      return 0;
    },
  };
}

function print<Answer>(
  { output }: World,
  { rowsOf, troublesOf, empty }: KeptList<Answer>,
  answer: Answer,
  isJson: boolean,
): void {
  for (const trouble of troublesOf?.(answer) ?? []) output.note(trouble);
  if (isJson) return output.json(answer);
  const rows = rowsOf(answer);
  output.result(rows.length === 0 ? empty : table(rows));
}
