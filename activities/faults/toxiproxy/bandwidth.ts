import { z } from 'zod';
import { defineToxicFault, percent } from './toxic-fault';

const pattern = /^([1-9]\d{0,8})KB\/s$/;

/** Lets so many kilobytes pass in a second, for each connection. */
export const bandwidth = defineToxicFault({
  harm: 'bandwidth',
  summary: 'Lets at most `rate`, such as 20KB/s, pass a proxy in one direction, for each connection.',
  params: z.strictObject({ rate: z.string().regex(pattern, 'expected a rate such as 20KB/s'), percent }),
  type: 'bandwidth',
  attributesOf: ({ rate }) => ({ rate: Number(pattern.exec(rate)?.[1]) }),
  isFeltAtZero: false,
});
