import { searchAttributes } from '../../workflows/search-attributes';

/** The search attributes that Temporal must know, by name. */
export const searchAttributeNames = Object.values(searchAttributes).map((key) => key.name);
