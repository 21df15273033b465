import type { Catalogue } from '../src/domain/catalogue';
import { faultDrivers } from './faults';
import { signalProviders } from './signals';

/** Every plug-in of this build. */
export const catalogue: Catalogue = { faults: faultDrivers, signals: signalProviders };
