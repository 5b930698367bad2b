/** Runtimes whose functions are made of source files that run as they are. */
const editable = /^(nodejs|python|ruby)/;

/** Why a function's code can be looked at but not edited; undefined if it can. */
export function notEditableReason(runtime: string): string | undefined {
  if (editable.test(runtime)) return undefined;
  return `Functions of the runtime ${runtime} are compiled: change the source where it is, build it, and upload the .zip file.`;
}
