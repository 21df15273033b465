import { z } from 'zod';
import type { FaultSystem } from '../../../src/domain/fault-driver';

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'expected letters, digits, dots, dashes');

/** Where one service's fault control answers, without user or password in the address. */
const controlAddress = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'expected an address such as http://127.0.0.1:4010' })
    .refine((text) => !text.includes('@'), 'expected no user or password; the token goes under token'),
  token: z.string().min(1).meta({ isSecret: true }),
});

/** Where one service's fault control answers. */
export type ControlAddress = z.infer<typeof controlAddress>;

/** The control endpoints by service. */
export type SdkConnection = Record<string, ControlAddress>;

/** One point of one service: what a fault is put on. */
export const sdkSelector = z.strictObject({ service: name, point: z.string().min(1).max(200) });

/** The points of one service that may be harmed, as an environment file opts them in. */
export const sdkOptIn = z.strictObject({ service: name, points: z.array(z.string().min(1).max(200)).min(1) });

/** Applications that carry our fault points and answer at a control endpoint of their own. */
export const sdk: FaultSystem<SdkConnection> = {
  name: 'sdk',
  summary: 'Fault points inside an application, controlled through its own endpoint.',
  connection: z.record(name, controlAddress),
  optIn: sdkOptIn,
};
