import type { ContractLine } from './contract-line';
import { admissionLines } from './lines/admission-lines';
import { crashLines } from './lines/crash-lines';
import { lateLines } from './lines/late-lines';
import { listLines } from './lines/list-lines';
import { repeatLines } from './lines/repeat-lines';
import { secrecyLines } from './lines/secrecy-lines';
import { troubleLines } from './lines/trouble-lines';

/** All that the port promises, in the order of a life. */
export const contractLines: ContractLine[] = [
  ...repeatLines,
  ...lateLines,
  ...crashLines,
  ...troubleLines,
  ...listLines,
  ...admissionLines,
  ...secrecyLines,
];
