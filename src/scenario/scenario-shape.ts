import { z } from 'zod';
import type { Catalogue } from '../domain/catalogue';
import { duration } from './duration';
import { writtenExpectations } from './expectations';
import { writtenGuard } from './guards';
import { groups, label, sentence, slug } from './names';
import { signalsShape } from './signals';
import { stepShape } from './steps';
import { variableDeclarations } from './variable-declarations';

/** The shape of an experiment's scenario, with the shapes of all plug-ins in place: the one source of its rules. */
export function scenarioShape(catalogue: Catalogue) {
  return z.strictObject({
    kind: z.literal('experiment').describe('What the file describes'),
    name: slug.describe('The name of the scenario, used in ids and lists'),
    hypothesis: sentence.describe('What you believe, in one plain sentence'),
    assumption: label.optional().describe('The architectural claim under test, such as a link to its document'),
    dependency: label.optional().describe('Which dependency fails, for the coverage matrix'),
    failureMode: label.optional().describe('How it fails, for the coverage matrix'),
    environment: slug.describe('The name of the environment to run in'),
    variables: variableDeclarations.prefault({}).describe('Values that a person may choose at each start'),
    signals: signalsShape(catalogue).prefault({}).describe('What is measured, by name'),
    steadyState: z
      .strictObject({ for: duration({ max: '1h' }), expect: writtenExpectations })
      .optional()
      .describe('What must hold before anything is touched'),
    steps: z.array(stepShape(catalogue)).min(1).max(50).describe('What is done, in order'),
    during: z
      .strictObject({ expect: writtenExpectations })
      .prefault({ expect: {} })
      .describe('What must hold while a fault is in effect'),
    guards: z.array(writtenGuard).max(50).prefault([]).describe('What stops the experiment at once'),
    recovery: z
      .strictObject({ within: duration({ max: '1h' }).prefault('60s'), expect: writtenExpectations.optional() })
      .prefault({})
      .describe('What must hold again after the fault, and how soon'),
    blastRadius: z
      .strictObject({
        targetsMax: z.int().min(1).optional(),
        trafficPercentMax: z.number().gt(0).max(100).optional(),
      })
      .prefault({})
      .describe('The most that may be touched; never more than the environment allows'),
    approval: z
      .strictObject({
        from: groups,
        required: z.int().min(1).max(20).default(1),
        expiresIn: duration({ min: '1s', max: '24h' }).prefault('30m'),
        remindEvery: duration({ min: '1s', max: '24h' }).optional(),
      })
      .optional()
      .describe('Who must consent before anything is touched'),
    rollbackWithin: duration({ min: '1s', max: '1h' }).prefault('2m').describe('How long a rollback may take'),
  });
}

/** A scenario in its shape. */
export type WrittenScenario = z.infer<ReturnType<typeof scenarioShape>>;
