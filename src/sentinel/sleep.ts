/** A pause that somebody can end early; that they did is remembered. */
export class Sleep {
  isOver = false;
  #wake: () => void = () => undefined;

  /** Waits so long, or until `end` is called. */
  for(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends the pause that is under way, and notes that somebody asked to. */
  end(): void {
    this.isOver = true;
    this.#wake();
  }
}
