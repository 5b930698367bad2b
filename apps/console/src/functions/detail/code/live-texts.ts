/** A text that is being edited; it is newer than the workspace until it is flushed. */
export interface LiveText {
  readonly getText: () => string;
  /** Forgets it; the session is then told by what `attach` answered. */
  readonly dispose: () => void;
}

/** The texts in the editors of one function's files, by their paths. */
export class LiveTexts {
  readonly #texts = new Map<string, LiveText>();

  /** Answers how to take it back. */
  attach(path: string, text: LiveText): () => void {
    this.#texts.set(path, text);
    return () => {
      if (this.#texts.get(path) === text) this.#texts.delete(path);
    };
  }

  /** Makes editors forget their texts. */
  drop(isDropped: (path: string) => boolean): void {
    for (const [path, { dispose }] of this.#texts) if (isDropped(path)) dispose();
  }

  /** Each text as it stands. */
  entries(): readonly (readonly [path: string, text: string])[] {
    return [...this.#texts].map(([path, { getText }]) => [path, getText()] as const);
  }
}
