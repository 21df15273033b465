/** The owner of an API token; the only actor that a message may name. */
export interface Person {
  name: string;
  groups: string[];
}

/** Who acts when a workflow is cancelled in Temporal's own tools, where no token tells the person. */
export const unknownPerson: Person = { name: 'unknown (cancelled in Temporal)', groups: [] };
