/** How a person stops what was brought up as this process. */
export function howToStop(pid: number): string {
  return `to stop it: Ctrl-C there, or kill ${pid}`;
}

/** How a person asks the sentinel of this process to leave. */
export function howToDismiss(pid: number): string {
  return `kill ${pid} asks it to leave once no fault is left`;
}
