/** `YYYY/MM/DD/[VERSION]32hex`: one log stream an environment. */
export const logStreamName = (at: Date, version: string, id: string): string =>
  `${at.toISOString().slice(0, 10).replaceAll("-", "/")}/[${version}]${id}`;
