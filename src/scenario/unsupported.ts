/** Words of the format that this build reads but does not act on; accepting one silently would be a lie. */
const unsupportedKeys: Record<string, string> = {
  alerts: 'silencing and proving alerts',
  load: 'applying load of its own',
  ramp: 'raising a fault by and by',
  checkpoint: 'waiting for a decision of people between steps',
};

/** The first key that this build does not act on, with the sentence that says so. */
export function refuseUnsupported(keys: readonly string[]): { key: string; message: string } | undefined {
  const key = keys.find((one) => Object.hasOwn(unsupportedKeys, one));
  if (key === undefined) return undefined;
  const purpose = unsupportedKeys[key] ?? key;
  return { key, message: `this build does not act on "${key}" (${purpose}); leave it out` };
}

/** The kinds of scenario that this build does not act on. */
export const unsupportedKinds = ['game-day'] as const;
