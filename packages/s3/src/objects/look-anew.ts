import { isFault } from "@mayfly/kernel";

const attempts = 5;

/**
 * Does what rests on a look at an object. Where the object is replaced between the look and its use, which is told as OperationAborted, it is looked at anew:
 * S3 has whoever asks see the object before or after.
 * @throws Fault OperationAborted if it is replaced each time
 */
export async function lookAnew<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let left = attempts; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left <= 1 || !isFault(error) || error.code !== "OperationAborted") throw error;
    }
  }
}
