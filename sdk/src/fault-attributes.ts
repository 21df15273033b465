/** What the application says about one call; `key` names the request, so that it is consistently sampled in or out. */
export interface FaultAttributes {
  key?: string | undefined;
  [name: string]: string | number | boolean | undefined;
}
