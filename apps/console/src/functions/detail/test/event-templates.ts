/** An example of what a source sends to a function. */
export interface EventTemplate {
  /** `s3-put` */
  readonly id: string;
  readonly label: string;
  /** JSON text. */
  readonly text: string;
}

const files = import.meta.glob<{ label: string; event: unknown }>("./templates/*.json", { eager: true, import: "default" });

/** One for each kind of source; Hello World comes first. */
export const eventTemplates: readonly EventTemplate[] = Object.entries(files)
  .map(([file, { label, event }]) => ({ id: file.replace(/^.*\/|\.json$/g, ""), label, text: JSON.stringify(event, null, 2) }))
  .sort((a, b) => Number(b.id === "hello-world") - Number(a.id === "hello-world") || a.label.localeCompare(b.label));

/** What a new event starts from. */
export const helloWorld = JSON.stringify({ key1: "value1", key2: "value2", key3: "value3" }, null, 2);
