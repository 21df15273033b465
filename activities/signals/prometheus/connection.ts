import { z } from 'zod';
import { httpUrl } from '../http-url';

const secret = () => z.string().min(1).meta({ isSecret: true });

/** How an environment's Prometheus is reached: one way to say who asks, and which certificates count. */
export const prometheusConnection = z
  .strictObject({
    /** Up to the path before `/api/v1`, as Prometheus itself or something that speaks for it has it. */
    url: httpUrl,
    basic: z.strictObject({ user: z.string().min(1), password: secret() }).optional(),
    bearer: z.strictObject({ token: secret() }).optional(),
    tls: z
      .strictObject({ ca: z.string().min(1).optional(), cert: z.string().min(1).optional(), key: secret().optional() })
      .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
        error: 'expected cert and key together: a certificate of its own is of no use without its key',
        params: { isComplete: true },
      })
      .optional(),
  })
  .refine(({ basic, bearer }) => basic === undefined || bearer === undefined, {
    error: 'expected either basic or bearer, found both',
    params: { isComplete: true },
  });

/** A connection with its references resolved. */
export type PrometheusConnection = z.infer<typeof prometheusConnection>;
