// The hook of node-path.cjs for a Node whose hooks run in a thread of their own.
import { elsewhere, isMissing } from "./node-path.cjs";

export async function resolve(specifier, context, nextResolve) {
  try {
    return await nextResolve(specifier, context);
  } catch (missing) {
    if (!isMissing(missing)) throw missing;
    for (const other of elsewhere(specifier, context)) {
      try {
        return await nextResolve(specifier, other);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    throw missing;
  }
}
