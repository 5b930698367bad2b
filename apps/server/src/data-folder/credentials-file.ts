import { chmodSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An access key of the account's root user. */
export interface RootAccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Writes DATA/credentials, an AWS shared credentials file (mode 0600), with the key under the profiles `mayfly` and `default`.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function writeCredentialsFile(dataFolder: string, key: RootAccessKey): void {
  const file = join(dataFolder, "credentials");
  const profile = (name: string): string =>
    `[${name}]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`;
  const temporary = `${file}.new`;
  writeFileSync(temporary, `# Mayfly's root access key. Keep it to yourself.\n${profile("mayfly")}\n${profile("default")}`, {
    mode: 0o600,
  });
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
}

/** Reads the key back. @throws Error if the file is not there or was changed beyond recognition */
export function readCredentialsFile(dataFolder: string): RootAccessKey {
  const text = readFileSync(join(dataFolder, "credentials"), "utf8");
  const accessKeyId = /^aws_access_key_id = (\S+)$/m.exec(text)?.[1];
  const secretAccessKey = /^aws_secret_access_key = (\S+)$/m.exec(text)?.[1];
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new Error(`${dataFolder}/credentials holds no access key.`);
  return { accessKeyId, secretAccessKey };
}
