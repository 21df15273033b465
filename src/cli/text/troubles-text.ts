const ofKind = /^([a-z0-9-]+)\/[a-z0-9-]+( in [^:]+: [^]*)$/;

/** Why systems could not be asked, each once: what every kind of fault of a system says alike is said of the system. */
export function troublesText(troubles: string[], lead: string): string[] {
  const systems = troubles.map((trouble) => trouble.replace(ofKind, '$1$2'));
  const isShared = (system: string): boolean => systems.filter((one) => one === system).length > 1;
  const told = troubles.map((trouble, index) => {
    const system = systems[index] ?? trouble;
    return isShared(system) ? system : trouble;
  });
  return [...new Set(told)].map((trouble) => `${lead}: ${trouble}`);
}
