import { ruleBook } from './fault-point';
import { settings } from './settings';

let isKilled = false;

/** Ends every rule at once and refuses new ones until `reviveFaults`. */
export function killFaults(): void {
  isKilled = true;
  ruleBook.endAll();
}

/** Allows rules again; none of those that were ended comes back. */
export function reviveFaults(): void {
  isKilled = false;
}

/** Why nothing can be armed at present, or undefined when rules are welcome. */
export function whyDisabled(): string | undefined {
  if (isSetInEnvironment()) return 'the environment variable GAMEDAY_SDK_DISABLED is set; unset it and restart';
  if (!settings().enabled) return 'the application was configured with enabled: false';
  return isKilled ? 'the application called killFaults; it has to call reviveFaults' : undefined;
}

/** Anything but an explicit no counts, because a kill switch that is misspelt must still kill. */
function isSetInEnvironment(): boolean {
  const value = process.env.GAMEDAY_SDK_DISABLED ?? '';
  return !['', '0', 'false'].includes(value.toLowerCase());
}
