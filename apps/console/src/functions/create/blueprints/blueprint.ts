/** A function that is ready to be made and run. */
export interface Blueprint {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** `python`: the newest one that the machine runs is taken. */
  readonly family: "python" | "nodejs";
  readonly handler: string;
  readonly timeoutSeconds: number;
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>;
  /** JSON text to try it with. */
  readonly event: string;
  /** Policy templates that its role needs, by id. */
  readonly templates: readonly string[];
}
