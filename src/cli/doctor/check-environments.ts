import type { Config } from '../../config';
import type { Check } from './check';

/** Whether the environment files are valid. */
export function environmentsCheck({ environmentsDirectory }: Pick<Config, 'environmentsDirectory'>): Check {
  return {
    name: 'environments',
    async look() {
      const [{ catalogue }, { loadEnvironments }, { formatProblem }] = await Promise.all([
        import('../../../activities/catalogue.js'),
        import('../../environments/load-environments.js'),
        import('../../scenario/problem.js'),
      ]);
      const { environments, problems } = loadEnvironments(environmentsDirectory, catalogue);
      const names = environments.map(({ name }) => name).join(', ') || 'none';
      if (problems.length === 0 && environments.length > 0)
        return { state: 'ok', found: `${names} in ${environmentsDirectory}` };
      if (problems.length === 0)
        return { state: 'missing', found: `no file in ${environmentsDirectory}`, help: '"gameday init" writes one' };
      return {
        state: 'missing',
        found: problems.map(formatProblem).join('; '),
        help: 'correct them; "gameday validate" shows the same',
      };
    },
  };
}
