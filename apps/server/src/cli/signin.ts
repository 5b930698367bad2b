import { dataFolderOf } from "../config/options.ts";
import { callMayfly } from "./call-mayfly.ts";

/** `mayfly signin`: asks the running server for a link that signs the root user in to the console once. Answers the exit code. */
export async function runSignin({ data }: { data?: string }): Promise<number> {
  try {
    const { SigninUrl } = await callMayfly(dataFolderOf(data), "CreateSigninToken", {});
    console.log(`${SigninUrl}\n\nThe link signs you in once, within 15 minutes.`);
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
